#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kApplicationFunctionRule = {
    .kind = diagnostics::Kind::kApplicationFunction,
    .summary = "a statement needs a function or collation of the application",
    .rationale = R"md(
A migration runs in the program, in its tools, in tests, and years later in
another program that opens the same file. A function or collation that the
application registers exists in one of them, and may by then compute something
else. The engine does not have it, so the migration cannot be rehearsed either.

Compute the value in SQL. Where a schema really rests on such a function, as an
index over an application's collation does, declare a stand-in in
`palindrome.toml`; what rests on it is then reported as not checked.
)md",
    .bad = R"sql(=== 20250115_143022_create_posts.sql
MIGRATION 'create posts'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE posts (id INTEGER PRIMARY KEY, heading TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_slug.sql
MIGRATION 'add slug'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE posts ADD COLUMN slug TEXT;
  UPDATE posts SET slug = app_slugify(heading);
END;

DOWNGRADE BEGIN
  ALTER TABLE posts DROP COLUMN slug;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_posts.sql
MIGRATION 'create posts'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE posts (id INTEGER PRIMARY KEY, heading TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_slug.sql
MIGRATION 'add slug'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE posts ADD COLUMN slug TEXT;
  UPDATE posts SET slug = lower(replace(heading, ' ', '-'));
END;

DOWNGRADE BEGIN
  ALTER TABLE posts DROP COLUMN slug;
END;
)sql",
};

}  // namespace palindrome::checks
