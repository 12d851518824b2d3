// Reads the facts of a SQLite schema from a live connection. They come from
// the text that SQLite keeps of each object, and from no pragma, so that they
// do not depend on SQLite's version (runtime/docs/catalog_digest.md). Borrows
// the connection for the call; the caller sees to its threads.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_SQLITE_SCHEMA_FACTS_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_SQLITE_SCHEMA_FACTS_H_

#include <string>
#include <vector>

#include "runtime/src/schema_facts.h"
#include <palindrome/status.h>

struct sqlite3;

namespace palindrome::sqlite {

// An object as SQLite keeps it.
struct SchemaText {
  std::string kind;
  std::string name;
  std::string table;  // Its own name, for a table or view.
  std::string text;
};

// The objects of `main`, without those whose names start with `sqlite_` or
// `palindrome_` (in any case), automatic indexes and the shadow tables of
// virtual tables. kLocked, kNotADatabase or kIo as the engine says.
Result<std::vector<SchemaText>> ReadSchemaTexts(sqlite3* connection);

// What the texts say. An index is to come with its table, whose columns tell
// its names from strings.
SchemaObjects FactsOf(const std::vector<SchemaText>& texts);

// Both.
Result<SchemaObjects> ReadSchema(sqlite3* connection);

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_SQLITE_SCHEMA_FACTS_H_
