// Stamps and adoptions: a run that changes the ledger alone.
#include <string_view>
#include <utility>

#include "runtime/src/adopt.h"
#include "runtime/src/claim.h"
#include "runtime/src/foreign_revisions.h"
#include "runtime/src/migration_run.h"

namespace palindrome {

Result<MigrationRun::StampPlan> MigrationRun::PlanStamp(const Target& target) {
  if (Status status = Look(); !status.ok()) {
    return status;
  }
  if (!state_.foreign.empty()) {
    return DatabaseNewer(state_);
  }
  auto goal = ResolveStamp(history_.graph, state_.applied, target);
  if (!goal.ok()) {
    return goal.status();
  }
  return StampPlan{state_.applied, *std::move(goal)};
}

Status MigrationRun::StampOnce(const Target& target) {
  const auto plan = PlanStamp(target);
  return plan.ok() ? StampTo(plan->after, "stamp", "unstamp") : plan.status();
}

Result<std::optional<std::size_t>> MigrationRun::FindToAdopt(
    std::string_view revision) {
  if (!state_.heads.empty() || !state_.foreign.empty()) {
    return std::optional<std::size_t>();
  }
  if (Status status = ledger_.CheckBase(); !status.ok()) {
    return status;
  }
  return FindAdopted(history_, database_, ledger_, live_, options_, revision);
}

Status MigrationRun::AdoptOnce(std::string_view revision) {
  if (!revision.empty()) {
    const auto is_done = IsAdopted(history_, ledger_, state_, revision);
    if (!is_done.ok() || *is_done) {
      return is_done.status();
    }
  }
  const auto index = FindToAdopt(revision);
  if (!index.ok() || !*index) {
    return index.status();
  }
  const RevisionSet goal = history_.graph.WithAncestors({**index});
  Status status = StampTo(goal, "adopt", "");
  if (status.ok() && options_.observer != nullptr) {
    options_.observer->OnAdopted(DescribeUpgrades(history_, goal));
  }
  return status;
}

Status MigrationRun::StampTo(const RevisionSet& goal, std::string_view come,
                             std::string_view gone) {
  LedgerChange change;
  const AppliedState former = state_;
  Move(goal, &change);
  for (const std::size_t index : history_.graph.order()) {
    if (goal[index] != former.applied[index]) {
      change.log.push_back(Log(index, goal[index] ? come : gone));
    }
  }
  // Before its first migration a history has nothing, and where nothing
  // changes it gets nothing.
  LiveSchema before;
  before.owned = live_.owned;
  if (state_.heads.empty()) {
    RecordOwnership(before, {}, history_.table.name(), &change);
  } else if (goal != former.applied) {
    RecordOwnership(before, Claim(history_, state_, database_.dialect(), live_),
                    history_.table.name(), &change);
  }
  return ledger_.Write(change);
}

}  // namespace palindrome
