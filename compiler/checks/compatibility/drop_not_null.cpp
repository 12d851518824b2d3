#include <algorithm>
#include <string>

#include "compiler/checks/old_programs.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kDropped, kDropNotNull,
                "column `{0}` of table `{1}` may be NULL now, and programs of "
                "the version before count on a value; release programs that "
                "read NULL first",
                std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const auto tables = ChangedTables(context);
  for (const KnownColumn& column : KeptColumns(context, tables)) {
    const KnownTable& table = *column.table;
    const std::string& name = column.after->name.text;
    const auto key = ast::PrimaryKey(*table.after);
    // Nobody writes NULL into a key.
    if (!column.before->not_null || IsNeverNull(*table.after, *column.after) ||
        std::any_of(key.begin(), key.end(), [&](const std::string& part) {
          return sql::EqualsIgnoringCase(part, name);
        })) {
      continue;
    }
    emitter.Emit(
        kDropped,
        PlaceOfChange(context, table.after->name.text, name,
                      [](const ast::Column* before, const ast::Column& after) {
                        return before == nullptr ||
                               (before->not_null && !after.not_null);
                      }),
        name, table.after->name.text);
  }
}

}  // namespace

constinit const Rule kDropNotNullRule = {
    .kind = diagnostics::Kind::kDropNotNull,
    .summary = "a column that had a value in every row may be NULL now",
    .rationale = R"md(
Programs that were written for a column that is never NULL read it as a plain
value. As soon as a new program writes the first NULL, old ones that run beside it
meet it. And the downgrade has to tighten the column again, over rows that have
NULL by then.

Release programs first that can read NULL; then let the column be NULL.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_loosen_state.sql
MIGRATION 'loosen state'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ALTER COLUMN state DROP NOT NULL;
END;

DOWNGRADE BEGIN
  UPDATE tasks SET state = '' WHERE state IS NULL;
  ALTER TABLE tasks ALTER COLUMN state SET NOT NULL;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_phase.sql
MIGRATION 'add phase'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN phase TEXT;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
