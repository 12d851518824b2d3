#include "compiler/driver/analysis.h"
#include "compiler/driver/command.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/report.h"
#include "compiler/driver/target.h"
#include "runtime/src/loss_text.h"
#include "runtime/src/revision_place.h"

namespace palindrome::driver {
namespace {

// The revisions to list: all of them, or those of the range.
Result<RevisionSet> Members(const graph::Graph& graph,
                            const std::string& range) {
  RevisionSet members(graph.revisions.size(), true);
  if (range.empty()) {
    return members;
  }
  if (!graph.sound) {
    return Status(StatusCode::kBadTarget,
                  "a range needs a history without errors in its headers");
  }
  const auto revisions = RuntimeGraph(graph);
  if (!revisions.ok()) {
    return revisions.status();
  }
  members.flip();
  return ResolveRange(*revisions, members, range);
}

void PrintPlain(const Analysis& analysis, const RevisionSet& members,
                bool unproven, llvm::raw_ostream& out) {
  const graph::Graph& graph = analysis.folder.graph;
  std::vector<std::string> marks;
  if (unproven) {
    marks.emplace_back("unproven");
  }
  for (std::size_t index = graph.revisions.size(); index-- > 0;) {
    if (!members[index]) {
      continue;
    }
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

void PrintJsonHistory(const Analysis& analysis, const RevisionSet& members,
                      bool unproven, llvm::raw_ostream& out) {
  const graph::Graph& graph = analysis.folder.graph;
  llvm::json::Array revisions;
  for (std::size_t index = graph.revisions.size(); index-- > 0;) {
    if (!members[index]) {
      continue;
    }
    llvm::json::Object revision = JsonRevision(graph, index);
    revision["unproven"] = unproven;
    revision["loss"] = JsonLoss(LossOf(analysis, index));
    revisions.push_back(std::move(revision));
  }
  PrintJson(llvm::json::Object{{"revisions", std::move(revisions)}}, out);
}

}  // namespace

int RunHistory(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("history", "[OPTION]... [RANGE]",
                  "Lists the migrations, newest first, with the rules that "
                  "they allow and what\nthey do to rows. RANGE is "
                  "`LOWER:UPPER`, with targets, to list those alone.");
  options.AddOperand("range");
  options.AddFolder();
  options.AddFormat();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  const auto headers = ReadHeaders(options, Judge::kOrder, environment);
  const auto members = Members(headers->folder.graph, options.Get("range"));
  if (!members.ok()) {
    Report(headers->emitter.diagnostics(), environment.err);
    return ReportFailure(environment, members.status().message());
  }
  config::Settings settings;
  ReadSettings(environment.file_system, headers->files,
               options.Get("directory"), settings, headers->folder.inputs,
               headers->emitter);
  const auto analysis = Analyze(options, environment);
  const bool unproven = settings.rehearse != config::RehearseMode::kData;
  if (options.WantsJson()) {
    PrintJsonHistory(*analysis, *members, unproven, environment.out);
  } else {
    PrintPlain(*analysis, *members, unproven, environment.out);
  }
  return Report(headers->emitter.diagnostics(), environment.err);
}

}  // namespace palindrome::driver
