// Finds the foreign keys of a SQLite database, and the rows whose keys have no
// parent, with their values. Borrows the connection for the call.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_FOREIGN_KEYS_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_FOREIGN_KEYS_H_

#include <vector>

#include <palindrome/database.h>
#include <palindrome/status.h>

struct sqlite3;

namespace palindrome::sqlite {

// A key that SQLite cannot check, for its parent has no such unique columns,
// counts as one violation with the engine's message as its values.
Result<ForeignKeyReport> CheckForeignKeys(sqlite3* connection);

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_FOREIGN_KEYS_H_
