#include <string>

#include "compiler/checks/old_programs.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kRenamed, kRenameColumn,
                "column `{0}` of table `{1}` is called `{2}` now, and programs "
                "of the version before fail where they name it; add `{2}` "
                "beside it, and drop `{0}` in a later release",
                std::string, std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const Gone& gone : GoneOf(context)) {
    if (!gone.column.empty() && !gone.renamed_to.empty()) {
      emitter.Emit(kRenamed,
                   LocationOf(context, context.upgrade.steps[gone.step]),
                   gone.column, gone.table, gone.renamed_to);
    }
  }
}

}  // namespace

constinit const Rule kRenameColumnRule = {
    .kind = diagnostics::Kind::kRenameColumn,
    .summary = "a column gets another name while old programs use the first",
    .rationale = R"md(
In a roll-out programs of the version before run beside those of the new one.
They read and write the column under its old name, and fail once it has another.

Add a column of the new name, let programs write both, fill it from the old one,
let them read the new one, and drop the old one when nothing uses it any more. For
programs that only read, a generated column of the old name is enough.

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
=== 20250116_090000_rename_name.sql
MIGRATION 'rename name'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users RENAME COLUMN name TO full_name;
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
=== 20250116_090000_add_full_name.sql
MIGRATION 'add full name'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN full_name TEXT;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
