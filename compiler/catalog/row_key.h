// By which columns a row is found again. Pure functions of values, for any
// thread.
#ifndef PALINDROME_COMPILER_CATALOG_ROW_KEY_H_
#define PALINDROME_COMPILER_CATALOG_ROW_KEY_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/catalog/catalog.h"

namespace palindrome::catalog {

struct RowKey {
  struct Part {
    std::string column;     // As the table spells it.
    std::string collation;  // Where the key names one.
  };
  std::vector<Part> parts;
  // Several rows may have NULL there: SQLite lets most primary keys be NULL.
  bool is_nullable = false;
};

// The primary key, or else a UNIQUE key over NOT NULL columns; without those
// that have a column of the folded names `without`.
std::optional<RowKey> FindRowKey(const Catalog& catalog,
                                 const ast::Table& table,
                                 const std::set<std::string>& without);

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_ROW_KEY_H_
