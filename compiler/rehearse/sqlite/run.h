// Runs programs by the driver that the runtime runs them by: each in one
// transaction, with foreign keys off, heeding the flags of its statements.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_RUN_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_RUN_H_

#include <functional>
#include <optional>

#include "compiler/rehearse/sqlite/connection.h"
#include <palindrome/sqlite.h>

namespace palindrome::rehearse::sqlite {

// Owned by one rehearsal; `connection` outlives it.
class Runner {
 public:
  explicit Runner(Connection& connection);

  // Is told of each step that is done, but the last one. Null: nobody asks.
  using OnStep = std::function<void(std::size_t step)>;

  // The failure, if there is one; then the program is rolled back.
  std::optional<Failure> Run(const lower::Program& program, Phase phase,
                             const OnStep& on_step = nullptr);

 private:
  using Error = std::optional<catalog::EngineError>;

  Error RunStatement(const lower::Statement& statement);
  Error CheckForeignKeys(ForeignKeyReport& report);
  Error NewViolation(const ForeignKeyReport& before);
  std::optional<Failure> RunStatements(const lower::Program& program,
                                       Phase phase, const OnStep& on_step);
  Error ErrorOf(const Status& status);

  Connection& connection_;
  palindrome::sqlite::Database driver_;
};

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_RUN_H_
