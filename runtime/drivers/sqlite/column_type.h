// The types and defaults of columns in normal spelling. Pure functions over a
// reader that stands on them.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_COLUMN_TYPE_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_COLUMN_TYPE_H_

#include <optional>
#include <set>
#include <string>

#include "runtime/drivers/sqlite/token_reader.h"

namespace palindrome::sqlite {

// Takes a type, which may be empty: upper case, `VARCHAR(20)`.
std::string TakeType(TokenReader* reader);

// Takes what follows DEFAULT.
std::optional<std::string> TakeDefault(TokenReader* reader,
                                       const std::set<std::string>* columns);

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_COLUMN_TYPE_H_
