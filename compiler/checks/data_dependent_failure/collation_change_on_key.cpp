#include <string>

#include "compiler/checks/old_rows.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/checks/unique_keys.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kText, kCollationChangeOnKey,
                "rows of table `{1}` are told apart in {0} by collation `{2}` "
                "so far, and `{3}` takes more of them for equal; look for such "
                "rows and mend them in a migration before this one",
                std::string, std::string, std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const NewKey& key : NewKeysOf(context)) {
    if (key.reason == NewKey::Reason::kCollation) {
      emitter.Emit(WithRefusedRow(
          context, key.step,
          diagnostics::Make(kText, context.At(key.range), QuotedList(key.key),
                            key.table, key.old_collation, key.new_collation)));
    }
  }
}

}  // namespace

constinit const Rule kCollationChangeOnKeyRule = {
    .kind = diagnostics::Kind::kCollationChangeOnKey,
    .summary = "a key is to be unique by a collation that tells less apart",
    .rationale = R"md(
`Ann` and `ann` are two values to the collation BINARY, and one to NOCASE. Rows
that an older key has kept apart can be duplicates to the new one, and then it
cannot be made and the upgrade fails. Queries find and sort differently with it
as well.

Look for such rows (`GROUP BY email COLLATE NOCASE HAVING count(*) > 1`), and
merge or change them in a migration before this one; or keep the collation.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL,
    CONSTRAINT uq_users_email UNIQUE (email)
  );
END;

DOWNGRADE AUTO;
=== 20250116_090000_ignore_case_of_email.sql
MIGRATION 'ignore case of email'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE UNIQUE INDEX ux_users_email ON users (email COLLATE NOCASE);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL,
    CONSTRAINT uq_users_email UNIQUE (email)
  );
END;

DOWNGRADE AUTO;
=== 20250116_090000_sort_by_email.sql
MIGRATION 'sort by email'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE INDEX ix_users_email ON users (email COLLATE NOCASE);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
