// The statements of ALTER TABLE, one struct a kind.
//
// Values, as those of statement.h.
#ifndef PALINDROME_COMPILER_AST_ALTER_TABLE_H_
#define PALINDROME_COMPILER_AST_ALTER_TABLE_H_

#include <string>
#include <vector>

#include "compiler/ast/table.h"

namespace palindrome::ast {

struct RenameTable {
  Name table;
  Name to;
};
struct AddColumn {
  Name table;
  Column column;
  std::vector<Constraint> constraints;  // Written with the column.
  // Where a derived statement puts the column back: before this one. Empty:
  // at the end.
  std::string before;
};
struct DropColumn {
  Name table;
  Name column;
};
struct RenameColumn {
  Name table;
  Name column;
  Name to;
};
struct AlterColumnType {
  Name table;
  Name column;
  std::string type;
  source::Range type_range;
  Expression using_expression;  // Empty: the engine's conversion, if lossless.
};
struct SetNotNull {
  Name table;
  Name column;
};
struct DropNotNull {
  Name table;
  Name column;
};
struct SetDefault {
  Name table;
  Name column;
  Expression value;
  bool in_parentheses = false;
};
struct DropDefault {
  Name table;
  Name column;
};
struct AddConstraint {
  Name table;
  Constraint constraint;
};
struct DropConstraint {
  Name table;
  Name constraint;
};
struct RenameConstraint {
  Name table;
  Name constraint;
  Name to;
};

}  // namespace palindrome::ast

#endif  // PALINDROME_COMPILER_AST_ALTER_TABLE_H_
