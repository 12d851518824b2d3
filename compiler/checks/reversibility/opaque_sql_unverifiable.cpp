#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kOpaqueSqlUnverifiableRule = {
    .kind = diagnostics::Kind::kOpaqueSqlUnverifiable,
    .summary = "nobody can tell what a statement does to the schema",
    .rationale = R"md(
A statement inside `FOR` that the language does not have is run on the rehearsal
engine, and its effect is read from there. If the engine refuses it, or makes
something that the compiler's catalog cannot hold, the schema after it is not
known: whether the downgrade restores it, and whether any later statement
applies, would be a guess.

Write the change with the statements of the language.
)md",
    .bad = R"sql(=== 20250115_143022_create_search.sql
MIGRATION 'create search'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  -- the nearest titles, by an extension of the application
  FOR sqlite BEGIN
    CREATE VIRTUAL TABLE search USING vec0(title float[4]);
  END;
END;

DOWNGRADE BEGIN
  DROP TABLE search;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_search.sql
MIGRATION 'create search'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE search (
    word TEXT NOT NULL,
    task_id INTEGER NOT NULL,
    CONSTRAINT pk_search PRIMARY KEY (word, task_id)
  );
  CREATE INDEX ix_search_task_id ON search (task_id);
END;

DOWNGRADE BEGIN
  DROP INDEX ix_search_task_id;
  DROP TABLE search;
END;
)sql",
};

}  // namespace palindrome::checks
