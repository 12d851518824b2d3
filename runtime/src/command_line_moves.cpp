#include "runtime/src/command_line_moves.h"

#include <algorithm>
#include <utility>

#include "runtime/src/adopt.h"
#include "runtime/src/ledger.h"
#include "runtime/src/live_schema.h"
#include "runtime/src/migration_run.h"
#include "runtime/src/one_read.h"
#include "runtime/src/retry.h"
#include "runtime/src/revision_target.h"
#include <palindrome/migrator.h>

namespace palindrome {
namespace {

// What an upgrade of a database at the base would adopt before anything else.
Result<std::optional<std::size_t>> FindAdopted(const LoadedHistory& loaded,
                                               Database& database,
                                               const CommandLine& line) {
  const auto target = ParseTarget(line.target);
  if (!target.ok()) {
    return target.status();
  }
  AppliedState base;
  base.applied.resize(loaded.graph.size());
  const auto plan = MakePlan(loaded, base, Direction::kUpgrade, *target);
  if (!plan.ok() || plan->steps.empty()) {
    return plan.ok() ? std::optional<std::size_t>()
                     : Result<std::optional<std::size_t>>(plan.status());
  }
  const Options& options = line.options;
  Ledger ledger(database, loaded.table.name());
  return Retry(options.lock_timeout)
      .Run([&]() -> Result<std::optional<std::size_t>> {
        const auto live = ReadLiveSchema(database, ledger);
        return live.ok()
                   ? FindAdopted(loaded, database, ledger, *live, options, "")
                   : live.status();
      });
}

// Moves without steps, from where the database is.
Result<Moves> ReadState(const LoadedHistory& loaded, const History& history,
                        Database& database, const CommandLine& line) {
  Migrator migrator(history, database, line.options);
  const auto entries = migrator.History();
  if (!entries.ok()) {
    return entries.status();
  }
  const auto current = migrator.Current();
  if (!current.ok()) {
    return current.status();
  }
  Moves moves;
  moves.before.resize(loaded.graph.size());
  for (const HistoryEntry& entry : *entries) {
    if (const auto index = loaded.graph.Find(entry.revision)) {
      moves.before[*index] = entry.is_applied;
    }
  }
  for (const CurrentRevision& revision : *current) {
    moves.heads_before.push_back(revision.revision);
  }
  return moves;
}

}  // namespace

std::vector<std::string> HeadNames(const RevisionGraph& graph,
                                   const RevisionSet& applied) {
  std::vector<std::string> names;
  for (const std::size_t head : graph.HeadsOf(applied)) {
    names.push_back(graph.node(head).id);
  }
  return names;
}

Move MoveOf(const LoadedHistory& history, const PlannedStep& step) {
  return {step.direction == Direction::kUpgrade ? "upgrade" : "downgrade", step,
          step.is_stored ? std::nullopt : history.graph.Find(step.revision)};
}

Move AdoptionOf(const LoadedHistory& history, const PlannedStep& step) {
  return {"adopt", step, history.graph.Find(step.revision)};
}

Result<Moves> PlanMoves(const LoadedHistory& loaded, const History& history,
                        Database& database, const CommandLine& line,
                        Direction direction) {
  Moves moves;
  std::vector<PlannedStep> steps;
  if (line.database.empty() && direction == Direction::kDowngrade) {
    const auto target = ParseTarget(line.target);
    if (!target.ok()) {
      return target.status();
    }
    moves.before.assign(loaded.graph.size(), true);
    AppliedState state;
    state.applied = moves.before;
    const auto plan = MakePlan(loaded, state, direction, *target);
    if (!plan.ok()) {
      return plan.status();
    }
    for (const std::size_t index : plan->steps) {
      steps.push_back(DescribeStep(loaded, direction, index));
    }
    moves.heads_before = HeadNames(loaded.graph, moves.before);
  } else {
    auto plan =
        Migrator(history, database, line.options).Plan(line.target, direction);
    if (!plan.ok()) {
      return plan.status();
    }
    steps = *std::move(plan);
    auto state = ReadState(loaded, history, database, line);
    if (!state.ok()) {
      return state.status();
    }
    moves = *std::move(state);
  }
  if (line.options.adopt && direction == Direction::kUpgrade &&
      moves.heads_before.empty()) {
    const auto adopted = FindAdopted(loaded, database, line);
    if (!adopted.ok()) {
      return adopted.status();
    }
    if (*adopted) {
      moves.before = loaded.graph.WithAncestors({**adopted});
      moves.heads_before = HeadNames(loaded.graph, moves.before);
      for (const PlannedStep& step : DescribeUpgrades(loaded, moves.before)) {
        moves.steps.push_back(AdoptionOf(loaded, step));
      }
    }
  }
  RevisionSet after = moves.before;
  for (const PlannedStep& step : steps) {
    moves.steps.push_back(MoveOf(loaded, step));
    if (const auto index = moves.steps.back().index) {
      after[*index] = step.direction == Direction::kUpgrade;
    }
  }
  moves.heads_after =
      steps.empty() ? moves.heads_before : HeadNames(loaded.graph, after);
  return moves;
}

Result<Moves> PlanStamp(const LoadedHistory& loaded, Database& database,
                        const CommandLine& line) {
  const auto target = ParseTarget(line.target);
  if (!target.ok()) {
    return target.status();
  }
  auto plan = InOneRead(database, [&] {
    return Retry(line.options.lock_timeout).Run([&] {
      return MigrationRun(loaded, database, line.options).PlanStamp(*target);
    });
  });
  if (!plan.ok()) {
    return plan.status();
  }
  Moves moves;
  for (const std::size_t index : loaded.graph.order()) {
    const bool comes = plan->after[index];
    if (plan->before[index] != comes) {
      moves.steps.push_back(
          {comes ? "stamp" : "unstamp",
           DescribeStep(loaded,
                        comes ? Direction::kUpgrade : Direction::kDowngrade,
                        index),
           index});
    }
  }
  moves.heads_before = HeadNames(loaded.graph, plan->before);
  moves.heads_after = HeadNames(loaded.graph, plan->after);
  moves.before = std::move(plan->before);
  return moves;
}

}  // namespace palindrome
