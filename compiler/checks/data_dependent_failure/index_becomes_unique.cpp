#include <string>

#include "compiler/checks/old_rows.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/checks/unique_keys.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kText, kIndexBecomesUnique,
                "index `{0}` of table `{1}` becomes unique, which fails if two "
                "rows have the same {2}; tell them apart or merge them in a "
                "migration before this one",
                std::string, std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const NewKey& key : NewKeysOf(context)) {
    if (key.reason == NewKey::Reason::kWasIndex) {
      emitter.Emit(WithRefusedRow(
          context, key.step,
          diagnostics::Make(kText, context.At(key.range), key.replaced,
                            key.table, QuotedList(key.key))));
    }
  }
}

}  // namespace

constinit const Rule kIndexBecomesUniqueRule = {
    .kind = diagnostics::Kind::kIndexBecomesUnique,
    .summary = "an index that let rows be equal becomes unique",
    .rationale = R"md(
The index that is dropped says nothing of whether its keys are unique. Where two
rows have the same key the new one cannot be made and the upgrade fails, as with
any new unique key over rows that are there.

Look for duplicates first, and merge or mark them in a migration before this
one.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
  CREATE INDEX ix_users_email ON users (email);
END;

DOWNGRADE AUTO;
=== 20250116_090000_make_email_unique.sql
MIGRATION 'make email unique'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  DROP INDEX ix_users_email;
  CREATE UNIQUE INDEX ix_users_email ON users (email);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
  CREATE INDEX ix_users_email ON users (email);
END;

DOWNGRADE AUTO;
=== 20250116_090000_merge_users.sql
MIGRATION 'merge users'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  PRESERVE DELETE FROM users
    WHERE id NOT IN (SELECT min(id) FROM users GROUP BY email);
END;

DOWNGRADE AUTO;
=== 20250117_090000_make_email_unique.sql
MIGRATION 'make email unique'
  REVISION 'c3'
  REVISES 'b2';

UPGRADE BEGIN
  CREATE UNIQUE INDEX ux_users_email ON users (email);
  DROP INDEX ix_users_email;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
