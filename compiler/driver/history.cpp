#include "compiler/driver/analysis.h"
#include "compiler/driver/command.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/report.h"
#include "runtime/src/loss_text.h"

namespace palindrome::driver {
namespace {

void PrintPlain(const Analysis& analysis, bool unproven,
                llvm::raw_ostream& out) {
  const graph::Graph& graph = analysis.folder.graph;
  std::vector<std::string> marks;
  if (unproven) {
    marks.emplace_back("unproven");
  }
  for (std::size_t index = graph.revisions.size(); index-- > 0;) {
    out << RevisionLine(graph, index, marks) << '\n';
    for (const auto& [rule, reason] : AllowsOf(graph.revisions[index])) {
      out << "    allows " << rule << ": " << reason << '\n';
    }
    const auto loss = LossOf(analysis, index);
    if (!loss) {
      out << "    its loss is not known before `palindrome check` passes\n";
    } else if (!LossText(*loss).empty()) {
      out << "    " << LossText(*loss) << '\n';
    }
  }
}

void PrintJsonHistory(const Analysis& analysis, bool unproven,
                      llvm::raw_ostream& out) {
  const graph::Graph& graph = analysis.folder.graph;
  llvm::json::Array revisions;
  for (std::size_t index = graph.revisions.size(); index-- > 0;) {
    llvm::json::Object revision = JsonRevision(graph, index);
    revision["unproven"] = unproven;
    revision["loss"] = JsonLoss(LossOf(analysis, index));
    revisions.push_back(std::move(revision));
  }
  PrintJson(llvm::json::Object{{"revisions", std::move(revisions)}}, out);
}

}  // namespace

int RunHistory(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("history", "[OPTION]...",
                  "Lists the migrations, newest first, with the rules that "
                  "they allow and what\nthey do to rows.");
  options.AddFolder();
  options.AddFormat();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  const auto headers = ReadHeaders(options, Judge::kOrder, environment);
  config::Settings settings;
  ReadSettings(environment.file_system, headers->files,
               options.Get("directory"), settings, headers->folder.inputs,
               headers->emitter);
  const auto analysis = Analyze(options, environment);
  const bool unproven = settings.rehearse != config::RehearseMode::kData;
  if (options.WantsJson()) {
    PrintJsonHistory(*analysis, unproven, environment.out);
  } else {
    PrintPlain(*analysis, unproven, environment.out);
  }
  return Report(headers->emitter.diagnostics(), environment.err);
}

}  // namespace palindrome::driver
