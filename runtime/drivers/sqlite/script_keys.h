// What a script needs to compare foreign keys by itself: the rows without a
// parent are collected before a migration and after it. Reads the schema of a
// connection, which it borrows for the call.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_SCRIPT_KEYS_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_SCRIPT_KEYS_H_

#include <set>
#include <string>
#include <string_view>

#include "runtime/drivers/sqlite/sql_script.h"
#include <palindrome/status.h>

struct sqlite3;

namespace palindrome::sqlite {

// Before the first statement that may leave a row without its parent. Gives
// the keys that there are.
Result<std::set<std::string>> CollectOrphans(sqlite3* connection,
                                             SqlScript* script);

// After the last: a check that there are no more than before, as NewViolations
// (runtime/src/foreign_key_check.h) counts them.
Status CheckOrphans(sqlite3* connection, std::string_view revision,
                    const std::set<std::string>& before, SqlScript* script);

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_SCRIPT_KEYS_H_
