#include "compiler/driver/analysis.h"
#include "compiler/driver/command.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/history_name.h"
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

// What is asked for beside the list itself.
struct Wishes {
  bool unproven = false;
  bool verbose = false;
  // With --indicate-current: what the database is at.
  std::optional<std::vector<std::string>> current;

  bool IsCurrent(const graph::Revision& revision) const {
    return current && llvm::is_contained(*current, revision.id);
  }
};

void PrintPlain(const Analysis& analysis, const RevisionSet& members,
                const Wishes& wishes, llvm::raw_ostream& out) {
  const graph::Graph& graph = analysis.folder.graph;
  for (std::size_t index = graph.revisions.size(); index-- > 0;) {
    if (!members[index]) {
      continue;
    }
    std::vector<std::string> marks;
    if (wishes.IsCurrent(graph.revisions[index])) {
      marks.emplace_back("current");
    }
    if (wishes.unproven) {
      marks.emplace_back("unproven");
    }
    out << RevisionLine(graph, index, marks) << '\n';
    if (wishes.verbose) {
      PrintFields(graph, index, out, "    ");
    }
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
                      const Wishes& wishes, llvm::raw_ostream& out) {
  const graph::Graph& graph = analysis.folder.graph;
  llvm::json::Array revisions;
  for (std::size_t index = graph.revisions.size(); index-- > 0;) {
    if (!members[index]) {
      continue;
    }
    llvm::json::Object revision = JsonRevision(graph, index);
    revision["unproven"] = wishes.unproven;
    if (wishes.current) {
      revision["current"] = wishes.IsCurrent(graph.revisions[index]);
    }
    revision["loss"] = JsonLoss(LossOf(analysis, index));
    revision["compatibility"] =
        JsonCompatibility(CompatibilityOf(analysis, index));
    revisions.push_back(std::move(revision));
  }
  PrintJson(llvm::json::Object{{"revisions", std::move(revisions)}}, out);
}

// What is wrong with the options, or an empty string.
std::string CheckOptions(const Options& options) {
  if (options.Has("range") && options.Has("rev-range")) {
    return "the range is given twice";
  }
  if (options.Has("indicate-current") && !options.Has("database")) {
    return "--indicate-current needs a `--database FILE`";
  }
  if (options.Has("database") && !options.Has("indicate-current")) {
    return "--database is for `--indicate-current`";
  }
  return CheckHistoryName(options);
}

Result<std::vector<std::string>> FindCurrent(const Options& options,
                                             Environment& environment) {
  const std::string database = options.Get("database");
  const auto name = FindHistoryName(options, database,
                                    /*otherwise=*/"migrations", environment);
  return name.ok() ? ReadCurrent(database, *name, environment)
                   : Result<std::vector<std::string>>(name.status());
}

}  // namespace

int RunHistory(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("history", "[OPTION]... [RANGE]",
                  "Lists the migrations, newest first, with the rules that "
                  "they allow and what\nthey do to rows. RANGE is "
                  "`LOWER:UPPER`, with targets, to list those alone.");
  options.AddValue("rev-range,r", "RANGE", "the range, as Alembic has it");
  options.AddFlag("verbose,v", "show their headers");
  options.AddFlag("indicate-current,i",
                  "mark the revisions that the database is at");
  options.AddValue("database", "FILE", "the SQLite database");
  AddHistoryName(options);
  options.AddOperand("range");
  options.AddFolder();
  options.AddFormat();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  if (const std::string problem = CheckOptions(options); !problem.empty()) {
    return options.Misused(environment, problem);
  }
  const auto headers = ReadHeaders(options, Judge::kOrder, environment);
  const auto members =
      Members(headers->folder.graph,
              options.Get(options.Has("rev-range") ? "rev-range" : "range"));
  if (!members.ok()) {
    Report(headers->emitter.diagnostics(), environment.err);
    return ReportFailure(environment, members.status().message());
  }
  Wishes wishes;
  wishes.verbose = options.Has("verbose");
  if (options.Has("indicate-current")) {
    auto current = FindCurrent(options, environment);
    if (!current.ok()) {
      return ReportFailure(environment, current.status().message());
    }
    wishes.current = *std::move(current);
  }
  config::Settings settings;
  ReadSettings(environment.file_system, headers->files,
               options.Get("directory"), settings, headers->folder.inputs,
               headers->emitter);
  const auto analysis = Analyze(options, environment);
  wishes.unproven = settings.rehearse != config::RehearseMode::kData;
  if (options.WantsJson()) {
    PrintJsonHistory(*analysis, *members, wishes, environment.out);
  } else {
    PrintPlain(*analysis, *members, wishes, environment.out);
  }
  return Report(headers->emitter.diagnostics(), environment.err);
}

}  // namespace palindrome::driver
