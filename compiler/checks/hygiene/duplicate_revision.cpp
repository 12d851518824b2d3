#include <string>

#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kDuplicate, kDuplicateRevision,
                "there is a revision `{0}` already; give this one an id of its "
                "own",
                std::string);

void Check(const graph::Graph& graph, diagnostics::Emitter& emitter) {
  const auto all = graph.All();
  for (const auto& [kept, repeated] : graph.duplicates) {
    const graph::Revision& revision = *all[repeated];
    emitter.Emit(
        diagnostics::Make(kDuplicate, graph::LocationOf(revision), revision.id)
            .With(graph::LocationOf(*all[kept]), "it is here"));
  }
}

}  // namespace

constinit const Rule kDuplicateRevisionRule = {
    .kind = diagnostics::Kind::kDuplicateRevision,
    .summary = "two migrations have the same revision id",
    .rationale = R"md(
The id is what databases record and what later migrations refer to. If two files
carry the same one, a database that ran the first believes that it has run the
second. It happens when a file is copied to begin a new migration.

Ids are compared without regard to case.
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
  REVISION 'a1'
  REVISES 'a1';

UPGRADE BEGIN
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
)sql",
    .check_graph = Check,
};

}  // namespace palindrome::checks
