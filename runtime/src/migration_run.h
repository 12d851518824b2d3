// One run of the Migrator under its lock: takes the transaction, looks again,
// runs the steps and writes the ledger. Borrows everything for the run.
#ifndef PALINDROME_RUNTIME_SRC_MIGRATION_RUN_H_
#define PALINDROME_RUNTIME_SRC_MIGRATION_RUN_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/src/ledger.h"
#include "runtime/src/live_schema.h"
#include "runtime/src/loaded_history.h"
#include <palindrome/database.h>
#include <palindrome/options.h>
#include <palindrome/status.h>

namespace palindrome {

class MigrationRun {
 public:
  MigrationRun(const LoadedHistory& history, Database& database,
               const Options& options)
      : history_(history),
        database_(database),
        ledger_(database, history.table.name()),
        options_(options) {}

  // kEngineTooOld or kNoProgram where a step cannot be run here.
  Status CheckPrograms(const MigrationPlan& plan) const;

  // What Migrate would do, or why it would be refused, where `adopt` adopts
  // too; within the caller's transaction, and nothing is changed.
  Result<std::vector<PlannedStep>> Plan(Direction direction,
                                        const Target& target);

  // The same of Stamp.
  struct StampPlan {
    RevisionSet before;
    RevisionSet after;
  };
  Result<StampPlan> PlanStamp(const Target& target);

  // Enters the database's state for migrations, runs, and leaves it again.
  Status Migrate(Direction direction, const Target& target);
  Status Stamp(const Target& target);
  Status Adopt(std::string_view revision);

 private:
  template <typename Work>
  Status WithSettings(Work work);
  template <typename Work>
  Status InTransaction(Work work);

  // After a look: plans, and checks all that can be checked before.
  Status Prepare(Direction direction, const Target& target,
                 std::vector<std::size_t>* steps);
  // What was prepared.
  std::vector<PlannedStep> Describe(
      Direction direction, const std::vector<std::size_t>& steps) const;
  // Under the lock: looks, adopts and prepares.
  Status Begin(Direction direction, const Target& target,
               std::vector<std::size_t>* steps);
  Status MigrateOnce(Direction direction, const Target& target);
  Status RunSteps(const std::vector<std::size_t>& steps);
  Status RunUpgrades(std::span<const std::size_t> steps);
  // True if the shortcut did what `steps` do; false if it is not of use here,
  // and changed nothing.
  Result<bool> TakeShortcut(const table::Shortcut& shortcut,
                            std::span<const std::size_t> steps);
  Status RunStep(std::size_t index);
  // Undoes the first `count` of the foreign revisions.
  Status RunForeign(std::size_t count);
  // Reads and checks their stored programs; nothing is run.
  Status PrepareForeign();
  // Compares the schema with the one that `state_` should have (`drift` says
  // where it has not) and writes the ledger.
  Status Settle(LedgerChange change, const Status& drift);
  Status StampOnce(const Target& target);
  // Nothing where there is nothing to adopt.
  Result<std::optional<std::size_t>> FindToAdopt(std::string_view revision);
  // Where there is something to adopt.
  Status AdoptOnce(std::string_view revision);
  // Moves the ledger to `goal`; `come` and `gone` are the actions of the log.
  Status StampTo(const RevisionSet& goal, std::string_view come,
                 std::string_view gone);

  // Reads the ledger and the schema into the members below.
  Status Look();
  // Whether that schema is the one that the ledger says.
  Status CheckLive();
  // Finds out what another process did to the foreign revisions meanwhile.
  Status RefreshForeign();
  // Drops the steps that another process did meanwhile.
  Status Refresh(std::vector<std::size_t>* steps) const;
  // Moves `state_` to `applied`, writing what changes to `change`.
  void Move(const RevisionSet& applied, LedgerChange* change);
  AppliedRevision LedgerRow(std::size_t index) const;
  std::string_view FileName(std::size_t index) const;
  LogEntry Log(std::size_t index, std::string_view action) const;
  Status Annotate(const Status& status, std::size_t index,
                  std::uint32_t line) const;

  const LoadedHistory& history_;
  Database& database_;
  Ledger ledger_;
  const Options& options_;
  Direction direction_ = Direction::kUpgrade;
  AppliedState state_;
  // Foreign revisions that are still to be undone: the first of the state.
  struct ForeignStep {
    std::string revision;
    Program program;
  };
  std::vector<ForeignStep> foreign_;
  LiveSchema live_;
};

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_MIGRATION_RUN_H_
