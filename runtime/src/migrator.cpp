#include <optional>
#include <utility>

#include "runtime/src/adopt.h"
#include "runtime/src/foreign_revisions.h"
#include "runtime/src/ledger.h"
#include "runtime/src/loaded_history.h"
#include "runtime/src/migration_run.h"
#include "runtime/src/one_read.h"
#include "runtime/src/retry.h"
#include "runtime/src/revision_place.h"
#include "runtime/src/verify.h"
#include <palindrome/migrator.h>

namespace palindrome {

class Migrator::Implementation {
 public:
  Implementation(const palindrome::History& history, Database& database,
                 Options options)
      : compiled_(history), database_(database), options_(options) {}

  Status Migrate(std::string_view target, Direction direction);
  Result<std::vector<PlannedStep>> Plan(std::string_view target,
                                        Direction direction);
  Result<std::vector<CurrentRevision>> Current();
  Result<std::vector<HistoryEntry>> History(std::string_view range);
  Status Stamp(std::string_view target);
  Status Adopt(std::string_view revision);
  Result<Verification> Verify();

 private:
  // Reads the history once, on first use.
  Result<const LoadedHistory*> Load();
  Result<AppliedState> ReadState(const LoadedHistory& history);
  // What the ledger says is to be done; nothing where there is nothing to do.
  Result<std::optional<MigrationPlan>> FindWork(const LoadedHistory& history,
                                                Direction direction,
                                                const Target& target);
  // True if the ledger's only head is the history's only head, with all that
  // it needs: one query, and no look at the other rows.
  Result<bool> IsUpToDate();

