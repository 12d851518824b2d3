// Runs a program as the runtime does: in one transaction, with foreign keys off,
// heeding the flags of its statements.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_RUN_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_RUN_H_

#include <optional>

#include "compiler/rehearse/sqlite/connection.h"

namespace palindrome::rehearse::sqlite {

// The failure, if there is one; then the transaction is rolled back.
std::optional<Failure> Run(const lower::Program& program, Phase phase,
                           Connection& connection);

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_RUN_H_
