// Foreign key violations before and after a program. Old ones are none of its
// business; a new one is its failure.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_FOREIGN_KEYS_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_FOREIGN_KEYS_H_

#include <optional>
#include <string>
#include <vector>

#include "compiler/rehearse/sqlite/connection.h"

namespace palindrome::rehearse::sqlite {

class ForeignKeyCheck {
 public:
  // Takes stock; `connection` outlives the check.
  explicit ForeignKeyCheck(Connection& connection);

  // One that was not there before, counting those that look the same.
  std::optional<catalog::EngineError> NewViolation();

 private:
  // "row of `c` refers to `p`, which has no (5)", sorted. The error: a foreign
  // key whose parent key does not exist.
  std::vector<std::string> Violations(
      std::optional<catalog::EngineError>& error);

  Connection& connection_;
  std::vector<std::string> before_;
  bool broken_before_ = false;
};

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_FOREIGN_KEYS_H_
