#include "compiler/driver/command.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/new_migration.h"
#include "compiler/driver/report.h"
#include "compiler/driver/target.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::driver {
namespace {

int RefuseHeads(const graph::Graph& graph, Environment& environment) {
  environment.err << "palindrome: error: there are " << graph.heads.size()
                  << " heads, and a new migration would revise one of them; "
                     "name it with `--head`, or join them with `palindrome "
                     "merge`\n";
  for (const std::size_t head : graph.heads) {
    environment.err << "  " << RevisionLine(graph, head) << '\n';
  }
  return kFindings;
}

// A base tells itself from the others by its first label.
Status CheckNewBase(const graph::Graph& graph, const NewMigration& migration) {
  const std::string label =
      migration.branch_labels.empty() ? "" : migration.branch_labels.front();
  for (const std::size_t root : graph.roots) {
    const auto& labels = graph.revisions[root].migration.header.branch_labels;
    if (sql::EqualsIgnoringCase(label,
                                labels.empty() ? "" : labels.front().value)) {
      return {StatusCode::kBadTarget,
              "`" + graph.revisions[root].id +
                  "` begins a history already; another one needs a "
                  "`--branch-label` of its own"};
    }
  }
  return Status();
}

// What --head and --depends-on say.
Status FindNeeds(const graph::Graph& graph, const Options& options,
                 NewMigration& migration) {
  const std::string head = options.Get("head");
  if (head == "base") {
    if (Status status = CheckNewBase(graph, migration); !status.ok()) {
      return status;
    }
  } else if (options.Has("head")) {
    const Result<std::size_t> parent = FindTarget(graph, head);
    if (!parent.ok()) {
      return parent.status();
    }
    if (Status status = CheckOutsideSquash(graph, *parent); !status.ok()) {
      return status;
    }
    if (Status status = CheckUnrevised(
            graph, *parent, "give `--splice` to begin a branch there");
        !options.Has("splice") && !status.ok()) {
      return status;
    }
    migration.parents = {*parent};
  } else {
    migration.parents = graph.heads;
  }
  for (const std::string& target : options.List("depends-on")) {
    const Result<std::size_t> needed = FindTarget(graph, target);
    if (!needed.ok()) {
      return needed.status();
    }
    if (Status status = CheckOutsideSquash(graph, *needed); !status.ok()) {
      return status;
    }
    if (!llvm::is_contained(migration.depends_on, *needed)) {
      migration.depends_on.push_back(*needed);
    }
  }
  return Status();
}

}  // namespace

int RunRevision(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("revision", "-m MESSAGE [OPTION]...",
                  "Makes a migration file after the head, and prints its "
                  "path.");
  AddNewMigrationOptions(options);
  options.AddValue("head", "TARGET",
                   "the revision that it revises, if not the only head; base: "
                   "it begins a history of its own");
  options.AddFlag("splice", "that revision need not be a head");
  options.AddList("depends-on", "TARGET",
                  "a revision of another branch that it needs; may be "
                  "repeated");
  options.AddFolder();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  NewMigration migration;
  migration.upgrade = "  -- write the upgrade here\n";
  std::string problem = ReadNewMigration(options, migration);
  if (problem.empty()) {
    problem = CheckMessage(migration.message);
  }
  if (!problem.empty()) {
    return options.Misused(environment, problem);
  }
  const auto headers = ReadHeaders(options, Judge::kOrder, environment);
  if (const int status =
          Report(headers->emitter.diagnostics(), environment.err);
      status != kSuccess) {
    return status;
  }
  const graph::Graph& graph = headers->folder.graph;
  if (!options.Has("head") && graph.heads.size() > 1) {
    return RefuseHeads(graph, environment);
  }
  if (const Status status = FindNeeds(graph, options, migration);
      !status.ok()) {
    return ReportFailure(environment, status.message());
  }
  return WriteNewMigration(std::move(migration), graph, options, environment);
}

}  // namespace palindrome::driver
