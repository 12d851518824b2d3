// What a statement writes of its table: which columns, and whether it
// overwrites rows that are in the way. Pure functions of values, for any
// thread.
#ifndef PALINDROME_COMPILER_CATALOG_WRITTEN_H_
#define PALINDROME_COMPILER_CATALOG_WRITTEN_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/statement.h"
#include "compiler/catalog/effects.h"

namespace palindrome::catalog {

enum class Overwrite : std::uint8_t {
  kNever,
  kByClause,  // OR REPLACE, or REPLACE itself.
  kByKey,     // A key of the table has ON CONFLICT REPLACE.
};

// `verb`: INSERT or UPDATE.
Overwrite OverwriteOf(const ast::Statement& statement, const ast::Table& table,
                      std::string_view verb);

// Which columns of the table the statement writes, and its triggers.
std::vector<std::string> UpdatedColumns(const Effects& effects,
                                        const ast::Table& table);

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_WRITTEN_H_
