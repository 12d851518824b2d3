#include <algorithm>

#include "llvm/ADT/StringExtras.h"

#include "compiler/driver/command.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/new_migration.h"
#include "compiler/driver/report.h"
#include "compiler/driver/target.h"
#include "runtime/src/revision_place.h"

namespace palindrome::driver {
namespace {

Status BadMerge(const std::string& message) {
  return {StatusCode::kBadTarget, message};
}

// The revisions that the targets mean, each once, in the order of the graph.
Result<std::vector<std::size_t>> FindTargets(
    const RevisionGraph& revisions, const std::vector<std::string>& targets) {
  std::vector<std::size_t> found;
  for (const std::string& target : targets) {
    const auto each = ResolveRevisions(
        revisions, RevisionSet(revisions.size(), false), target);
    if (!each.ok()) {
      return each.status();
    }
    if (each->empty()) {
      return BadMerge("`" + target + "` is before every migration");
    }
    found.insert(found.end(), each->begin(), each->end());
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

// Whether a merge of them joins lines that are apart.
Status CheckApart(const graph::Graph& graph, const RevisionGraph& revisions,
                  const std::vector<std::size_t>& parents) {
  if (parents.size() == 1) {
    return BadMerge("`" + graph.revisions[parents.front()].id +
                    "` is one revision, and a merge joins two or more");
  }
  for (const std::size_t parent : parents) {
    const RevisionSet above = revisions.RevisedFrom({parent});
    for (const std::size_t other : parents) {
      if (other != parent && above[other]) {
        return BadMerge("`" + graph.revisions[other].id + "` comes after `" +
                        graph.revisions[parent].id +
                        "`, so that there is nothing to merge");
      }
    }
  }
  for (const std::size_t parent : parents) {
    if (Status status = CheckUnrevised(graph, parent, "merge that one");
        !status.ok()) {
      return status;
    }
  }
  return Status();
}

// "merge `a`, `b` and `c`", without the quotes.
std::string DefaultMessage(const graph::Graph& graph,
                           const std::vector<std::size_t>& parents) {
  std::vector<std::string> ids;
  ids.reserve(parents.size());
  for (const std::size_t parent : parents) {
    ids.push_back(graph.revisions[parent].id);
  }
  const std::string last = ids.back();
  ids.pop_back();
  return "merge " + llvm::join(ids, ", ") + " and " + last;
}

}  // namespace

int RunMerge(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("merge", "[OPTION]... [TARGET]...",
                  "Makes a migration that revises all of the targets, `heads` "
                  "unless given, so\n"
                  "that their branches end in one head, and prints its path.");
  AddNewMigrationOptions(options);
  options.AddOperands("targets");
  options.AddFolder();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  NewMigration migration;
  std::string problem = ReadNewMigration(options, migration);
  if (problem.empty() && options.Has("message")) {
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
  const auto revisions = RuntimeGraph(graph);
  if (!revisions.ok()) {
    return ReportFailure(environment, revisions.status().message());
  }
  if (graph.revisions.empty()) {
    return ReportFailure(environment, "there is no migration to merge");
  }
  std::vector<std::string> targets = options.List("targets");
  if (targets.empty()) {
    targets = {"heads"};
  }
  const auto parents = FindTargets(*revisions, targets);
  if (!parents.ok()) {
    return ReportFailure(environment, parents.status().message());
  }
  if (const Status status = CheckApart(graph, *revisions, *parents);
      !status.ok()) {
    return ReportFailure(environment, status.message());
  }
  migration.parents = *parents;
  if (!options.Has("message")) {
    migration.message = DefaultMessage(graph, *parents);
  }
  return WriteNewMigration(std::move(migration), graph, options, environment);
}

}  // namespace palindrome::driver
