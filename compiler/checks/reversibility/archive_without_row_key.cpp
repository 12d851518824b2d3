#include <string>
#include <vector>

#include "compiler/catalog/row_key.h"
#include "compiler/checks/archives.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kNoKey, kArchiveWithoutRowKey,
                "the values of column `{0}` of table `{1}` are kept without a "
                "key that tells its rows apart, so that they cannot be given "
                "back; {2}",
                std::string, std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const Archives archives(context);
  const auto& steps = context.upgrade.steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto* drop = As<ast::DropColumn>(steps[i]);
    if (drop == nullptr || IsPreserved(steps[i], drop->table.text) ||
        !IsOldColumn(context.upgrade, i, drop->table.text, drop->column.text) ||
        !archives.HasColumn(i, drop->table.text, drop->column.text) ||
        archives.HasKeyOf(i, drop->table.text, drop->column.text)) {
      continue;
    }
    const auto key = catalog::FindRowKey(
        steps[i].before, *steps[i].before.FindTable(drop->table.text),
        {sql::FoldCase(drop->column.text)});
    std::vector<std::string> columns;
    for (const auto& part : key ? key->parts : decltype(key->parts)()) {
      columns.push_back(part.column);
    }
    emitter.Emit(kNoKey, LocationOf(context, steps[i]), drop->column.text,
                 drop->table.text,
                 columns.empty() ? "give the table a primary key first, or "
                                   "keep its whole rows"
                                 : "copy " + QuotedList(columns) + " as well");
  }
}

}  // namespace

constinit const Rule kArchiveWithoutRowKeyRule = {
    .kind = diagnostics::Kind::kArchiveWithoutRowKey,
    .summary = "values are kept by hand, and not which row each belongs to",
    .rationale = R"md(
Values that are copied out of a table come back to the right rows only by a key:
the columns that no two rows have in common. Without one, a value finds every
row that looks alike, and the downgrade gives all of them the same.

Give the table a key first, in a migration of its own, or read the key into the
copy as well; or keep whole rows instead of one column. `PRESERVE` uses the
primary key, or a UNIQUE key over NOT NULL columns, by itself.
)md",
    .bad = R"sql(=== 20250115_143022_create_readings.sql
MIGRATION 'create readings'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  ALLOW missing-primary-key BECAUSE 'the sensors send the same again';
  CREATE TABLE readings (sensor TEXT NOT NULL, amount INTEGER);
END;

DOWNGRADE AUTO;
=== 20250116_090000_archive_amounts.sql
MIGRATION 'archive amounts'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALLOW missing-primary-key BECAUSE 'it is gone after the downgrade';
  CREATE TABLE kept (sensor TEXT NOT NULL, amount INTEGER);
  INSERT INTO kept (sensor, amount) SELECT sensor, amount FROM readings;
  ALTER TABLE readings DROP COLUMN amount;
END;

DOWNGRADE BEGIN
  ALTER TABLE readings ADD COLUMN amount INTEGER;
  UPDATE readings
    SET amount = (SELECT k.amount FROM kept AS k WHERE k.sensor = readings.sensor);
  DROP TABLE kept;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_readings.sql
MIGRATION 'create readings'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE readings (
    id INTEGER PRIMARY KEY,
    sensor TEXT NOT NULL,
    amount INTEGER
  );
END;

DOWNGRADE AUTO;
=== 20250116_090000_archive_amounts.sql
MIGRATION 'archive amounts'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  PRESERVE ALTER TABLE readings DROP COLUMN amount;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
