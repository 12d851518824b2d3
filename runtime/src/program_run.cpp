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
