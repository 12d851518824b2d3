#include <string>
#include <vector>

#include "compiler/ast/print.h"
#include "compiler/checks/creations.h"
#include "compiler/checks/rule.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kUnnamed, kUnnamedConstraint,
                "{0} of table `{1}` has no name{2}; write `CONSTRAINT {3}` "
                "before it",
                std::string, std::string, std::string, std::string);

std::string SuffixOf(ast::ConstraintKind kind) {
  switch (kind) {
    case ast::ConstraintKind::kPrimaryKey:
      return "pk";
    case ast::ConstraintKind::kForeignKey:
      return "fk";
    case ast::ConstraintKind::kUnique:
      return "uq";
    case ast::ConstraintKind::kCheck:
      return "ck";
  }
  return "";
}

std::string ProposedName(const ast::Table& table,
                         const ast::Constraint& constraint) {
  std::string name = sql::FoldCase(table.name.text);
  std::vector<std::string> columns = KeyColumns(constraint.columns);
  if (columns.empty()) {
    columns = ast::ColumnNames(constraint.check);
  }
  for (const std::string& column : columns) {
    name += "_" + column;
  }
  return sql::QuoteName(name + "_" + SuffixOf(constraint.kind));
}

bool NeedsName(const ast::Constraint& constraint) {
  return constraint.name.empty() &&
         !(constraint.kind == ast::ConstraintKind::kPrimaryKey &&
           constraint.is_inline);
}

std::string AndOthers(std::size_t count) {
  if (count == 0) {
    return "";
  }
  return count == 1 ? ", nor has one other of the statement"
                    : ", nor have " + std::to_string(count) +
                          " others of the statement";
}

// One finding for all of a statement.
void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const std::vector<NewConstraint> all = NewConstraints(context.upgrade);
  for (std::size_t i = 0; i < all.size();) {
    const NewConstraint* first = nullptr;
    std::size_t count = 0;
    const catalog::Step* step = all[i].step;
    for (; i < all.size() && all[i].step == step; ++i) {
      if (NeedsName(*all[i].written)) {
        first = count == 0 ? &all[i] : first;
        ++count;
      }
    }
    if (count == 0) {
      continue;
    }
    const ast::Constraint& constraint = *first->written;
    emitter.Emit(kUnnamed, context.At(constraint.range),
                 "this " + std::string(ast::Spelling(constraint.kind)),
                 first->table->name.text, AndOthers(count - 1),
                 ProposedName(*first->table, constraint));
  }
}

}  // namespace

constinit const Rule kUnnamedConstraintRule = {
    .kind = diagnostics::Kind::kUnnamedConstraint,
    .summary = "a constraint has no name",
    .rationale = R"md(
`ALTER TABLE … DROP CONSTRAINT` and `RENAME CONSTRAINT` find a constraint by its
name. One without a name can be changed only by naming it first, or by creating
its table anew; and messages of the engine about a CHECK call it by its name.
Names that an engine makes up depend on the history of a database.

Write `CONSTRAINT name` before it. A primary key that is written with its column
needs none.
)md",
    .bad = R"sql(=== 20250115_090000_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    age INTEGER NOT NULL CHECK (age >= 0)
  );
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_090000_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    age INTEGER NOT NULL CONSTRAINT users_age_ck CHECK (age >= 0)
  );
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
