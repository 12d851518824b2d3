#include "compiler/driver/command.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/report.h"

namespace palindrome::driver {
namespace {

void PrintPlain(const graph::Graph& graph, bool unproven,
                llvm::raw_ostream& out) {
  std::vector<std::string> marks;
  if (unproven) {
    marks.emplace_back("unproven");
  }
  for (std::size_t index = graph.revisions.size(); index-- > 0;) {
    out << RevisionLine(graph, index, marks) << '\n';
    for (const auto& [rule, reason] : AllowsOf(graph.revisions[index])) {
      out << "    allows " << rule << ": " << reason << '\n';
    }
  }
}

void PrintJsonHistory(const graph::Graph& graph, bool unproven,
                      llvm::raw_ostream& out) {
  llvm::json::Array revisions;
  for (std::size_t index = graph.revisions.size(); index-- > 0;) {
    llvm::json::Object revision = JsonRevision(graph, index);
    revision["unproven"] = unproven;
    revisions.push_back(std::move(revision));
  }
  PrintJson(llvm::json::Object{{"revisions", std::move(revisions)}}, out);
}

}  // namespace

int RunHistory(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("history", "[OPTION]...",
                  "Lists the migrations, newest first, with the rules that "
                  "they allow.");
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
  const bool unproven = settings.rehearse != config::RehearseMode::kData;
  if (options.WantsJson()) {
    PrintJsonHistory(headers->folder.graph, unproven, environment.out);
  } else {
    PrintPlain(headers->folder.graph, unproven, environment.out);
  }
  return Report(headers->emitter.diagnostics(), environment.err);
}

}  // namespace palindrome::driver
