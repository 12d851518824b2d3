#include "compiler/driver/plan.h"

#include <algorithm>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

#include "compiler/driver/command.h"
#include "compiler/driver/headers.h"
#include "compiler/driver/report.h"
#include "compiler/driver/target.h"
#include "runtime/src/revision_place.h"

namespace palindrome::driver {
namespace {

using Direction = RevisionGraph::Direction;

// What `--from` says is applied: revisions with all that they need, or `base`.
Result<RevisionSet> AppliedBefore(const graph::Graph& graph,
                                  const RevisionGraph& revisions,
                                  const std::string& from,
                                  Direction direction) {
  if (from.empty()) {
    return RevisionSet(revisions.size(), direction == Direction::kDowngrade);
  }
  llvm::SmallVector<llvm::StringRef> ids;
  llvm::StringRef(from).split(ids, ',');
  std::vector<std::size_t> nodes;
  for (const llvm::StringRef id : ids) {
    const std::string name = id.trim().str();
    if (Status status = RefuseSquash(graph, name); !status.ok()) {
      return status;
    }
    const auto found =
        ResolveRevisions(revisions, RevisionSet(revisions.size(), false), name);
    if (!found.ok()) {
      return found.status();
    }
    nodes.insert(nodes.end(), found->begin(), found->end());
  }
  return revisions.WithAncestors(nodes);
}

// The tables that the program rebuilds.
std::vector<std::string> RebuildsOf(const lower::Program& program,
                                    const catalog::Simulation& section) {
  std::vector<std::string> tables;
  for (const lower::Statement& statement : program.statements) {
    const std::string table(
        ast::TableOf(section.steps[statement.step].item->statement));
    if ((statement.flags & table::kLegacyAlterTable) != 0 &&
        !llvm::is_contained(tables, table)) {
      tables.push_back(table);
    }
  }
  return tables;
}

PlanStep MakeStep(const Analysis& analysis, std::size_t revision,
                  bool is_upgrade) {
  PlanStep step;
  step.revision = revision;
  step.loss = LossOf(analysis, revision);
  step.compatibility = CompatibilityOf(analysis, revision);
  const MigrationAnalysis* migration = analysis.history[revision].get();
  if (migration == nullptr) {
    return step;
  }
  for (const catalog::Step& each : migration->upgrade.steps) {
    if (each.archive && each.closes_archive) {
      step.archives.push_back(
          &std::get<ast::Archive>(each.archive->definition));
    }
  }
  if (!is_upgrade) {
    std::reverse(step.archives.begin(), step.archives.end());
  }
  if (migration->task && is_upgrade) {
    step.rebuilds = RebuildsOf(migration->task->up, migration->upgrade);
  } else if (migration->task && migration->task->down) {
    step.rebuilds =
        RebuildsOf(*migration->task->down, migration->downgrade.simulation);
  }
  return step;
}

Result<Plan> MakePlan(const Analysis& analysis, const Options& options,
                      Direction direction) {
  const graph::Graph& graph = analysis.folder.graph;
  const auto revisions = RuntimeGraph(graph);
  if (!revisions.ok()) {
    return revisions.status();
  }
  const auto applied =
      AppliedBefore(graph, *revisions, options.Get("from"), direction);
  if (!applied.ok()) {
    return applied.status();
  }
  const std::string target = options.Has("target") ? options.Get("target")
                             : direction == Direction::kDowngrade ? "base"
                                                                  : "heads";
  if (Status status = RefuseSquash(graph, target); !status.ok()) {
    return status;
  }
  const auto goal = revisions->ResolveTarget(target, *applied, direction);
  if (!goal.ok()) {
    return goal.status();
  }
  Plan plan;
  plan.is_upgrade = direction == Direction::kUpgrade;
  plan.heads = revisions->HeadsOf(*goal);
  std::vector<std::size_t> order = revisions->order();
  if (!plan.is_upgrade) {
    std::reverse(order.begin(), order.end());
  }
  for (const std::size_t revision : order) {
    if ((*applied)[revision] != (*goal)[revision]) {
      plan.steps.push_back(MakeStep(analysis, revision, plan.is_upgrade));
    }
  }
  return plan;
}

}  // namespace

int RunPlan(llvm::ArrayRef<std::string> args, Environment& environment) {
  Options options("plan", "[OPTION]... [TARGET]",
                  "Shows the steps of an upgrade to TARGET, or of a downgrade, "
                  "in their order, with\nthe tables that are rebuilt, what is "
                  "archived and what is lost. It needs no\ndatabase. TARGET is "
                  "what `upgrade` and `downgrade` of a program take; without "
                  "it,\nthe plan goes to `heads`, or to `base`.");
  options.AddValue("from", "REVISION",
                   "what is applied: revisions with commas between them, or "
                   "base; else nothing for an upgrade, and all for a "
                   "downgrade");
  options.AddValue("direction", "up|down", "where to (default: up)", "up");
  options.AddOperand("target");
  options.AddFolder();
  options.AddFormat();
  if (const auto status = options.Parse(args, environment)) {
    return *status;
  }
  const std::string direction = options.Get("direction");
  if (direction != "up" && direction != "down") {
    return options.Misused(environment, "`" + direction +
                                            "` is no direction; write `up` or "
                                            "`down`");
  }
  const auto headers = ReadHeaders(options, Judge::kOrder, environment);
  if (headers->emitter.HasErrors()) {
    Report(headers->emitter.diagnostics(), environment.err);
    return ReportFailure(environment,
                         "a plan needs a history without errors in its "
                         "headers");
  }
  const auto analysis = Analyze(options, environment);
  const auto plan =
      MakePlan(*analysis, options,
               direction == "up" ? Direction::kUpgrade : Direction::kDowngrade);
  if (!plan.ok()) {
    return ReportFailure(environment, plan.status().message());
  }
  // A reader that is a program would take what is not known for nothing.
  const auto unknown = llvm::find_if(
      plan->steps, [](const PlanStep& step) { return !step.loss; });
  if (options.WantsJson() && unknown != plan->steps.end()) {
    return ReportFailure(
        environment,
        "what `" + analysis->folder.graph.revisions[unknown->revision].id +
            "` does is not known before `palindrome check` passes");
  }
  if (options.WantsJson()) {
    PrintJsonPlan(*plan, *analysis, environment.out);
  } else {
    PrintPlan(*plan, *analysis, environment.out);
  }
  return kSuccess;
}

}  // namespace palindrome::driver
