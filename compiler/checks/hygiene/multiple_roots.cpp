#include <map>
#include <string>

#include "compiler/checks/rule.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kSecondRoot, kMultipleRoots,
                "revision `{0}` begins a second history; let it revise "
                "another one, or give it a `BRANCH` label of its own",
                std::string);

source::Location BeginningOf(const graph::Revision& revision) {
  const ast::Header& header = revision.migration.header;
  return {revision.migration.file,
          header.revises_range ? *header.revises_range : header.range};
}

void Check(const graph::Graph& graph, diagnostics::Emitter& emitter) {
  // What a header says that cannot be read is not known.
  if (!graph::HeadersAreRead(graph)) {
    return;
  }
  std::map<std::string, std::size_t> first_of_label;
  for (const std::size_t root : graph.roots) {
    const graph::Revision& revision = graph.revisions[root];
    const auto& labels = revision.migration.header.branch_labels;
    const std::string label =
        labels.empty() ? "" : sql::FoldCase(labels.front().value);
    const auto [first, is_new] = first_of_label.emplace(label, root);
    if (!is_new) {
      emitter.Emit(
          diagnostics::Make(kSecondRoot, BeginningOf(revision), revision.id)
              .With(BeginningOf(graph.revisions[first->second]),
                    "the first history begins here"));
    }
  }
}

}  // namespace

constinit const Rule kMultipleRootsRule = {
    .kind = diagnostics::Kind::kMultipleRoots,
    .summary = "more than one revision revises nothing",
    .rationale = R"md(
A second revision without a parent is a stray or copied history as a rule: it
would run on a database that it knows nothing of, before or after everything
else.

Where two histories are meant to live side by side, as those of a program and of
its plug-in, each base carries a `BRANCH` label of its own.
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
  REVISES NONE;

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
=== 20250117_100000_create_plugin_settings.sql
MIGRATION 'create plugin settings'
  REVISION 'c3'
  REVISES NONE
  BRANCH 'plugin';

UPGRADE BEGIN
  CREATE TABLE plugin_settings (name TEXT PRIMARY KEY, value TEXT);
END;

DOWNGRADE AUTO;
)sql",
    .check_graph = Check,
};

}  // namespace palindrome::checks
