// Inside autogenerate: columns that what uses them stands in the way of, so
// that it is dropped before they change, and created again after.
//
// Pure functions of values.
#ifndef PALINDROME_COMPILER_AUTOGENERATE_CHANGED_COLUMNS_H_
#define PALINDROME_COMPILER_AUTOGENERATE_CHANGED_COLUMNS_H_

#include <map>
#include <set>
#include <string>

#include "compiler/ast/statement.h"

namespace palindrome::autogenerate {

// Of one table, by folded name.
struct ChangedColumns {
  std::set<std::string> all;
  // Those of them that are generated, and are themselves made anew.
  std::set<std::string> anew;
  bool has_key = false;  // One is of the primary key.
};

// By folded name of the table.
using ChangedTables = std::map<std::string, ChangedColumns>;

ChangedColumns FindChangedColumns(const ast::Table& before,
                                  const ast::Table& after);

// Whether a constraint of the table, or what it refers to, uses one of them.
bool IsInTheWay(const ast::Constraint& constraint, const ast::Table& table,
                const ChangedTables& changed);

}  // namespace palindrome::autogenerate

#endif  // PALINDROME_COMPILER_AUTOGENERATE_CHANGED_COLUMNS_H_
