#include "runtime/src/migration_run.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "runtime/src/foreign_revisions.h"
#include "runtime/src/on_exit.h"
#include "runtime/src/program_run.h"
#include "runtime/src/retry.h"

namespace palindrome {
namespace {

std::string_view ActionName(Direction direction) {
  switch (direction) {
    case Direction::kUpgrade:
      return "upgrade";
    case Direction::kDowngrade:
      return "downgrade";
  }
  return "";
}

}  // namespace

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
  Retry enter(options_.lock_timeout, options_.observer);
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
  Retry begin(options_.lock_timeout, options_.observer);
  if (Status status = begin.Run([this] { return database_.Begin(); });
      !status.ok()) {
    return status;
  }
  // What went wrong first is what to tell; after a commit nothing is open.
  const OnExit roll_back([this] { static_cast<void>(database_.Rollback()); });
  Status status = work();
  if (status.ok()) {
    Retry commit(options_.lock_timeout, options_.observer);
    status = commit.Run([this] { return database_.Commit(); });
  }
  return status;
}

Status MigrationRun::Look() {
  const auto rows = ledger_.ReadApplied();
  if (!rows.ok()) {
    return rows.status();
  }
  auto state = CheckApplied(history_, *rows, MeetsForeign(options_));
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
  if (options_.adopt && direction == Direction::kUpgrade) {
    Status adopted = AdoptOnce("");
    if (adopted.ok()) {
      // The ledger may have been written.
      adopted = Look();
    }
    if (!adopted.ok()) {
      return adopted;
    }
  }
  Status status = Prepare(direction, target, steps);
  if (status.ok() && options_.observer != nullptr &&
      !(steps->empty() && foreign_.empty())) {
    options_.observer->OnPlan(Describe(direction, *steps));
  }
  return status;
}

Status MigrationRun::MigrateOnce(Direction direction, const Target& target) {
  std::vector<std::size_t> steps;
  const auto run_next = [&]() -> Status {
    if (!foreign_.empty()) {
      Status undone =
          RunForeign(options_.transaction_per_migration ? 1 : foreign_.size());
      if (!undone.ok() || options_.transaction_per_migration || steps.empty()) {
        return undone;
      }
      // The ledger was written since.
      if (Status status = Look(); !status.ok()) {
        return status;
      }
    }
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
  while (status.ok() && !(steps.empty() && foreign_.empty())) {
    status = InTransaction([&] {
      Status looked = Look();
      if (looked.ok()) {
        looked = RefreshForeign();
      }
      if (looked.ok()) {
        looked = Refresh(&steps);
      }
      if (looked.ok() && !(steps.empty() && foreign_.empty())) {
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
  return Settle(std::move(change),
                Annotate({StatusCode::kDriftedSchema,
                          "the schema is not the one that the migration was "
                          "compiled to leave behind; nothing was changed"},
                         steps.back(), 0));
}

Status MigrationRun::Settle(LedgerChange change, const Status& drift) {
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
    return drift;
  }
  return ledger_.Write(change);
}

std::string_view MigrationRun::FileName(std::size_t index) const {
  return history_.table.Text(
      history_.table.Row(static_cast<std::uint32_t>(index)).file_name);
}

Status MigrationRun::RunStep(std::size_t index) {
  const table::Row row = history_.table.Row(static_cast<std::uint32_t>(index));
  const auto compiled = history_.table.FindProgram(row, database_.dialect());
  return RunProgram(database_, options_.observer,
                    DescribeStep(history_, direction_, index), FileName(index),
                    history_.table.Statements(direction_ == Direction::kUpgrade
                                                  ? compiled->up
                                                  : compiled->down));
}

void MigrationRun::Move(const RevisionSet& applied, LedgerChange* change) {
  const AppliedState former =
      std::exchange(state_, {applied, history_.graph.HeadsOf(applied), {}, {}});
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
  applied.compatibility = row.compatibility;
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

Status MigrationRun::Adopt(std::string_view revision) {
  return WithSettings([&] {
    return InTransaction([&] {
      Status status = Look();
      return status.ok() ? AdoptOnce(revision) : status;
    });
  });
}

}  // namespace palindrome
