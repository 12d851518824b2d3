#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kTransactionControlInMigrationRule = {
    .kind = diagnostics::Kind::kTransactionControlInMigration,
    .summary = "a migration begins, ends or configures a transaction",
    .rationale = R"md(
The runtime applies a migration in a transaction together with its line in the
ledger: either both are there afterwards or neither. A `COMMIT` inside ends
that transaction half-way, and a crash from then on leaves a database between
two revisions. A `BEGIN` that nobody ends holds the write lock.

The same goes for the pragmas that transactions rest on, such as
`foreign_keys`: the runtime switches it off before it begins, checks every
foreign key before it commits, and restores it afterwards.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
  COMMIT;
END;

DOWNGRADE BEGIN
  DROP TABLE users;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE BEGIN
  DROP TABLE users;
END;
)sql",
};

}  // namespace palindrome::checks
