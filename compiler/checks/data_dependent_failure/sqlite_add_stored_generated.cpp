#include <string>

#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/lower/sqlite/native.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kCopied, kSqliteAddStoredGenerated,
                "column `{0}` is STORED, so that SQLite cannot add it to table "
                "`{1}`, which is copied instead; a VIRTUAL one needs no copy",
                std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const std::size_t i : context.upgrade.changes) {
    const auto* add = As<ast::AddColumn>(context.upgrade.steps[i]);
    if (add != nullptr && add->column.generated &&
        add->column.generated->stored &&
        IsOldTable(context.upgrade, i, add->table.text)) {
      emitter.Emit(kCopied, context.At(add->column.range),
                   add->column.name.text, add->table.text);
    }
  }
}

}  // namespace

constinit const Rule kSqliteAddStoredGeneratedRule = {
    .kind = diagnostics::Kind::kSqliteAddStoredGenerated,
    .summary =
        "a new column that is computed and stored makes SQLite copy the table",
    .rationale = R"md(
SQLite adds a generated column to a table with rows only if it is VIRTUAL:
computed when it is read. For one that is STORED, Palindrome makes a new table
and copies the rows, which takes as long as there are rows.

A virtual column can be indexed too, and costs no space in the table.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, size INTEGER);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_hours.sql
MIGRATION 'add hours'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN hours INTEGER AS (size * 8) STORED;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, size INTEGER);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_hours.sql
MIGRATION 'add hours'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN hours INTEGER AS (size * 8) VIRTUAL;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
