#include <cstdint>
#include <set>
#include <string>

#include "compiler/checks/copies.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/lower/sqlite/native.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kCopied, kSqliteFullRebuildCost,
                "SQLite cannot make this change of table `{0}` in place, so "
                "that all its rows are copied and its indexes made again while "
                "nobody else can write",
                std::string);

// Another rule speaks of the copy that a new column asks for.
bool AddsByCopy(const ast::AddColumn& add, const ast::Table& table) {
  return !lower::sqlite::CanAddColumn(add, table) &&
         lower::sqlite::IsConstantDefault(add.column) &&
         !(add.column.generated && add.column.generated->stored);
}

bool NeedsCopy(const MigrationContext& context, const catalog::Step& step,
               const ast::Table& table) {
  const std::uint32_t minimum = context.settings == nullptr
                                    ? lower::sqlite::kDefaultMinimum
                                    : context.settings->minimum_sqlite;
  const ast::Statement& statement = step.item->statement;
  switch (statement.kind()) {
    case ast::StatementKind::kAddColumn:
      return AddsByCopy(std::get<ast::AddColumn>(statement.node), table);
    case ast::StatementKind::kDropColumn:
      return minimum < lower::sqlite::kDropColumn ||
             !lower::sqlite::CanDropColumn(
                 std::get<ast::DropColumn>(statement.node), table, step.before);
    case ast::StatementKind::kAlterColumnType:
    case ast::StatementKind::kSetNotNull:
    case ast::StatementKind::kDropNotNull:
    case ast::StatementKind::kSetDefault:
    case ast::StatementKind::kDropDefault:
    case ast::StatementKind::kAddConstraint:
    case ast::StatementKind::kDropConstraint:
    case ast::StatementKind::kRenameConstraint:
      return true;
    default:
      return false;
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const catalog::Simulation& upgrade = context.upgrade;
  std::set<std::string> told;  // Copies of one table that follow are one.
  for (const std::size_t i : upgrade.changes) {
    const catalog::Step& step = upgrade.steps[i];
    const std::string name(ast::TableOf(step.item->statement));
    const ast::Table* table = step.before.FindTable(name);
    if (table != nullptr && step.applies && NeedsCopy(context, step, *table) &&
        IsOldTable(upgrade, i, name) &&
        told.insert(sql::FoldCase(name)).second) {
      emitter.Emit(kCopied, LocationOf(context, step), table->name.text);
    }
  }
  for (const Copy& copy : CopiesOf(upgrade)) {
    emitter.Emit(kCopied, LocationOf(context, upgrade.steps[copy.step]),
                 copy.source->name.text);
  }
}

}  // namespace

constinit const Rule kSqliteFullRebuildCostRule = {
    .kind = diagnostics::Kind::kSqliteFullRebuildCost,
    .summary = "a change makes SQLite copy the whole table",
    .rationale = R"md(
ALTER TABLE of SQLite can rename, add most columns and drop some. Every other
change makes a new table, copies the rows and makes the indexes again: it takes
as long as there are rows, needs about twice the space, and keeps all other
writers out. Changes of one table that follow one another in a file are one copy.

There is nothing wrong with that where the table is small, so that it is no more
than a note. Where tables are large, `palindrome.toml` makes it a warning.
)md",
    .bad = R"sql(=== palindrome.toml
[rules]
sqlite-full-rebuild-cost = "note"
=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, size INTEGER);
END;

DOWNGRADE AUTO;
=== 20250116_090000_default_size_to_one.sql
MIGRATION 'default size to one'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ALTER COLUMN size SET DEFAULT 1;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[rules]
sqlite-full-rebuild-cost = "note"
=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, size INTEGER);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_weight.sql
MIGRATION 'add weight'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN weight INTEGER DEFAULT 1;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
