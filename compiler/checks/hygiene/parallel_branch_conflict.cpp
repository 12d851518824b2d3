#include "compiler/checks/rule.h"

namespace palindrome::checks {

// What branches do to each other is known where their catalogs meet, in the
// driver, which reports this.
constinit const Rule kParallelBranchConflictRule = {
    .kind = diagnostics::Kind::kParallelBranchConflict,
    .summary = "two branches change the same thing, and their order matters",
    .rationale = R"md(
Two branches of a history have no order. A database that took the one first has
the other applied on top of it, and the next database the other way round. That
is harmless as long as both ways end in the same schema by the same SQL. It is
not where both branches rename one column, where one drops what the other uses,
or where one rebuilds a table that the other has changed: the rebuild was
compiled without knowledge of the change, and would take it back.

So each migration of a branch is compiled a second time, after the other branch,
and what comes out has to be the same. Where it is not, let one of the two
migrations revise the other, so that there is an order.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_default_email.sql
MIGRATION 'require an email'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ALTER COLUMN email SET DEFAULT '';
END;

DOWNGRADE AUTO;
=== 20250117_100000_add_users_language.sql
MIGRATION 'add the language of users'
  REVISION 'c3'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN language TEXT;
END;

DOWNGRADE AUTO;
=== 20250118_110000_merge_email_and_language.sql
MIGRATION 'merge email and language'
  REVISION 'd4'
  REVISES 'b2', 'c3';

UPGRADE BEGIN
END;

DOWNGRADE BEGIN
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_default_email.sql
MIGRATION 'require an email'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ALTER COLUMN email SET DEFAULT '';
END;

DOWNGRADE AUTO;
=== 20250117_100000_add_users_language.sql
MIGRATION 'add the language of users'
  REVISION 'c3'
  REVISES 'b2';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN language TEXT;
END;

DOWNGRADE AUTO;
)sql",
};

}  // namespace palindrome::checks
