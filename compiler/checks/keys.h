// What lets no two rows of a table be alike: its primary key, UNIQUE
// constraints and UNIQUE indexes.
//
// Pure functions of values, for any thread. Pointers into the table.
#ifndef PALINDROME_COMPILER_CHECKS_KEYS_H_
#define PALINDROME_COMPILER_CHECKS_KEYS_H_

#include <string>
#include <vector>

#include "compiler/catalog/catalog.h"

namespace palindrome::checks {

struct UniqueKey {
  std::vector<std::string> columns;     // Folded; empty for each expression.
  std::vector<std::string> collations;  // Folded, of each of them.
  // What it says of rows that break it.
  ast::ConflictAction on_conflict = ast::ConflictAction::kUnspecified;
  bool is_partial = false;
  const ast::Constraint* constraint = nullptr;  // Null: an index.
  catalog::ObjectPtr index;                     // Null: a constraint.
};

// PRIMARY KEY or UNIQUE.
bool IsKey(const ast::Constraint& constraint);

// Folded; `binary` where none is written.
std::string CollationOf(const ast::KeyPart& part, const ast::Table& table);

std::vector<UniqueKey> UniqueKeysOf(const catalog::Catalog& catalog,
                                    const ast::Table& table);

// Whether no two rows can be alike in the folded columns because of the key: it
// has no others.
bool IsWithin(const UniqueKey& key, const std::vector<std::string>& columns);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_KEYS_H_
