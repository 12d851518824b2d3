#include <optional>
#include <set>
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

// All of the statement, if their names would differ.
std::optional<diagnostics::Fix> Naming(
    const MigrationContext& context,
    const std::vector<const NewConstraint*>& unnamed) {
  diagnostics::Fix fix = {
      unnamed.size() == 1 ? "name the constraint" : "name the constraints",
      {},
      false};
  std::set<std::string> names;
  for (const NewConstraint* constraint : unnamed) {
    const std::string name =
        ProposedName(*constraint->table, *constraint->written);
    if (!names.insert(name).second) {
      return std::nullopt;
    }
    const std::uint32_t begin = constraint->written->range.begin;
    fix.edits.push_back(
        {context.At({begin, begin}), "CONSTRAINT " + name + " "});
  }
  return fix;
}

// One finding for all of a statement.
void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const std::vector<NewConstraint> all = NewConstraints(context.upgrade);
  for (std::size_t i = 0; i < all.size();) {
    std::vector<const NewConstraint*> unnamed;
    const catalog::Step* step = all[i].step;
    for (; i < all.size() && all[i].step == step; ++i) {
      if (NeedsName(*all[i].written)) {
        unnamed.push_back(&all[i]);
      }
    }
    if (unnamed.empty()) {
      continue;
    }
    const NewConstraint& first = *unnamed.front();
    const ast::Constraint& constraint = *first.written;
    emitter.Emit(
        diagnostics::Make(kUnnamed, context.At(constraint.range),
                          "this " + std::string(ast::Spelling(constraint.kind)),
                          first.table->name.text, AndOthers(unnamed.size() - 1),
                          ProposedName(*first.table, constraint))
            .Mended(Naming(context, unnamed)));
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
