#include "runtime/src/migration_run.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "runtime/src/foreign_key_check.h"
#include "runtime/src/retry.h"
#include "runtime/src/shortcut.h"

namespace palindrome {
namespace {

constexpr std::uint32_t kVersionPart = 1000;

// 3035004 as "3.35.4".
std::string EngineVersion(std::uint32_t number) {
  return std::to_string(number / (kVersionPart * kVersionPart)) + '.' +
         std::to_string(number / kVersionPart % kVersionPart) + '.' +
         std::to_string(number % kVersionPart);
}

std::string_view ActionName(Direction direction) {
  switch (direction) {
    case Direction::kUpgrade:
      return "upgrade";
    case Direction::kDowngrade:
      return "downgrade";
  }
  return "";
}

// Calls `work` at the end of the block, also where an observer throws.
template <typename Work>
class OnExit {
 public:
  explicit OnExit(Work work) : work_(std::move(work)) {}
  ~OnExit() { work_(); }
  OnExit(const OnExit&) = delete;
  OnExit& operator=(const OnExit&) = delete;

 private:
  Work work_;
};

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

Status MigrationRun::Annotate(const Status& status, std::size_t index,
                              std::uint32_t line) const {
  const table::Row row = history_.table.Row(static_cast<std::uint32_t>(index));
  StatusDetails details = status.details();
  details.revision = history_.table.Text(row.revision);
  details.file_name = history_.table.Text(row.file_name);
  details.line = line;
  return {status.code(), status.message(), std::move(details)};
}

template <typename Work>
Status MigrationRun::WithSettings(Work work) {
  Retry enter(options_.lock_timeout);
  if (Status status = enter.Run([this] { return database_.Enter(); });
      !status.ok()) {
    return status;
  }
  const OnExit leave([this] { static_cast<void>(database_.Leave()); });
  Status status = work();
  Status left = database_.Leave();
  return status.ok() ? left : status;
}

// Commits if `work` is ok, and takes everything back if not.
template <typename Work>
Status MigrationRun::InTransaction(Work work) {
  Retry begin(options_.lock_timeout);
  if (Status status = begin.Run([this] { return database_.Begin(); });
      !status.ok()) {
    return status;
  }
  // What went wrong first is what to tell; after a commit nothing is open.
  const OnExit roll_back([this] { static_cast<void>(database_.Rollback()); });
  Status status = work();
  if (status.ok()) {
    Retry commit(options_.lock_timeout);
    status = commit.Run([this] { return database_.Commit(); });
  }
  return status;
}

Status MigrationRun::Look() {
  const auto rows = ledger_.ReadApplied();
  if (!rows.ok()) {
    return rows.status();
  }
  auto state = CheckApplied(history_, *rows);
  if (!state.ok()) {
    return state.status();
  }
  state_ = std::move(state).value();
  auto live = ReadLiveSchema(database_, ledger_);
  if (!live.ok()) {
    return live.status();
  }
  live_ = std::move(live).value();
  return {};
}

Status MigrationRun::CheckLive() {
  if (Status status = ledger_.CheckBase(); !status.ok()) {
    return status;
  }
  const auto has_log = ledger_.HasLog();
  return has_log.ok() ? CheckSchema(history_, state_, live_, *has_log)
                      : has_log.status();
}

Status MigrationRun::Migrate(Direction direction, const Target& target) {
  direction_ = direction;
  return WithSettings([&] { return MigrateOnce(direction, target); });
}

Status MigrationRun::Begin(Direction direction, const Target& target,
                           std::vector<std::size_t>* steps) {
  if (Status status = Look(); !status.ok()) {
    return status;
  }
  const auto plan = MakePlan(history_, state_, direction, target);
  if (!plan.ok()) {
    return plan.status();
  }
  *steps = plan->steps;
  if (steps->empty()) {
    return {};
  }
  if (Status status = CheckPrograms(*plan); !status.ok()) {
    return status;
  }
  Status status = CheckLive();
  if (status.ok() && options_.observer != nullptr) {
    std::vector<PlannedStep> described;
    for (const std::size_t index : *steps) {
      described.push_back(DescribeStep(history_, direction, index));
    }
    options_.observer->OnPlan(described);
  }
  return status;
}

Status MigrationRun::MigrateOnce(Direction direction, const Target& target) {
  std::vector<std::size_t> steps;
  const auto run_next = [&]() -> Status {
    if (steps.empty()) {
      return {};
    }
    const auto count = options_.transaction_per_migration
                           ? std::ptrdiff_t{1}
                           : static_cast<std::ptrdiff_t>(steps.size());
    const std::vector<std::size_t> next(steps.begin(), steps.begin() + count);
    steps.erase(steps.begin(), steps.begin() + count);
    return RunSteps(next);
  };
  Status status = InTransaction([&] {
    Status begun = Begin(direction, target, &steps);
    return begun.ok() ? run_next() : begun;
  });
  while (status.ok() && !steps.empty()) {
    status = InTransaction([&] {
      Status looked = Look();
      if (looked.ok()) {
        looked = Refresh(&steps);
      }
      if (looked.ok() && !steps.empty()) {
        looked = CheckLive();
      }
      return looked.ok() ? run_next() : looked;
    });
  }
  return status;
}

Status MigrationRun::Refresh(std::vector<std::size_t>* steps) const {
  const bool wanted = direction_ == Direction::kUpgrade;
  steps->erase(std::remove_if(steps->begin(), steps->end(),
                              [&](std::size_t index) {
                                return state_.applied[index] == wanted;
                              }),
               steps->end());
  if (steps->empty()) {
    return {};
  }
  const auto& neighbours = wanted ? history_.graph.needs(steps->front())
                                  : history_.graph.needed_by(steps->front());
  if (std::any_of(neighbours.begin(), neighbours.end(), [&](std::size_t index) {
        return state_.applied[index] != wanted;
      })) {
    return Annotate({StatusCode::kBadTarget,
                     "another process migrates the database in the other "
                     "direction; try again"},
                    steps->front(), 0);
  }
  return {};
}

Status MigrationRun::RunSteps(const std::vector<std::size_t>& steps) {
  LedgerChange change;
  RevisionSet applied = state_.applied;
  if (direction_ == Direction::kUpgrade) {
    if (Status status = RunUpgrades(steps); !status.ok()) {
      return status;
    }
  }
  for (const std::size_t index : steps) {
    if (direction_ == Direction::kDowngrade) {
      if (Status status = RunStep(index); !status.ok()) {
        return status;
      }
    }
    applied[index] = direction_ == Direction::kUpgrade;
    change.log.push_back(Log(index, ActionName(direction_)));
  }
  Move(applied, &change);
  const LiveSchema before = std::move(live_);
  auto after = ReadLiveSchema(database_, ledger_);
  if (!after.ok()) {
    return after.status();
  }
  live_ = std::move(after).value();
  CountNewLedgers(before, &live_);
  RecordOwnership(before, live_, history_.table.name(), &change);
  const auto expected = ExpectedDigest(history_, state_);
  if (expected && *expected != OwnDigest(live_, history_.table.name())) {
    return Annotate({StatusCode::kDriftedSchema,
                     "the schema is not the one that the migration was "
                     "compiled to leave behind; nothing was changed"},
                    steps.back(), 0);
  }
  return ledger_.Write(change);
}

Status MigrationRun::RunUpgrades(std::span<const std::size_t> steps) {
  const std::vector<table::Shortcut> shortcuts = history_.table.Shortcuts();
  const bool is_new = state_.heads.empty();
  while (!steps.empty()) {
    const auto shortcut =
        options_.transaction_per_migration
            ? std::nullopt
            : FindShortcut(shortcuts, database_.dialect(), steps,
                           is_new && steps.front() == 0, options_);
    if (shortcut) {
      const auto taken =
          TakeShortcut(*shortcut, steps.first(shortcut->rows.count));
      if (!taken.ok()) {
        return taken.status();
      }
      if (*taken) {
        steps = steps.subspan(shortcut->rows.count);
        continue;
      }
    }
    if (Status status = RunStep(steps.front()); !status.ok()) {
      return status;
    }
    steps = steps.subspan(1);
  }
  return {};
}

Result<bool> MigrationRun::TakeShortcut(const table::Shortcut& shortcut,
                                        std::span<const std::size_t> steps) {
  if (Status status = database_.SetSavepoint(); !status.ok()) {
    return status;
  }
  Observer* const observer = options_.observer;
  PlannedStep step = DescribeStep(history_, direction_, steps.front());
  if (observer != nullptr) {
    observer->OnStepStarted(step);
  }
  const Status status =
      RunProgram(steps.front(), step, history_.table.Statements(shortcut.up));
  if (!status.ok()) {
    // The migration that is to blame shows when each is run by itself.
    const bool is_of_statements =
        status.code() == StatusCode::kFailedStatement ||
        status.code() == StatusCode::kForeignKeyViolation;
    if (!is_of_statements) {
      return status;
    }
    // After some errors the engine has rolled everything back already.
    return database_.RollbackToSavepoint().ok() ? Result<bool>(false)
                                                : Result<bool>(status);
  }
  if (Status released = database_.ReleaseSavepoint(); !released.ok()) {
    return released;
  }
  for (const std::size_t index : steps) {
    if (observer != nullptr && index != steps.front()) {
      step = DescribeStep(history_, direction_, index);
      observer->OnStepStarted(step);
    }
    if (observer != nullptr) {
      observer->OnStepDone(step);
    }
  }
  return true;
}

Status MigrationRun::RunStep(std::size_t index) {
  const PlannedStep step = DescribeStep(history_, direction_, index);
  Observer* const observer = options_.observer;
  if (observer != nullptr) {
    observer->OnStepStarted(step);
  }
  const auto compiled = history_.table.FindProgram(
      history_.table.Row(static_cast<std::uint32_t>(index)),
      database_.dialect());
  if (Status status =
          RunProgram(index, step,
                     history_.table.Statements(direction_ == Direction::kUpgrade
                                                   ? compiled->up
                                                   : compiled->down));
      !status.ok()) {
    return status;
  }
  if (observer != nullptr) {
    observer->OnStepDone(step);
  }
  return {};
}

Status MigrationRun::RunProgram(std::size_t index, const PlannedStep& step,
                                const Program& program) {
  Observer* const observer = options_.observer;
  std::optional<ForeignKeyReport> before;
  std::size_t done = 0;
  for (const ProgramStatement& statement : program.statements) {
    if (!before && (statement.flags & table::kCheckForeignKeys) != 0) {
      auto found = database_.CheckForeignKeys();
      if (!found.ok()) {
        return Annotate(found.status(), index, statement.line);
      }
      before = std::move(found).value();
    }
    Status status = (statement.flags & table::kNotice) != 0
                        ? Notice(index, step, statement)
                        : RunStatement(index, statement);
    if (!status.ok()) {
      return status;
    }
    ++done;
    if (observer != nullptr) {
      observer->OnProgress(step, done, program.statements.size(),
                           (statement.flags & table::kCopiesRows) != 0);
    }
  }
  return before ? CheckForeignKeys(index, *before) : Status();
}

Status MigrationRun::RunStatement(std::size_t index,
                                  const ProgramStatement& statement) {
  if (options_.observer != nullptr && options_.observer->IsCancelled()) {
    return Annotate({StatusCode::kCancelled, "the run was cancelled"}, index,
                    statement.line);
  }
  Status status = database_.Run(statement.sql, statement.flags);
  if (status.ok()) {
    return status;
  }
  StatusDetails details = status.details();
  details.statement = statement.sql;
  return Annotate({status.code(), status.message(), std::move(details)}, index,
                  statement.line);
}

Status MigrationRun::Notice(std::size_t index, const PlannedStep& step,
                            const ProgramStatement& statement) {
  if (options_.observer == nullptr) {
    return {};
  }
  const auto rows = database_.Query(statement.sql, {});
  if (!rows.ok()) {
    return Annotate(rows.status(), index, statement.line);
  }
  for (const DatabaseRow& row : *rows) {
    if (!row.empty() && row.front()) {
      options_.observer->OnNotice(step, *row.front());
    }
  }
  return {};
}

Status MigrationRun::CheckForeignKeys(std::size_t index,
                                      const ForeignKeyReport& before) {
  const auto after = database_.CheckForeignKeys();
  if (!after.ok()) {
    return Annotate(after.status(), index, 0);
  }
  const std::vector<ForeignKeyViolation> found = NewViolations(before, *after);
  if (found.empty()) {
    return {};
  }
  return Annotate({StatusCode::kForeignKeyViolation, DescribeViolations(found)},
                  index, 0);
}

void MigrationRun::Move(const RevisionSet& applied, LedgerChange* change) {
  const AppliedState former =
      std::exchange(state_, {applied, history_.graph.HeadsOf(applied), {}});
  state_.digests.resize(applied.size());
  const auto is_in = [](const std::vector<std::size_t>& list,
                        std::size_t index) {
    return std::find(list.begin(), list.end(), index) != list.end();
  };
  for (const std::size_t index : history_.graph.order()) {
    const std::string& id = history_.graph.node(index).id;
    if (applied[index] && !former.applied[index]) {
      change->added.push_back(LedgerRow(index));
      change->added.back().is_head = is_in(state_.heads, index);
    } else if (!applied[index] && former.applied[index]) {
      change->removed.push_back(id);
    }
    if (applied[index] && former.applied[index]) {
      state_.digests[index] = former.digests[index];
    }
  }
  for (const std::size_t index : former.heads) {
    if (applied[index] && !is_in(state_.heads, index)) {
      change->former_heads.push_back(history_.graph.node(index).id);
    }
  }
  for (const std::size_t index : state_.heads) {
    if (former.applied[index] && !is_in(former.heads, index)) {
      change->new_heads.push_back(history_.graph.node(index).id);
    }
  }
}

AppliedRevision MigrationRun::LedgerRow(std::size_t index) const {
  const HistoryTable& table = history_.table;
  const table::Row row = table.Row(static_cast<std::uint32_t>(index));
  const RevisionNode& node = history_.graph.node(index);
  AppliedRevision applied;
  applied.revision = node.id;
  applied.title = table.Text(row.title);
  applied.parents = node.parents;
  applied.depends_on = node.depends_on;
  applied.checksum = table.Text(row.checksum);
  applied.chain = table.Text(row.chain);
  applied.digest = table.Text(row.digest_after);
  applied.loss = static_cast<std::uint32_t>(row.loss);
  if (const auto program = table.FindProgram(row, database_.dialect())) {
    const Program down = table.Statements(program->down);
    applied.down_program = EncodeProgram(down);
    applied.down_digest = ProgramDigest(down);
  }
  return applied;
}

LogEntry MigrationRun::Log(std::size_t index, std::string_view action) const {
  const table::Row row = history_.table.Row(static_cast<std::uint32_t>(index));
  return {history_.graph.node(index).id, std::string(action),
          std::string(history_.table.Text(row.title)),
          std::string(history_.table.Text(row.checksum))};
}

Status MigrationRun::Stamp(const Target& target) {
  return WithSettings(
      [&] { return InTransaction([&] { return StampOnce(target); }); });
}

Status MigrationRun::StampOnce(const Target& target) {
  if (Status status = Look(); !status.ok()) {
    return status;
  }
  const auto goal = ResolveStamp(history_.graph, state_.applied, target);
  if (!goal.ok()) {
    return goal.status();
  }
  LedgerChange change;
  const AppliedState former = state_;
  Move(*goal, &change);
  for (const std::size_t index : history_.graph.order()) {
    if ((*goal)[index] != former.applied[index]) {
      change.log.push_back(Log(index, (*goal)[index] ? "stamp" : "unstamp"));
    }
  }
  CountExpectedLedgers(history_, state_, &live_);
  // Whatever belongs to nobody is this history's from now on; before its first
  // migration it has nothing.
  LiveSchema nothing;
  nothing.owned = live_.owned;
  RecordOwnership(nothing, state_.heads.empty() ? nothing : live_,
                  history_.table.name(), &change);
  return ledger_.Write(change);
}

}  // namespace palindrome
