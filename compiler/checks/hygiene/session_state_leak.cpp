#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kSessionStateLeakRule = {
    .kind = diagnostics::Kind::kSessionStateLeak,
    .summary = "a migration changes its connection and leaves it so",
    .rationale = R"md(
A PRAGMA, an attached file and a temporary object belong to the connection and
not to the migration. They outlive the transaction, a rollback as well, and
change what later migrations mean, and what the program does that runs them.

A program sets its PRAGMAs itself, where it opens the database. What the runtime
needs for a migration it sets and puts back. A migration may make temporary
tables, views and triggers, and drops them before its section ends.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  PRAGMA cache_size = 10000;
  CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);
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
  CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);
END;

DOWNGRADE BEGIN
  DROP TABLE users;
END;
)sql",
    // The parser meets it, or the simulation at the end of a section.
};

}  // namespace palindrome::checks
