#include <string>

#include "compiler/checks/differences.h"
#include "compiler/checks/row_changes.h"
#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kFails, kDowngradeMayFailOnNewData,
                "the downgrade fails here on a row that was written after the "
                "upgrade, such as `{0}` of table `{1}`: {2}; mend such rows "
                "before it",
                std::string, std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (context.rehearsal == nullptr || !context.rehearsal->refused_later) {
    return;
  }
  const rehearse::Refused& refused = *context.rehearsal->refused_later;
  const auto place = LocationOfDown(context, refused.failure.statement);
  // Where it fails on any row, one that is new is no news.
  const auto& old = context.rehearsal->refused;
  const bool fails_anyway = old && old->failure.phase == rehearse::Phase::kDown;
  if (!fails_anyway && !IsToldAt(context, place)) {
    emitter.Emit(kFails, place, refused.row, refused.table,
                 refused.failure.error.message);
  }
}

}  // namespace

constinit const Rule kDowngradeMayFailOnNewDataRule = {
    .kind = diagnostics::Kind::kDowngradeMayFailOnNewData,
    .summary = "a downgrade fails on rows that were written after the upgrade",
    .rationale = R"md(
What an upgrade loosens (a NOT NULL, a UNIQUE, a CHECK, a type), its downgrade
tightens again, and by then a program may have written rows that the tight
schema refuses. The downgrade is rehearsed over such rows; the message shows one
that it fails on. The database stays as it is then, at the new revision.

Have the downgrade mend such rows first: give them a value, move them to another
table, or delete them.
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
=== 20250116_090000_relax_email.sql
MIGRATION 'relax email'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ALTER COLUMN email DROP NOT NULL;
END;

DOWNGRADE AUTO;
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
=== 20250116_090000_relax_email.sql
MIGRATION 'relax email'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ALTER COLUMN email DROP NOT NULL;
END;

DOWNGRADE BEGIN
  UPDATE users SET email = '' WHERE email IS NULL;
  ALTER TABLE users ALTER COLUMN email SET NOT NULL;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
