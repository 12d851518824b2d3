// Inside autogenerate: the statements that make one table another of its name.
//
// A pure function of values.
#ifndef PALINDROME_COMPILER_AUTOGENERATE_ALTER_TABLE_H_
#define PALINDROME_COMPILER_AUTOGENERATE_ALTER_TABLE_H_

#include <string>
#include <vector>

#include "compiler/ast/statement.h"
#include "compiler/autogenerate/changed_columns.h"

namespace palindrome::autogenerate {

// In three parts, since what a foreign key refers to is made before it, and
// goes after it.
struct Alteration {
  std::vector<ast::Statement> drop_keys;
  std::vector<ast::Statement> change;
  std::vector<ast::Statement> add_keys;
  std::vector<std::string> refusals;
};

// Of tables with a column that stays. `changed`: of all tables.
Alteration AlterTable(const ast::Table& before, const ast::Table& after,
                      const ChangedTables& changed);

// Whether a column of one is a column of the other. Of a table that keeps none,
// nothing is left to be altered.
bool KeepsColumn(const ast::Table& before, const ast::Table& after);

}  // namespace palindrome::autogenerate

#endif  // PALINDROME_COMPILER_AUTOGENERATE_ALTER_TABLE_H_
