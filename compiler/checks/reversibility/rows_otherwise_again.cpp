#include <string>

#include "compiler/checks/differences.h"
#include "compiler/checks/row_changes.h"
#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kOtherwise, kRowsOtherwiseAgain, "{0}", std::string);
PALINDROME_TEXT(kFailsAgain, kRowsOtherwiseAgain,
                "the rows that stay behind make the upgrade fail after the "
                "downgrade on a row such as `{0}` of table `{1}`: {2}",
                std::string, std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (context.rehearsal == nullptr || DowngradeIsBroken(context)) {
    return;
  }
  const auto& refused = context.rehearsal->refused;
  if (refused && refused->failure.phase == rehearse::Phase::kUpAgain &&
      SignsRows(context.migration())) {
    emitter.Emit(kFailsAgain, LocationOfUp(context, refused->failure.statement),
                 refused->row, refused->table, refused->failure.error.message);
  }
  const RowBlame blame(context);
  const auto changes = FirstChanges(
      context.rehearsal->rows_otherwise_again,
      [&](const auto& change) { return blame.Of(change); },
      [&](const auto& change) { return !change.at_limits; });
  for (const auto& [place, change] : changes) {
    emitter.Emit(
        kOtherwise, place,
        DescribeChange(*change, "after down and up again, unlike before"));
  }
}

}  // namespace

constinit const Rule kRowsOtherwiseAgainRule = {
    .kind = diagnostics::Kind::kRowsOtherwiseAgain,
    .summary = "the upgrade after a downgrade gives other rows than the first",
    .rationale = R"md(
A database that went back and came again should be like one that never went. Here
the schema and the rows before the upgrade are restored, but the second upgrade
writes other values than the first: most often the next number of an
AUTOINCREMENT, which does not go back. What has kept the old number, such as a
configuration file, then points to nothing.

Rows that an ALLOW leaves behind after the downgrade may even make the second
upgrade fail, where it inserts them again.

Write the values that matter; or say that they do not, with
`ALLOW rows-otherwise-again BECAUSE '…'`. An upgrade that calls `random()` is not
compared.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_insert_root.sql
MIGRATION 'insert root'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  INSERT INTO users (name) VALUES ('root');
END;

DOWNGRADE BEGIN
  DELETE FROM users WHERE name = 'root';
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_insert_root.sql
MIGRATION 'insert root'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  INSERT INTO users (id, name) VALUES (1, 'root');
END;

DOWNGRADE BEGIN
  DELETE FROM users WHERE name = 'root';
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
