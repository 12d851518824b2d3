// What numbers the rows of a table: SQLite's rules about rowids and
// AUTOINCREMENT. Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CATALOG_ROWID_H_
#define PALINDROME_COMPILER_CATALOG_ROWID_H_

#include <string>
#include <string_view>

#include "compiler/ast/table.h"

namespace palindrome::catalog {

// The column that is the rowid under another name, or null. See
// https://sqlite.org/lang_createtable.html#rowid, with its exception for
// `INTEGER PRIMARY KEY DESC`.
const ast::Column* RowidAlias(const ast::Table& table);

bool IsAutoincrement(const ast::Table& table);

// Whether SQLite takes the name for the rowid: one of those below that no
// column has.
bool IsRowidName(const ast::Table& table, std::string_view name);

// `rowid`, `_rowid_` or `oid`, whichever no column hides; empty if the table
// has no rowid or all three are taken.
std::string RowidName(const ast::Table& table);

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_ROWID_H_
