#include <string>

#include "compiler/checks/old_programs.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kRenamed, kRenameTable,
                "table `{0}` is called `{1}` now, and programs of the version "
                "before fail on every statement that names it; leave a view "
                "`{0}` of it until they are gone",
                std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const Gone& gone : GoneOf(context)) {
    if (gone.column.empty() && !gone.renamed_to.empty()) {
      emitter.Emit(kRenamed,
                   LocationOf(context, context.upgrade.steps[gone.step]),
                   gone.table, gone.renamed_to);
    }
  }
}

}  // namespace

constinit const Rule kRenameTableRule = {
    .kind = diagnostics::Kind::kRenameTable,
    .summary = "a table gets another name while old programs use the first",
    .rationale = R"md(
In a roll-out programs of the version before run beside those of the new one, and
the database has one schema for both. The moment the table has its new name,
every statement of theirs that names it fails.

Leave a view of the old name for one release. It serves readers as it is, and
writers with INSTEAD OF triggers. Or give the table its new name in a release of
its own, while nothing runs.

It is no more than a note unless the deployment is `rolling`: where
programs stop for the migration, a rename is the best way to another name.
)md",
    .bad = R"sql(=== palindrome.toml
deployment = "rolling"
=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_rename_users.sql
MIGRATION 'rename users'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users RENAME TO people;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
deployment = "rolling"
=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_rename_users.sql
MIGRATION 'rename users'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users RENAME TO people;
  CREATE VIEW users AS SELECT id, name FROM people;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