  const palindrome::History compiled_;
  Database& database_;
  const Options options_;
  std::optional<LoadedHistory> loaded_;
};

Result<const LoadedHistory*> Migrator::Implementation::Load() {
  if (!loaded_) {
    auto loaded = LoadHistory(compiled_);
    if (!loaded.ok()) {
      return loaded.status();
    }
    loaded_ = std::move(loaded).value();
  }
  return &*loaded_;
}

Result<AppliedState> Migrator::Implementation::ReadState(
    const LoadedHistory& history) {
  Ledger ledger(database_, history.table.name());
  const auto rows = Retry(options_.lock_timeout, options_.observer).Run([&] {
    return ledger.ReadApplied();
  });
  if (!rows.ok()) {
    return rows.status();
  }
  if (rows->empty()) {
    if (Status status =
            Retry(options_.lock_timeout, options_.observer).Run([&] {
              return ledger.CheckBase();
            });
        !status.ok()) {
      return status;
    }
  }
  return CheckApplied(history, *rows, MeetsForeign(options_));
}

Result<std::optional<MigrationPlan>> Migrator::Implementation::FindWork(
    const LoadedHistory& history, Direction direction, const Target& target) {
  const auto state = ReadState(history);
  if (!state.ok()) {
    return state.status();
  }
  const auto foreign =
      DecideOnForeign(history, *state, options_, direction, target);
  if (!foreign.ok()) {
    return foreign.status();
  }
  auto plan = MakePlan(history, *state, direction, target);
  if (!plan.ok()) {
    return plan.status();
  }
  if (plan->steps.empty() && *foreign != ForeignAction::kWalkBack) {
    return std::optional<MigrationPlan>();
  }
  return std::optional(std::move(plan).value());
}

Result<bool> Migrator::Implementation::IsUpToDate() {
  const auto table = HistoryTable::Open(compiled_);
  if (!table.ok()) {
    return table.status();
  }
  if (table->size() == 0) {
    return false;
  }
  Ledger ledger(database_, table->name());
  const auto heads = Retry(options_.lock_timeout, options_.observer).Run([&] {
    return ledger.ReadHeads();
  });
  if (!heads.ok()) {
    return heads.status();
  }
  const table::Row last = table->Row(table->size() - 1);
  return heads->size() == 1 &&
         heads->front().revision == table->Text(last.revision) &&
         heads->front().chain == table->Text(last.chain) && table->IsLinear();
}

Status Migrator::Implementation::Migrate(std::string_view target,
                                         Direction direction) {
  const auto parsed = ParseTarget(target);
  if (!parsed.ok()) {
    return parsed.status();
  }
  if (direction == Direction::kUpgrade && parsed->IsPlain() &&
      (parsed->kind == TargetKind::kHead ||
       parsed->kind == TargetKind::kHeads)) {
    const auto is_done = IsUpToDate();
    if (!is_done.ok() || *is_done) {
      return is_done.status();
    }
  }
  const auto history = Load();
  if (!history.ok()) {
    return history.status();
  }
  const auto work = FindWork(**history, direction, *parsed);
  if (!work.ok() || !*work) {
    return work.status();
  }
  MigrationRun run(**history, database_, options_);
  // What is adopted takes its steps out of the plan.
  if (!options_.adopt) {
    if (Status status = run.CheckPrograms(**work); !status.ok()) {
      return status;
    }
  }
  return run.Migrate(direction, *parsed);
}

Result<std::vector<PlannedStep>> Migrator::Implementation::Plan(
    std::string_view target, Direction direction) {
  const auto parsed = ParseTarget(target);
  if (!parsed.ok()) {
    return parsed.status();
  }
  const auto history = Load();
  if (!history.ok()) {
    return history.status();
  }
  // A plan shows losses, and accepts none by that.
  Options options = options_;
  options.accept_loss = true;
  return InOneRead(database_, [&]() -> Result<std::vector<PlannedStep>> {
    const auto work = FindWork(**history, direction, *parsed);
    if (!work.ok()) {
      return work.status();
    }
    if (!*work) {
      return std::vector<PlannedStep>();
    }
    return Retry(options_.lock_timeout, options_.observer).Run([&] {
      return MigrationRun(**history, database_, options)
          .Plan(direction, *parsed);
    });
  });
}

Result<std::vector<CurrentRevision>> Migrator::Implementation::Current() {
  const auto history = Load();
  if (!history.ok()) {
    return history.status();
  }
  const auto state = ReadState(**history);
  if (!state.ok()) {
    return state.status();
  }
  return DescribeCurrent(**history, *state);
}

Result<std::vector<HistoryEntry>> Migrator::Implementation::History(
    std::string_view range) {
  const auto history = Load();
  if (!history.ok()) {
    return history.status();
  }
  const auto state = ReadState(**history);
  if (!state.ok()) {
    return state.status();
  }
  const auto members = ResolveRange((*history)->graph, state->applied, range);
  if (!members.ok()) {
    return members.status();
  }
  return DescribeHistory(**history, *state, *members);
}

Status Migrator::Implementation::Stamp(std::string_view target) {
  const auto parsed = ParseTarget(target);
  if (!parsed.ok()) {
    return parsed.status();
  }
  const auto history = Load();
  if (!history.ok()) {
    return history.status();
  }
  return MigrationRun(**history, database_, options_).Stamp(*parsed);
}

Status Migrator::Implementation::Adopt(std::string_view revision) {
  const auto history = Load();
  if (!history.ok()) {
    return history.status();
  }
  Ledger ledger(database_, (*history)->table.name());
  if (revision.empty()) {
    const auto heads = Retry(options_.lock_timeout, options_.observer).Run([&] {
      return ledger.ReadHeads();
    });
    if (!heads.ok() || !heads->empty()) {
      return heads.status();
    }
  } else {
    const auto state = ReadState(**history);
    if (!state.ok()) {
      return state.status();
    }
    const auto is_done =
        Retry(options_.lock_timeout, options_.observer).Run([&] {
          return IsAdopted(**history, ledger, *state, revision);
        });
    if (!is_done.ok() || *is_done) {
      return is_done.status();
    }
  }
  return MigrationRun(**history, database_, options_).Adopt(revision);
}

Result<Verification> Migrator::Implementation::Verify() {
  const auto history = Load();
  if (!history.ok()) {
    return history.status();
  }
  return InOneRead(database_, [&] {
    return Retry(options_.lock_timeout, options_.observer).Run([&] {
      return VerifyDatabase(**history, database_, options_);
    });
  });
}

Migrator::Migrator(const palindrome::History& history, Database& database,
                   Options options)
    : implementation_(
          std::make_unique<Implementation>(history, database, options)) {}

Migrator::~Migrator() = default;

Status Migrator::Upgrade(std::string_view target) {
  return implementation_->Migrate(target, Direction::kUpgrade);
}

Status Migrator::Downgrade(std::string_view target) {
  return implementation_->Migrate(target, Direction::kDowngrade);
}

Result<std::vector<PlannedStep>> Migrator::Plan(std::string_view target,
                                                Direction direction) {
  return implementation_->Plan(target, direction);
}

Result<std::vector<CurrentRevision>> Migrator::Current() {
  return implementation_->Current();
}

Result<std::vector<HistoryEntry>> Migrator::History(std::string_view range) {
  return implementation_->History(range);
}

Status Migrator::Stamp(std::string_view target) {
  return implementation_->Stamp(target);
}

Status Migrator::Adopt(std::string_view revision) {
  return implementation_->Adopt(revision);
}

Result<Verification> Migrator::Verify() {
  return implementation_->Verify();
}

}  // namespace palindrome
