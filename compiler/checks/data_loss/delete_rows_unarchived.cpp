#include <string>

#include "compiler/checks/archives.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kDeletesRows, kDeleteRowsUnarchived,
                "rows of table `{0}` are deleted, and no downgrade brings them "
                "back; keep them with `PRESERVE` before the statement, or sign "
                "the loss with `ALLOW delete-rows-unarchived BECAUSE '…'`",
                std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  Archives archives(context);
  const auto& steps = context.upgrade.steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Effects effects = EffectsOf(steps[i]);
    for (const std::string& table : effects.deletes) {
      if (!IsPreserved(steps[i], table) &&
          IsOldTable(context.upgrade, i, table) &&
          !archives.HasRows(i, table, /*every_row=*/false)) {
        emitter.Emit(kDeletesRows, LocationOf(context, steps[i]), table);
      }
    }
  }
}

}  // namespace

constinit const Rule kDeleteRowsUnarchivedRule = {
    .kind = diagnostics::Kind::kDeleteRowsUnarchived,
    .summary = "rows that were there before are deleted",
    .rationale = R"md(
What a DELETE removes, no downgrade brings back, and which rows its WHERE
matches on a customer's database nobody knows when it is written.

Write `PRESERVE` before the statement, which keeps the rows for `DOWNGRADE
AUTO`; or copy the whole rows to another table before, and have the downgrade
insert them again; or say that they may go, and why, with
`ALLOW delete-rows-unarchived BECAUSE '…'`. Rows of a table that the same file
created are no loss. A trigger that deletes counts as a DELETE of the statement
that fires it.
)md",
    .bad = R"sql(=== 20250115_143022_create_messages.sql
MIGRATION 'create messages'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE messages (id INTEGER PRIMARY KEY, body TEXT, spam INTEGER);
END;

DOWNGRADE AUTO;
=== 20250116_090000_delete_spam.sql
MIGRATION 'delete spam'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  DELETE FROM messages WHERE spam = 1;
END;

DOWNGRADE BEGIN
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_messages.sql
MIGRATION 'create messages'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE messages (id INTEGER PRIMARY KEY, body TEXT, spam INTEGER);
END;

DOWNGRADE AUTO;
=== 20250116_090000_delete_spam.sql
MIGRATION 'delete spam'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  PRESERVE DELETE FROM messages WHERE spam = 1;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
