#include <string>

#include "compiler/checks/rule.h"
#include "compiler/checks/unique_keys.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(
    kEqual, kUniqueOverEqualValues,
    "all rows of table `{0}` get the same {1} by its DEFAULT, and two of them "
    "cannot be unique; give each row a value of its own before this",
    std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  ReportNewKeys(context, NewKey::Reason::kConstant, kEqual, emitter);
}

}  // namespace

constinit const Rule kUniqueOverEqualValuesRule = {
    .kind = diagnostics::Kind::kUniqueOverEqualValues,
    .summary = "a new column has one default for all rows, and is unique",
    .rationale = R"md(
The rows that are there get the DEFAULT of a column that is added, all of them
the same. A key of such columns alone is broken as soon as the table has two
rows: the upgrade fails on every database that is in use, and passes on the empty
one of a test.

Add the column without the key and without a DEFAULT, fill it with a value for
each row, and make it unique then. NULLs are no equals, so that a key of a column
without a DEFAULT is no finding.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_handle.sql
MIGRATION 'add handle'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN handle TEXT NOT NULL DEFAULT '';
  CREATE UNIQUE INDEX ux_users_handle ON users (handle);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_handle.sql
MIGRATION 'add handle'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN handle TEXT;
  UPDATE users SET handle = 'user' || id;
  ALTER TABLE users ALTER COLUMN handle SET NOT NULL;
  CREATE UNIQUE INDEX ux_users_handle ON users (handle);
END;

DOWNGRADE BEGIN
  DROP INDEX ux_users_handle;
  ALTER TABLE users DROP COLUMN handle;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
