// Upgrades in their order, by shortcuts where there are some.
#include <optional>

#include "runtime/src/migration_run.h"
#include "runtime/src/program_run.h"
#include "runtime/src/shortcut.h"

namespace palindrome {

Status MigrationRun::RunUpgrades(std::span<const std::size_t> steps) {
  const std::vector<table::Shortcut> shortcuts = history_.table.Shortcuts();
  bool is_new = state_.heads.empty();
  if (is_new) {
    const auto takes = database_.TakesSnapshot();
    if (!takes.ok()) {
      return takes.status();
    }
    is_new = *takes;
  }
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
  const Status status = RunProgram(
      database_, observer, DescribeStep(history_, direction_, steps.front()),
      FileName(steps.front()), history_.table.Statements(shortcut.up));
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
  if (observer != nullptr) {
    for (const std::size_t index : steps.subspan(1)) {
      const PlannedStep step = DescribeStep(history_, direction_, index);
      observer->OnStepStarted(step);
      observer->OnStepDone(step);
    }
  }
  return true;
}

}  // namespace palindrome
