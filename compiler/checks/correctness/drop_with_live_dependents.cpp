#include "compiler/checks/rule.h"

namespace palindrome::checks {

constinit const Rule kDropWithLiveDependentsRule = {
    .kind = diagnostics::Kind::kDropWithLiveDependents,
    .summary = "something is dropped or renamed while something else uses it",
    .rationale = R"md(
SQLite drops a table that views and triggers still read. They stay behind,
dangling, and one dangling view makes every later RENAME and DROP COLUMN in the
whole database fail, on tables that have nothing to do with it. A foreign key
whose parent is gone makes every change of its table's rows fail.

A table that is renamed takes the foreign keys of other tables, the views and
the triggers along. That is an error only where the engine cannot follow
(`x IN tasks` in a trigger), or where the new name means something else in a
view or trigger already. A column that is renamed takes the indexes, constraints,
generated columns and foreign keys along; views and triggers that name it are an
error, since a view would show the new name, and in their bodies it may mean
another table's column.

Drop what uses an object before the object itself, and create it again
afterwards if it is still wanted.
)md",
    .bad = R"sql(=== 20250115_143022_create_board.sql
MIGRATION 'create board'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, done INTEGER, draft INTEGER);
  CREATE VIEW open_tasks AS SELECT id FROM tasks WHERE done = 0 AND draft = 0;
END;

DOWNGRADE BEGIN
  DROP VIEW open_tasks;
  DROP TABLE tasks;
END;
=== 20250116_090000_drop_draft.sql
MIGRATION 'drop draft'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALLOW drop-column-unarchived BECAUSE 'drafts were never shipped';
  ALTER TABLE tasks DROP COLUMN draft;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_board.sql
MIGRATION 'create board'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, done INTEGER, draft INTEGER);
  CREATE VIEW open_tasks AS SELECT id FROM tasks WHERE done = 0 AND draft = 0;
END;

DOWNGRADE BEGIN
  DROP VIEW open_tasks;
  DROP TABLE tasks;
END;
=== 20250116_090000_drop_draft.sql
MIGRATION 'drop draft'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  DROP VIEW open_tasks;
  ALLOW drop-column-unarchived BECAUSE 'drafts were never shipped';
  ALTER TABLE tasks DROP COLUMN draft;
  CREATE VIEW open_tasks AS SELECT id FROM tasks WHERE done = 0;
END;

DOWNGRADE AUTO;
)sql",
};

}  // namespace palindrome::checks
