#include <string>

#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/lower/sqlite/native.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(
    kCopied, kSqliteAddColumnNonconstantDefault,
    "the default of column `{0}` is no constant, so that SQLite cannot add it "
    "to table `{1}`, which is copied instead; a literal needs no copy",
    std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const std::size_t i : context.upgrade.changes) {
    const auto* add = As<ast::AddColumn>(context.upgrade.steps[i]);
    if (add != nullptr && !lower::sqlite::IsConstantDefault(add->column) &&
        IsOldTable(context.upgrade, i, add->table.text)) {
      emitter.Emit(kCopied, context.At(add->column.range),
                   add->column.name.text, add->table.text);
    }
  }
}

}  // namespace

constinit const Rule kSqliteAddColumnNonconstantDefaultRule = {
    .kind = diagnostics::Kind::kSqliteAddColumnNonconstantDefault,
    .summary =
        "a new column whose default is computed makes SQLite copy the table",
    .rationale = R"md(
SQLite adds a column without touching a row, if its default is a literal, in
parentheses or not. One that has to be computed (CURRENT_TIMESTAMP, `(1 + 1)`) it
refuses as soon as the table has rows, so that such a statement works on the empty
database of a test alone. Palindrome makes a new table and copies the rows
instead; each of them gets the value of the moment.

That is right, and takes as long as there are rows. Where the old rows may have
a literal, say so: `DEFAULT ''`.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, size INTEGER);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_creation_date.sql
MIGRATION 'add creation date'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN created TEXT DEFAULT CURRENT_TIMESTAMP;
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
=== 20250116_090000_add_creation_date.sql
MIGRATION 'add creation date'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN created TEXT DEFAULT '1970-01-01 00:00:00';
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
