#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kReupgradeFailsRule = {
    .kind = diagnostics::Kind::kReupgradeFails,
    .summary =
        "the upgrade fails, or gives another schema, after its downgrade",
    .rationale = R"md(
After an incident the release that was mended is rolled out again, on databases
that went back in between. The rehearsal goes up, down and up again; here the
second upgrade meets something that the downgrade left behind, such as a row
with the same key.

Have the downgrade take away what the upgrade made. Rows that an ALLOW leaves
behind on purpose are added with `ON CONFLICT (key) DO NOTHING`.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_root.sql
MIGRATION 'add root'
  REVISION 'b2'
  REVISES 'a1'
  ALLOW dml-without-inverse BECAUSE 'the root user stays';

UPGRADE BEGIN
  INSERT INTO users (id, name) VALUES (1, 'root');
END;

DOWNGRADE BEGIN
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_root.sql
MIGRATION 'add root'
  REVISION 'b2'
  REVISES 'a1'
  ALLOW dml-without-inverse BECAUSE 'the root user stays';

UPGRADE BEGIN
  INSERT INTO users (id, name) VALUES (1, 'root')
    ON CONFLICT (id) DO NOTHING;
END;

DOWNGRADE BEGIN
END;
)sql",
};

}  // namespace palindrome::checks
