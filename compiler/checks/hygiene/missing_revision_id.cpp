#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kMissingRevisionIdRule = {
    .kind = diagnostics::Kind::kMissingRevisionId,
    .summary = "a file has no revision id, or a malformed one",
    .rationale = R"md(
The id is the name under which databases record a migration and under which
others revise it. Without one it can be neither ordered nor recorded. An id is
one to forty of the characters `0-9`, `a-z` and `_`, so that it can be typed and
compared anywhere; `palindrome revision -m '…'` makes one.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1b2c3d4e5f6'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
};

}  // namespace palindrome::checks
