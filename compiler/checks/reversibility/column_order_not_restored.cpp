#include <set>
#include <string>

#include "llvm/ADT/STLExtras.h"

#include "compiler/checks/differences.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kReordered, kColumnOrderNotRestored,
                "the columns of table `{0}` come back in another order; "
                "`DOWNGRADE AUTO` restores it",
                std::string);

// The last step that takes a column away from the table, or else changes it.
source::Location BlameOf(const MigrationContext& context,
                         const std::string& table) {
  const auto names = NamesOf(context.upgrade, 0, table);
  for (const catalog::Step& step : llvm::reverse(context.upgrade.steps)) {
    const auto* drop = As<ast::DropColumn>(step);
    if (drop != nullptr && names.contains(sql::FoldCase(drop->table.text))) {
      return LocationOf(context, step);
    }
  }
  return Blame(context, {{catalog::ObjectKind::kTable, table}, "", ""});
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (DowngradeIsBroken(context)) {
    return;
  }
  std::set<std::string> tables;
  for (std::string& table : ReorderedTables(
           context.upgrade.before, context.downgrade.simulation.after)) {
    tables.insert(std::move(table));
  }
  if (context.rehearsal != nullptr) {
    for (const std::string& table : context.rehearsal->order_not_restored) {
      tables.insert(sql::FoldCase(table));
    }
  }
  for (const std::string& table : tables) {
    emitter.Emit(diagnostics::Make(kReordered, BlameOf(context, table), table)
                     .With(DowngradeOf(context), "the downgrade is here"));
  }
}

}  // namespace

constinit const Rule kColumnOrderNotRestoredRule = {
    .kind = diagnostics::Kind::kColumnOrderNotRestored,
    .summary = "a table has its columns in another order after the downgrade",
    .rationale = R"md(
A column that was dropped from the middle of a table comes back at its end.
The schema counts as the same, and programs that name their columns see no
difference; `SELECT *`, and INSERT without a list of columns, put values in the
wrong places.

`DOWNGRADE AUTO` puts a column back where it was, by rebuilding the table.
)md",
    .bad = R"sql(=== 20250115_143022_create_people.sql
MIGRATION 'create people'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE people (id INTEGER PRIMARY KEY, fax TEXT, email TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_drop_fax.sql
MIGRATION 'drop fax'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALLOW drop-column-unarchived BECAUSE 'nobody has a fax';
  ALTER TABLE people DROP COLUMN fax;
END;

DOWNGRADE BEGIN
  ALTER TABLE people ADD COLUMN fax TEXT;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_people.sql
MIGRATION 'create people'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE people (id INTEGER PRIMARY KEY, fax TEXT, email TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_drop_fax.sql
MIGRATION 'drop fax'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALLOW drop-column-unarchived BECAUSE 'nobody has a fax';
  ALTER TABLE people DROP COLUMN fax;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
