#include "compiler/rehearse/sqlite/run.h"

#include <algorithm>
#include <utility>

#include "compiler/rehearse/sqlite/foreign_keys.h"
#include "palindrome/migration.h"

namespace palindrome::rehearse::sqlite {

namespace {

using Error = std::optional<catalog::EngineError>;

Error RunStatement(const lower::Statement& statement, Connection& connection) {
  Error wrong;
  Connection::OnRow on_row;
  if ((statement.flags & table::kExpectNoRows) != 0) {
    on_row = [&wrong](std::string_view message) {
      wrong = catalog::EngineError{catalog::EngineError::Class::kOther,
                                   std::string(message), "", {}};
      return false;
    };
  }
  const bool legacy = (statement.flags & table::kLegacyAlterTable) != 0;
  connection.SetLegacyAlterTable(legacy);
  Error error = connection.Run(statement.sql, on_row);
  connection.SetLegacyAlterTable(false);
  return error ? error : wrong;
}

std::optional<Failure> RunStatements(const lower::Program& program, Phase phase,
                                     Connection& connection) {
  std::optional<ForeignKeyCheck> check;
  std::size_t last_checked = 0;
  for (std::size_t i = 0; i < program.statements.size(); ++i) {
    const lower::Statement& statement = program.statements[i];
    if ((statement.flags & table::kCheckForeignKeys) != 0) {
      last_checked = i;
      if (!check) {
        check.emplace(connection);
      }
    }
    if (Error error = RunStatement(statement, connection)) {
      return Failure{phase, i, std::move(*error)};
    }
  }
  if (check) {
    if (Error error = check->NewViolation()) {
      return Failure{phase, last_checked, std::move(*error)};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Failure> Run(const lower::Program& program, Phase phase,
                           Connection& connection) {
  if (Error error = connection.RunTrusted("BEGIN IMMEDIATE")) {
    return Failure{phase, 0, std::move(*error)};
  }
  auto failure = RunStatements(program, phase, connection);
  Error error = connection.RunTrusted(failure ? "ROLLBACK" : "COMMIT");
  if (!failure && error) {
    const std::size_t last =
        program.statements.empty() ? 0 : program.statements.size() - 1;
    failure = Failure{phase, last, std::move(*error)};
  }
  return failure;
}

}  // namespace palindrome::rehearse::sqlite
