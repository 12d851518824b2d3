#include <string>

#include "compiler/checks/old_rows.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/lower/sqlite/native.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(
    kRefers, kSqliteAddReferenceNonnullDefault,
    "every row that table `{0}` has gets `{1}` in column `{2}`, and "
    "the upgrade fails unless `{3}` has such a row; insert it in a "
    "migration before this one, or give no default",
    std::string, std::string, std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const std::size_t i : context.upgrade.changes) {
    const auto* add = As<ast::AddColumn>(context.upgrade.steps[i]);
    if (add == nullptr || lower::sqlite::DefaultsToNull(add->column) ||
        !IsOldTable(context.upgrade, i, add->table.text)) {
      continue;
    }
    for (const ast::Constraint& constraint : add->constraints) {
      if (constraint.kind == ast::ConstraintKind::kForeignKey &&
          !IsShownSafe(context, add->table.text)) {
        emitter.Emit(WithRefusedRow(
            context, i,
            diagnostics::Make(
                kRefers, context.At(constraint.range), add->table.text,
                ast::Print(*add->column.default_value), add->column.name.text,
                constraint.references.table.text)));
      }
    }
  }
}

}  // namespace

constinit const Rule kSqliteAddReferenceNonnullDefaultRule = {
    .kind = diagnostics::Kind::kSqliteAddReferenceNonnullDefault,
    .summary = "a new column refers to a row that may not be there",
    .rationale = R"md(
A column that has a default and a foreign key makes every old row refer to one
and the same parent. SQLite by itself refuses the statement on a table with rows
while foreign keys are on, and leaves rows without a parent while they are off.
Here it is run and then checked: the upgrade fails unless the parent is there.

Where the history itself inserts the parent, there is nothing to do. Else insert
it in a migration before this one, or add the column without a default and fill
it.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY);
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, size INTEGER);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_owners.sql
MIGRATION 'add owners'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN owner INTEGER DEFAULT 1
    CONSTRAINT fk_tasks_owner REFERENCES users (id);
  CREATE INDEX ix_tasks_owner ON tasks (owner);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY);
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, size INTEGER);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_owners.sql
MIGRATION 'add owners'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN owner INTEGER
    CONSTRAINT fk_tasks_owner REFERENCES users (id);
  CREATE INDEX ix_tasks_owner ON tasks (owner);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
