#include <string>

#include "compiler/checks/differences.h"
#include "compiler/checks/row_changes.h"
#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kSetAside, kRowsSetAside,
                "rows that a database may hold fail this upgrade, such as "
                "`{0}` of table `{1}`: {2}; it was rehearsed without {3} of "
                "them",
                std::string, std::string, std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (context.rehearsal == nullptr || !context.rehearsal->refused ||
      context.rehearsal->refused->failure.phase != rehearse::Phase::kUp ||
      context.upgrade.steps.empty()) {
    return;
  }
  const rehearse::Refused& refused = *context.rehearsal->refused;
  const auto place = LocationOfUp(context, refused.failure.statement);
  if (IsToldAt(context, place)) {
    return;
  }
  emitter.Emit(kSetAside, place, refused.row, refused.table,
               refused.failure.error.message, std::to_string(refused.count));
}

}  // namespace

constinit const Rule kRowsSetAsideRule = {
    .kind = diagnostics::Kind::kRowsSetAside,
    .summary = "an upgrade fails on rows that a database may hold",
    .rationale = R"md(
A migration that tightens a table (NOT NULL, UNIQUE, CHECK, a foreign key, a
narrower type) fails on a database with rows that do not fit; everything is then
as it was. The rehearsal makes up rows that the schema before allows. Those that
the upgrade refuses are set aside, and the rest is rehearsed.

If no database can hold such a row, there is nothing to do. Else mend the rows
in the same migration, before the statement that refuses them.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_require_email.sql
MIGRATION 'require email'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ALTER COLUMN email SET NOT NULL;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_require_handle.sql
MIGRATION 'require handle'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN handle TEXT;
  UPDATE users SET handle = 'user-' || id;
  ALTER TABLE users ALTER COLUMN handle SET NOT NULL;
END;

DOWNGRADE BEGIN
  ALTER TABLE users DROP COLUMN handle;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
