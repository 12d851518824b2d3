// What the engine makes of one statement without running it.
//
// Uses the connection; one thread at a time.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_PREPARE_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_PREPARE_H_

#include <cstddef>
#include <optional>
#include <string_view>

#include "compiler/catalog/engine.h"
#include "compiler/rehearse/sqlite/connection.h"

namespace palindrome::rehearse::sqlite {

struct Prepared {
  std::optional<catalog::EngineError> error;
  int parameters = 0;
  std::size_t used = 0;  // Bytes of the text that the statement takes.
};

// Compiles the first statement of `text`; `strings_in_double_quotes`: "word" is
// a string where it is no column, as most programs have SQLite.
Prepared Prepare(Connection& connection, std::string_view text,
                 bool strings_in_double_quotes = false);

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_PREPARE_H_
