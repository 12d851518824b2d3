#include "compiler/rehearse/sqlite/run.h"

#include <utility>

#include "palindrome/migration.h"
#include "runtime/src/foreign_key_check.h"

namespace palindrome::rehearse::sqlite {

namespace {

using Class = catalog::EngineError::Class;

}  // namespace

Runner::Runner(Connection& connection)
    : connection_(connection), driver_(connection.handle()) {}

Runner::Error Runner::ErrorOf(const Status& status) {
  if (status.ok()) {
    return std::nullopt;
  }
  const StatusDetails& details = status.details();
  if (details.engine_code != 0) {
    return connection_.Explain(details.engine_code, details.engine_message);
  }
  return catalog::EngineError{Class::kForbidden, status.message(), "", {}, {}};
}

Runner::Error Runner::RunStatement(const lower::Statement& statement) {
  if ((statement.flags & table::kExpectNoRows) != 0) {
    Error wrong;
    Error error =
        connection_.Run(statement.sql, [&wrong](std::string_view message) {
          wrong = catalog::EngineError{
              Class::kOther, std::string(message), "", {}, {}};
          return false;
        });
    return error ? error : wrong;
  }
  connection_.Arm();
  // Only the compiler makes a statement with this flag, and the driver sets a
  // pragma for it.
  connection_.authorizer().Trust((statement.flags & table::kLegacyAlterTable) !=
                                 0);
  Error error = ErrorOf(driver_.Run(statement.sql, statement.flags));
  connection_.Disarm();
  return error;
}

Runner::Error Runner::CheckForeignKeys(ForeignKeyReport& report) {
  auto read = driver_.CheckForeignKeys();
  if (!read.ok()) {
    return ErrorOf(read.status());
  }
  report = std::move(read).value();
  return std::nullopt;
}

Runner::Error Runner::NewViolation(const ForeignKeyReport& before) {
  ForeignKeyReport after;
  if (Error error = CheckForeignKeys(after)) {
    return error;
  }
  const auto added = NewViolations(before, after);
  if (added.empty()) {
    return std::nullopt;
  }
  return catalog::EngineError{
      Class::kOther, DescribeViolations(added), "", {}, {}};
}

std::optional<Failure> Runner::RunStatements(const lower::Program& program,
                                             Phase phase,
                                             const OnStep& on_step) {
  std::optional<ForeignKeyReport> before;
  std::size_t last_checked = 0;
  for (std::size_t i = 0; i < program.statements.size(); ++i) {
    const lower::Statement& statement = program.statements[i];
    Error error;
    if ((statement.flags & table::kCheckForeignKeys) != 0) {
      last_checked = i;
      if (!before) {
        error = CheckForeignKeys(before.emplace());
      }
    }
    if (!error) {
      error = RunStatement(statement);
    }
    if (error) {
      return Failure{phase, i, std::move(*error)};
    }
    if (on_step && i + 1 < program.statements.size() &&
        program.statements[i + 1].step != statement.step) {
      on_step(statement.step);
    }
  }
  if (before) {
    if (Error error = NewViolation(*before)) {
      return Failure{phase, last_checked, std::move(*error)};
    }
  }
  return std::nullopt;
}

std::optional<Failure> Runner::Run(const lower::Program& program, Phase phase,
                                   const OnStep& on_step) {
  Error error = ErrorOf(driver_.Enter());
  if (!error) {
    error = ErrorOf(driver_.Begin());
  }
  if (error) {
    return Failure{phase, 0, std::move(*error)};
  }
  auto failure = RunStatements(program, phase, on_step);
  error = ErrorOf(failure ? driver_.Rollback() : driver_.Commit());
  if (!error) {
    error = ErrorOf(driver_.Leave());
  }
  if (!failure && error) {
    const std::size_t count = program.statements.size();
    failure = Failure{phase, count == 0 ? 0 : count - 1, std::move(*error)};
  }
  return failure;
}

}  // namespace palindrome::rehearse::sqlite
