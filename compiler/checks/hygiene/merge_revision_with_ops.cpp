#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kStatement, kMergeRevisionWithOps,
                "a migration that joins branches has statements of its own; "
                "leave it empty, and write them in one that revises it");

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (context.revision.parents.size() > 1 && !context.upgrade.steps.empty()) {
    emitter.Emit(kStatement,
                 LocationOf(context, context.upgrade.steps.front()));
  }
}

}  // namespace

constinit const Rule kMergeRevisionWithOpsRule = {
    .kind = diagnostics::Kind::kMergeRevisionWithOps,
    .summary = "a migration joins branches and also changes something",
    .rationale = R"md(
A migration that revises several others says that they belong to one history
again. While it does nothing else, it can be undone and made again at no cost, and
a downgrade to either branch goes through it unharmed. Statements in it are tied
to the join: they cannot go back without taking the branches apart.

Leave it empty, as `palindrome merge` writes it, and put the statements in a
migration that revises it.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT);
END;

DOWNGRADE AUTO;
=== 20250117_100000_create_labels.sql
MIGRATION 'create labels'
  REVISION 'c3'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE labels (id INTEGER PRIMARY KEY, word TEXT);
END;

DOWNGRADE AUTO;
=== 20250118_110000_merge_tasks_and_labels.sql
MIGRATION 'merge tasks and labels'
  REVISION 'd4'
  REVISES 'b2', 'c3';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN done INTEGER;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT);
END;

DOWNGRADE AUTO;
=== 20250117_100000_create_labels.sql
MIGRATION 'create labels'
  REVISION 'c3'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE labels (id INTEGER PRIMARY KEY, word TEXT);
END;

DOWNGRADE AUTO;
=== 20250118_110000_merge_tasks_and_labels.sql
MIGRATION 'merge tasks and labels'
  REVISION 'd4'
  REVISES 'b2', 'c3';

UPGRADE BEGIN
END;

DOWNGRADE BEGIN
END;
=== 20250119_120000_add_done.sql
MIGRATION 'add done'
  REVISION 'e5'
  REVISES 'd4';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN done INTEGER;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
