#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kUnusedSuppressionRule = {
    .kind = diagnostics::Kind::kUnusedSuppression,
    .summary = "an ALLOW silences nothing",
    .rationale = R"md(
An ALLOW that is not needed any more stands ready to silence the next mistake
at its place, under a reason that was given for another one. It is removed as
soon as what it allowed is gone. In a locked file it stays: that cannot change.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  ALLOW drop-table-unarchived BECAUSE 'it was never used';
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
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
)sql",
};

}  // namespace palindrome::checks
