#include <string>

#include "compiler/checks/differences.h"
#include "compiler/checks/row_changes.h"
#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kFails, kDowngradeFailsOnOldRows,
                "the downgrade fails here on a row that was there before the "
                "upgrade, such as `{0}` of table `{1}`: {2}",
                std::string, std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (context.rehearsal == nullptr || !context.rehearsal->refused ||
      context.rehearsal->refused->failure.phase != rehearse::Phase::kDown) {
    return;
  }
  const rehearse::Refused& refused = *context.rehearsal->refused;
  const auto place = LocationOfDown(context, refused.failure.statement);
  if (!IsToldAt(context, place)) {
    emitter.Emit(kFails, place, refused.row, refused.table,
                 refused.failure.error.message);
  }
}

}  // namespace

constinit const Rule kDowngradeFailsOnOldRowsRule = {
    .kind = diagnostics::Kind::kDowngradeFailsOnOldRows,
    .summary = "a downgrade fails on rows that were there before the upgrade",
    .rationale = R"md(
The downgrade restores the schema of an empty database, and fails on one with
rows: of what the upgrade took away nothing is left to fill the tables with, or
what it changed no longer fits. The rehearsal made up rows for the schema before
the upgrade; the message shows one that did not find its way back.

Keep in the upgrade what the downgrade will need; or say that such rows do not
exist, with `ALLOW downgrade-fails-on-old-rows BECAUSE '…'`.
)md",
    .bad = R"sql(=== palindrome.toml
[rules]
drop-not-null = "off"
=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_forget_emails.sql
MIGRATION 'forget emails'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ALTER COLUMN email DROP NOT NULL;
  ALLOW mixed-ddl-dml BECAUSE 'the values may go at once';
  ALLOW dml-without-inverse BECAUSE 'nobody may have them back';
  UPDATE users SET email = NULL;
END;

DOWNGRADE BEGIN
  ALTER TABLE users ALTER COLUMN email SET NOT NULL;
END;
)sql",
    .good = R"sql(=== palindrome.toml
[rules]
drop-not-null = "off"
=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_forget_emails.sql
MIGRATION 'forget emails'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ALTER COLUMN email DROP NOT NULL;
  ALLOW mixed-ddl-dml BECAUSE 'the values may go at once';
  ALLOW dml-without-inverse BECAUSE 'nobody may have them back';
  UPDATE users SET email = NULL;
END;

DOWNGRADE BEGIN
  UPDATE users SET email = '' WHERE email IS NULL;
  ALTER TABLE users ALTER COLUMN email SET NOT NULL;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
