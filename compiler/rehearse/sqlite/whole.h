// All that a database holds, as statements that make another one like it. A
// value; equal statements are equal databases.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_WHOLE_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_WHOLE_H_

#include <optional>
#include <string>
#include <vector>

#include "compiler/rehearse/sqlite/connection.h"

namespace palindrome::rehearse::sqlite {

struct Whole {
  // In the order in which the engine has the objects, each table followed by
  // its rows, so that a trigger does not see them.
  std::vector<std::string> statements;
  // What the statements cannot bring back: a virtual table, for example.
  std::string obstacle;
};

std::optional<catalog::EngineError> ReadWhole(Connection& connection,
                                              Whole& whole);

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_WHOLE_H_
