#include "runtime/src/program_run.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/src/foreign_key_check.h"
#include <palindrome/migration.h>

namespace palindrome {
namespace {

class StepWatcher final : public WorkWatcher {
 public:
  // `observer` may be null if it is never told.
  StepWatcher(Observer* observer, const PlannedStep& step,
              const std::size_t& statements_done, std::size_t statements)
      : observer_(observer),
        step_(step),
        statements_done_(statements_done),
        statements_(statements) {}

  bool OnWork(std::uint64_t done, std::uint64_t total) override {
    observer_->OnWork(step_, {statements_done_, statements_, done, total});
    return observer_->IsCancelled();
  }

 private:
  Observer* observer_;
  const PlannedStep& step_;
  const std::size_t& statements_done_;
  const std::size_t statements_;
};

// No statement is watched once it is gone.
class Watching {
 public:
  Watching(Database& database, WorkWatcher* watcher) : database_(database) {
    database_.Watch(watcher);
  }
  ~Watching() { database_.Watch(nullptr); }
  Watching(const Watching&) = delete;
  Watching& operator=(const Watching&) = delete;

 private:
  Database& database_;
};

class ProgramRun {
 public:
  ProgramRun(Database& database, Observer* observer, const PlannedStep& step,
             std::string_view file_name)
      : database_(database),
        observer_(observer),
        step_(step),
        file_name_(file_name) {}

  Status Run(const Program& program);

 private:
  Status RunStatement(const ProgramStatement& statement);
  // Tells the observer, if there is one, what the query says.
  Status Notice(const ProgramStatement& statement);
  Status CheckForeignKeys(const ForeignKeyReport& before);
  Status Annotate(const Status& status, std::uint32_t line) const;

  Database& database_;
  Observer* const observer_;
  const PlannedStep& step_;
  const std::string_view file_name_;
};

Status ProgramRun::Annotate(const Status& status, std::uint32_t line) const {
  StatusDetails details = status.details();
  details.revision = step_.revision;
  details.file_name = file_name_;
  details.line = line;
  return {status.code(), status.message(), std::move(details)};
}

Status ProgramRun::Run(const Program& program) {
  if (observer_ != nullptr) {
    observer_->OnStepStarted(step_);
  }
  std::optional<ForeignKeyReport> before;
  std::size_t done = 0;
  StepWatcher watcher(observer_, step_, done, program.statements.size());
  const Watching watching(database_, observer_ == nullptr ? nullptr : &watcher);
  for (const ProgramStatement& statement : program.statements) {
    if (!before && (statement.flags & table::kCheckForeignKeys) != 0) {
      auto found = database_.CheckForeignKeys();
      if (!found.ok()) {
        return Annotate(found.status(), statement.line);
      }
      before = std::move(found).value();
    }
    Status status = (statement.flags & table::kNotice) != 0
                        ? Notice(statement)
                        : RunStatement(statement);
    if (!status.ok()) {
      return status;
    }
    ++done;
    if (observer_ != nullptr) {
      observer_->OnProgress(step_, done, program.statements.size(),
                            (statement.flags & table::kCopiesRows) != 0);
    }
  }
  if (before) {
    if (Status status = CheckForeignKeys(*before); !status.ok()) {
      return status;
    }
  }
  if (observer_ != nullptr) {
    observer_->OnStepDone(step_);
  }
  return {};
}

Status ProgramRun::RunStatement(const ProgramStatement& statement) {
  if (observer_ != nullptr && observer_->IsCancelled()) {
    return Annotate({StatusCode::kCancelled, "the run was cancelled"},
                    statement.line);
  }
  Status status = database_.Run(statement.sql, statement.flags);
  if (status.ok()) {
    return status;
  }
  StatusDetails details = status.details();
  details.statement = statement.sql;
  return Annotate({status.code(), status.message(), std::move(details)},
                  statement.line);
}

Status ProgramRun::Notice(const ProgramStatement& statement) {
  if (observer_ == nullptr) {
    return {};
  }
  const auto rows = database_.Query(statement.sql, {});
  if (!rows.ok()) {
    return Annotate(rows.status(), statement.line);
  }
  for (const DatabaseRow& row : *rows) {
    if (!row.empty() && row.front()) {
      observer_->OnNotice(step_, *row.front());
    }
  }
  return {};
}

Status ProgramRun::CheckForeignKeys(const ForeignKeyReport& before) {
  const auto after = database_.CheckForeignKeys();
  if (!after.ok()) {
    return Annotate(after.status(), 0);
  }
  const std::vector<ForeignKeyViolation> found = NewViolations(before, *after);
  if (found.empty()) {
    return {};
  }
  return Annotate({StatusCode::kForeignKeyViolation, DescribeViolations(found)},
                  0);
}

}  // namespace

Status RunProgram(Database& database, Observer* observer,
                  const PlannedStep& step, std::string_view file_name,
                  const Program& program) {
  return ProgramRun(database, observer, step, file_name).Run(program);
}

}  // namespace palindrome
