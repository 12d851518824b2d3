// The statements of a migration, one struct a kind, and the variant of them.
//
// Values; ranges refer to the migration's file and are empty in a statement
// that was derived.
#ifndef PALINDROME_COMPILER_AST_STATEMENT_H_
#define PALINDROME_COMPILER_AST_STATEMENT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/ast/alter_table.h"
#include "compiler/ast/archive.h"
#include "compiler/ast/definition.h"

namespace palindrome::ast {

struct CreateTable {
  Table table;
  bool if_not_exists = false;
};
struct DropTable {
  Name table;
  bool if_exists = false;
};
struct CreateIndex {
  Index index;
  bool if_not_exists = false;
};
struct DropIndex {
  Name index;
  bool if_exists = false;
};
struct CreateView {
  View view;
  bool if_not_exists = false;
};
struct DropView {
  Name view;
  bool if_exists = false;
};
struct CreateTrigger {
  Trigger trigger;
  bool if_not_exists = false;
};
struct DropTrigger {
  Name trigger;
  bool if_exists = false;
};
// Data statements: the text is passed through. `table` is what they write.
struct Insert {
  Name table;
};
struct Update {
  Name table;
};
struct Delete {
  Name table;
};
// Another statement of a dialect: only its first words are known.
struct Opaque {
  std::string verb;  // Upper case: `ANALYZE`, `CREATE VIRTUAL TABLE`.
  source::Range verb_range;
};

using StatementNode = std::variant<
#define PALINDROME_STATEMENT(Node, Text) Node,
#include "compiler/ast/statement_kinds.def"
    std::monostate>;

enum class StatementKind : std::uint8_t {
#define PALINDROME_STATEMENT(Node, Text) k##Node,
#include "compiler/ast/statement_kinds.def"
};

struct Statement {
  StatementNode node;
  // All tokens in source order, without comments and the final `;`. A derived
  // statement has none until it is printed.
  Expression tokens;
  source::Range range;  // From the first token to the last.
  StatementKind kind() const {
    return static_cast<StatementKind>(node.index());
  }
};

// "CREATE TABLE", "INSERT".
std::string_view StatementKindName(StatementKind kind);
// INSERT, UPDATE or DELETE.
bool IsDataStatement(StatementKind kind);
// Any typed statement that changes the catalog.
bool IsSchemaStatement(StatementKind kind);
// The table (or, for views, the view) that the statement is about. For an
// index or trigger that is dropped: empty.
std::string_view TableOf(const Statement& statement);

// The statement as SQL of the language, without the final `;`. For a parsed
// statement printing and parsing again gives an equal one.
std::string Print(const Statement& statement);
// CREATE statements as SQLite takes them.
std::string Print(const Table& table);
std::string Print(const Index& index);
std::string Print(const View& view);
std::string Print(const Trigger& trigger);
std::string Print(const VirtualTable& table);
// A column of CREATE TABLE or ADD COLUMN with the constraints given.
std::string Print(const Column& column,
                  const std::vector<Constraint>& inline_constraints);
// A constraint of CREATE TABLE or ADD CONSTRAINT, as a table's own.
std::string Print(const Constraint& constraint);

}  // namespace palindrome::ast

#endif  // PALINDROME_COMPILER_AST_STATEMENT_H_
