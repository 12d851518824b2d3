// Reads the facts of a SQLite schema from a live connection. They come from
// the text that SQLite keeps of each object, and from no pragma, so that they
// do not depend on SQLite's version (runtime/docs/catalog_digest.md). Borrows
// the connection for the call; the caller sees to its threads.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_SQLITE_SCHEMA_FACTS_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_SQLITE_SCHEMA_FACTS_H_

#include "runtime/src/schema_facts.h"
#include <palindrome/status.h>

struct sqlite3;

namespace palindrome::sqlite {

// The objects of `main`, without those whose names start with `sqlite_` or
// `palindrome_` (in any case), automatic indexes and the shadow tables of
// virtual tables. kLocked, kNotADatabase or kIo as the engine says.
Result<SchemaObjects> ReadSchema(sqlite3* connection);

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_SQLITE_SCHEMA_FACTS_H_
