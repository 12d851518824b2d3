#include <string>

#include "compiler/checks/differences.h"
#include "compiler/checks/row_changes.h"
#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kChanged, kNewRowsChangedByDowngrade,
                "{0}, though it was written after the upgrade; have the "
                "downgrade keep it",
                std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  // What does not come back of the rows that were there before says it all.
  if (context.rehearsal == nullptr || DowngradeIsBroken(context) ||
      !context.rehearsal->rows_not_restored.empty()) {
    return;
  }
  const RowBlame blame(context);
  const auto changes = FirstChanges(
      context.rehearsal->changed_later,
      [&](const auto& change) { return blame.OfDowngrade(change); },
      [&](const auto& change) {
        return (!change.column.empty() || change.after.empty()) &&
               !blame.DowngradeWrites(change);
      });
  for (const auto& [place, change] : changes) {
    emitter.Emit(kChanged, place,
                 DescribeChange(*change, "after the downgrade"));
  }
}

}  // namespace

constinit const Rule kNewRowsChangedByDowngradeRule = {
    .kind = diagnostics::Kind::kNewRowsChangedByDowngrade,
    .summary = "a downgrade changes rows that were written after the upgrade",
    .rationale = R"md(
By the time a database goes back, a program has written rows into the new
schema. What they have in columns that were there before should still be there
afterwards. The downgrade is rehearsed over such rows; the message shows a value
or a row that it lost without a statement that says so.

Rows and values of what the upgrade itself created go with it, and need no
word. An UPDATE or DELETE of the downgrade is taken for meant.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, role TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_nickname.sql
MIGRATION 'add nickname'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN nickname TEXT;
END;

DOWNGRADE BEGIN
  -- By hand, for engines without DROP COLUMN.
  CREATE TABLE users_old (id INTEGER PRIMARY KEY, name TEXT, role TEXT);
  INSERT INTO users_old (id, name, role) SELECT id, coalesce(nickname, name), role FROM users;
  DROP TABLE users;
  ALTER TABLE users_old RENAME TO users;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, role TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_nickname.sql
MIGRATION 'add nickname'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN nickname TEXT;
END;

DOWNGRADE BEGIN
  -- By hand, for engines without DROP COLUMN.
  CREATE TABLE users_old (id INTEGER PRIMARY KEY, name TEXT, role TEXT);
  INSERT INTO users_old (id, name, role) SELECT id, name, role FROM users;
  DROP TABLE users;
  ALTER TABLE users_old RENAME TO users;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
