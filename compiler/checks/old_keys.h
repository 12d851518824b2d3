// The keys that a table had before an upgrade, as far as they are of plain
// columns, and what a new key asks for that they do not grant.
//
// Pure functions of values, for any thread. Pointers into the catalog.
#ifndef PALINDROME_COMPILER_CHECKS_OLD_KEYS_H_
#define PALINDROME_COMPILER_CHECKS_OLD_KEYS_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/catalog/catalog.h"

namespace palindrome::checks {

struct OldPart {
  std::string column;  // Folded.
  std::string collation;
};

// A key that the table had before, of plain columns.
struct OldKey {
  std::vector<OldPart> parts;
  const ast::Expression* where = nullptr;  // Null: every row.
};

std::vector<OldKey> OldKeysOf(const catalog::Catalog& catalog,
                              const ast::Table& table);

// Whether the index is made again, as it was or for fewer rows.
bool WasUnique(const catalog::Catalog& catalog, std::string_view table,
               const ast::Index& index);

// What the old key leaves open: nothing, or the column whose collation tells
// less apart. Null: the key is about other columns or rows.
const OldPart* Covers(const OldKey& old, const std::vector<OldPart>& columns,
                      const ast::Index* index, std::string& collation);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_OLD_KEYS_H_
