// What a run is to do, and all that speaks against it before it begins.
#include <cstdint>
#include <string>

#include "runtime/src/foreign_revisions.h"
#include "runtime/src/migration_run.h"

namespace palindrome {
namespace {

constexpr std::uint32_t kVersionPart = 1000;

// 3035004 as "3.35.4".
std::string EngineVersion(std::uint32_t number) {
  return std::to_string(number / (kVersionPart * kVersionPart)) + '.' +
         std::to_string(number / kVersionPart % kVersionPart) + '.' +
         std::to_string(number % kVersionPart);
}

}  // namespace

Status MigrationRun::CheckPrograms(const MigrationPlan& plan) const {
  for (const std::size_t index : plan.steps) {
    const table::Row row =
        history_.table.Row(static_cast<std::uint32_t>(index));
    const auto program = history_.table.FindProgram(row, database_.dialect());
    if (!program) {
      return Annotate({StatusCode::kNoProgram,
                       "the migration was not compiled for this database; add "
                       "its dialect to the build"},
                      index, 0);
    }
    if (program->minimum_engine > database_.engine_version()) {
      return Annotate(
          {StatusCode::kEngineTooOld,
           "the migration needs version " +
               EngineVersion(program->minimum_engine) +
               " of the engine, and this is " + database_.engine_name()},
          index, 0);
    }
  }
  return {};
}

Status MigrationRun::Prepare(Direction direction, const Target& target,
                             std::vector<std::size_t>* steps) {
  const auto foreign =
      DecideOnForeign(history_, state_, options_, direction, target);
  if (!foreign.ok() || *foreign == ForeignAction::kAccept) {
    return foreign.status();
  }
  const auto plan = MakePlan(history_, state_, direction, target);
  if (!plan.ok()) {
    return plan.status();
  }
  if (Status status = PrepareForeign(); !status.ok()) {
    return status;
  }
  *steps = plan->steps;
  if (steps->empty() && foreign_.empty()) {
    return {};
  }
  Status status = CheckPrograms(*plan);
  return status.ok() ? CheckLive() : status;
}

std::vector<PlannedStep> MigrationRun::Describe(
    Direction direction, const std::vector<std::size_t>& steps) const {
  std::vector<PlannedStep> described;
  for (std::size_t i = 0; i < foreign_.size(); ++i) {
    described.push_back(DescribeForeignStep(state_.foreign[i]));
  }
  for (const std::size_t index : steps) {
    described.push_back(DescribeStep(history_, direction, index));
  }
  return described;
}

Result<std::vector<PlannedStep>> MigrationRun::Plan(Direction direction,
                                                    const Target& target) {
  if (Status status = Look(); !status.ok()) {
    return status;
  }
  if (options_.adopt && direction == Direction::kUpgrade) {
    const auto adopted = FindToAdopt("");
    if (!adopted.ok()) {
      return adopted.status();
    }
    if (*adopted) {
      state_.applied = history_.graph.WithAncestors({**adopted});
      state_.heads = {**adopted};
      CountExpectedLedgers(history_, state_, &live_);
    }
  }
  std::vector<std::size_t> steps;
  if (Status status = Prepare(direction, target, &steps); !status.ok()) {
    return status;
  }
  return Describe(direction, steps);
}

}  // namespace palindrome
