#include <string>

#include "compiler/checks/rule.h"
#include "compiler/checks/unique_keys.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(
    kText, kAddUniqueOnExistingData,
    "rows of table `{0}` may have the same {1}, which this does not allow; "
    "tell them apart or merge them in a migration before this one",
    std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  ReportNewKeys(context, NewKey::Reason::kUnique, kText, emitter);
}

}  // namespace

constinit const Rule kAddUniqueOnExistingDataRule = {
    .kind = diagnostics::Kind::kAddUniqueOnExistingData,
    .summary = "a unique key is put on rows that may not be unique",
    .rationale = R"md(
An index or a constraint that is UNIQUE cannot be made while two rows have the
same key. Rows of tests are few and differ; those of a program that has run for a
year do not.

Look for duplicates first, and merge or mark them in a migration before this
one. The rule is silent once the history has a statement that updates a column
of the key or deletes rows by it, where an older key tells the rows apart
already, and for keys of columns that the file adds.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_make_email_unique.sql
MIGRATION 'make email unique'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE UNIQUE INDEX ux_users_email ON users (email);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
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
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
