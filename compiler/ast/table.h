// Definitions of tables, with their columns and constraints.
//
// Plain values, as those of definition.h.
#ifndef PALINDROME_COMPILER_AST_TABLE_H_
#define PALINDROME_COMPILER_AST_TABLE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/ast/expression.h"

namespace palindrome::ast {

enum class ConflictAction : std::uint8_t {
  kUnspecified,
  kRollback,
  kAbort,
  kFail,
  kIgnore,
  kReplace,
};

enum class ConstraintKind : std::uint8_t {
#define PALINDROME_CONSTRAINT_KIND(Name, Spelling) Name,
#include "compiler/ast/constraint_kinds.def"
};

enum class ReferenceAction : std::uint8_t {
  kUnspecified,  // Same as kNoAction to an engine.
  kNoAction,
  kRestrict,
  kSetNull,
  kSetDefault,
  kCascade,
};

// A column or expression of a key or an index.
struct KeyPart {
  Name column;            // Empty if it is an expression.
  Expression expression;  // Empty if it is a column.
  Name collation;
  bool descending = false;
  source::Range range;
};

struct References {
  Name table;
  std::vector<Name> columns;  // Empty: the parent's primary key.
  ReferenceAction on_delete = ReferenceAction::kUnspecified;
  ReferenceAction on_update = ReferenceAction::kUnspecified;
  Name match;
  // The DEFERRABLE clause as written, upper case, single spaces; or empty.
  std::string deferrable;
};

struct Constraint {
  ConstraintKind kind = ConstraintKind::kCheck;
  Name name;  // Often empty.
  // Written with its column; its only key part is that column (for a CHECK
  // `owner` says which).
  bool is_inline = false;
  Name owner;
  std::vector<KeyPart> columns;  // Of PRIMARY KEY, UNIQUE, FOREIGN KEY.
  bool autoincrement = false;    // Of PRIMARY KEY.
  ConflictAction on_conflict = ConflictAction::kUnspecified;
  Expression check;  // Without the outer parentheses.
  References references;
  source::Range range;
};

struct Generated {
  Expression expression;  // Without the outer parentheses.
  bool stored = false;
};

struct Column {
  Name name;
  std::string type;  // As written, white space made single; empty if typeless.
  source::Range type_range;
  bool not_null = false;
  Name not_null_name;
  ConflictAction not_null_conflict = ConflictAction::kUnspecified;
  // A literal with its sign, or an expression without its outer parentheses.
  std::optional<Expression> default_value;
  bool default_in_parentheses = false;
  std::optional<Generated> generated;
  Name collation;
  source::Range range;
};

struct Table {
  Name name;
  std::vector<Column> columns;
  std::vector<Constraint> constraints;  // Inline ones too, in source order.
  bool strict = false;
  bool without_rowid = false;
  bool temporary = false;
};

// The columns of the PRIMARY KEY; empty if there is none.
std::vector<std::string> PrimaryKey(const Table& table);

bool SameDefinition(const Column& left, const Column& right);
bool SameDefinition(const Constraint& left, const Constraint& right);
// The order of columns and of constraints does not count.
bool SameDefinition(const Table& left, const Table& right);

}  // namespace palindrome::ast

#endif  // PALINDROME_COMPILER_AST_TABLE_H_
