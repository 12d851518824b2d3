// The facts of a table from its CREATE TABLE text. A small, tolerant reader of
// what SQLite itself accepted: text that it does not understand becomes one
// fact with all its tokens, never an error. Pure functions.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_TABLE_FACTS_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_TABLE_FACTS_H_

#include <string>
#include <string_view>
#include <vector>

#include "runtime/src/schema_facts.h"

namespace palindrome::sqlite {

struct TableFacts {
  std::vector<SchemaFact> facts;  // Sorted.
  std::vector<std::string> column_order;
};

TableFacts ReadTableFacts(std::string_view create, std::string_view table);

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_TABLE_FACTS_H_
