#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kDoubleQuotedLiteralRule = {
    .kind = diagnostics::Kind::kDoubleQuotedLiteral,
    .summary =
        "a name in double quotes means nothing, and SQLite may take it for a "
        "string",
    .rationale = R"md(
Double quotes are for names. Most builds of SQLite take a name that means no
column for a string, so that `WHERE word = "big"` works, until the table gets a
column `big`; and a name with a slip in it becomes a string that nothing equals.
Other builds, and other databases, refuse it. The compiler does, too.

Write strings in single quotes.
)md",
    .bad = R"sql(=== 20250115_143022_create_tags.sql
MIGRATION 'create tags'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tags (id INTEGER PRIMARY KEY, word TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_show_big_tags.sql
MIGRATION 'show big tags'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE VIEW big_tags AS SELECT id FROM tags WHERE word = "big";
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_tags.sql
MIGRATION 'create tags'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tags (id INTEGER PRIMARY KEY, word TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_show_big_tags.sql
MIGRATION 'show big tags'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE VIEW big_tags AS SELECT id FROM tags WHERE word = 'big';
END;

DOWNGRADE AUTO;
)sql",
};

}  // namespace palindrome::checks
