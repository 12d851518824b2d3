#include <string>

#include "llvm/ADT/StringRef.h"

#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kNotApproved, kSquashWithoutApproval,
                "the revisions from `{0}` to `{1}` are squashed without "
                "approval; say who approves of it with `APPROVED BY`",
                std::string, std::string);

void Check(const graph::Graph& graph, diagnostics::Emitter& emitter) {
  for (const graph::Squash& squash : graph.squashes) {
    const ast::Migration& migration = squash.revision.migration;
    const ast::Squashes& clause = *migration.header.squashes;
    const auto& approved_by = clause.approved_by;
    if (!approved_by || llvm::StringRef(approved_by->value).trim().empty()) {
      emitter.Emit(kNotApproved, {migration.file, clause.range},
                   clause.from.value, clause.to.value);
    }
  }
}

}  // namespace

constinit const Rule kSquashWithoutApprovalRule = {
    .kind = diagnostics::Kind::kSquashWithoutApproval,
    .summary = "one migration stands for many, and nobody has approved of it",
    .rationale = R"md(
A squash is what new databases run in the place of its migrations, and few will
read those again. The build shows that it leaves the same behind; whether the
history is to be told so, and what of it, is for somebody to decide, who signs
for it with `APPROVED BY`.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250601_120000_squash_board.sql
MIGRATION 'squash board'
  REVISION 'c3'
  REVISES NONE
  SQUASHES 'a1' TO 'b2';

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
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
=== 20250116_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250601_120000_squash_board.sql
MIGRATION 'squash board'
  REVISION 'c3'
  REVISES NONE
  SQUASHES 'a1' TO 'b2' APPROVED BY 'Ada, who runs the databases';

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .check_graph = Check,
};

}  // namespace palindrome::checks
