// Finds the rows of a SQLite database whose foreign keys have no parent, with
// the values of their keys. Borrows the connection for the call.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_FOREIGN_KEYS_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_FOREIGN_KEYS_H_

#include <vector>

#include <palindrome/database.h>
#include <palindrome/status.h>

struct sqlite3;

namespace palindrome::sqlite {

// A key that SQLite cannot check, for its parent has no such unique columns,
// counts as one violation with the engine's message as its values.
Result<std::vector<ForeignKeyViolation>> FindForeignKeyViolations(
    sqlite3* connection);

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_FOREIGN_KEYS_H_
