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

// The revisions to list: all of them, or those of the range, in which
// `current` is what the database is at.
Result<RevisionSet> Members(const graph::Graph& graph, const std::string& range,
                            const std::vector<std::string>& current) {
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
  std::vector<std::size_t> heads;
  for (const std::string& revision : current) {
    if (const auto head = graph.Find(revision)) {
      heads.push_back(*head);
    } else if (range.find("current") != std::string::npos) {
      return Status(StatusCode::kBadTarget, "the folder does not have `" +
                                                OneLine(revision) +
                                                "`, which the database is at");
    }
  }
  return ResolveRange(*revisions, revisions->WithAncestors(heads), range);
}

// What is asked for beside the list itself.
struct Wishes {
  bool unproven = false;
  bool verbose = false;
  bool indicate_current = false;
  std::vector<std::string> current;  // With --database: what that is at.

  bool IsCurrent(const graph::Revision& revision) const {
    return llvm::is_contained(current, revision.id);
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
    if (wishes.indicate_current && wishes.IsCurrent(graph.revisions[index])) {
      marks.emplace_back("current");
    }
    if (wishes.unproven) {
      marks.emplace_back("unproven");
    }
    out << RevisionLine(graph, index, marks) << '\n';
    if (wishes.verbose) {
      PrintFields(graph.revisions[index], out, "    ");
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
    if (wishes.indicate_current) {
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
  return CheckHistoryName(options);
}

// What the database is at; nothing without one. What the folder lacks of it is
// told.
Result<std::vector<std::string>> FindCurrent(const graph::Graph& graph,
                                             const Options& options,
                                             Environment& environment) {
  if (!options.Has("database")) {
    return std::vector<std::string>();
  }
  const std::string database = options.Get("database");
  const auto name = FindHistoryName(options, database,
                                    /*otherwise=*/"migrations", environment);
  if (!name.ok()) {
    return name.status();
  }
  auto current = ReadCurrent(database, *name, environment);
  if (current.ok()) {
    for (const std::string& revision : *current) {
      if (!graph.Find(revision)) {
        environment.err << "palindrome: note: the database is at `"
                        << OneLine(revision)
                        << "`, which the folder does not have\n";
      }
    }
  }
  return current;
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
  options.AddValue("database", "FILE",
                   "the SQLite database that `current` in RANGE means");
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
  Wishes wishes;
  wishes.verbose = options.Has("verbose");
  wishes.indicate_current = options.Has("indicate-current");
  auto current = FindCurrent(headers->folder.graph, options, environment);
  if (!current.ok()) {
    return ReportFailure(environment, current.status().message());
  }
  wishes.current = *std::move(current);
  const auto members =
      Members(headers->folder.graph,
              options.Get(options.Has("rev-range") ? "rev-range" : "range"),
              wishes.current);
  if (!members.ok()) {
    Report(headers->emitter.diagnostics(), environment.err);
    return ReportFailure(environment, members.status().message());
  }
  config::Settings settings;
  ReadSettings(environment.file_system, headers->files,
               options.Get("directory"), settings, headers->folder.inputs,
               headers->emitter);
  if (const auto status = RefuseHalf(options, *headers, environment)) {
    return *status;
  }
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
