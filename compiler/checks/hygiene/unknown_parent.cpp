#include <string>
#include <vector>

#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kUnknown, kUnknownParent, "there is no revision `{0}`{1}",
                std::string, std::string);

// What is named instead of a revision, or what it may be a misspelling of.
std::string Hint(const graph::Graph& graph, const graph::Revision& of,
                 const std::string& name) {
  if (const graph::Squash* squash = graph.FindSquash(name)) {
    const ast::Squashes& clause = *squash->revision.migration.header.squashes;
    return ", but a squash of those from `" + clause.from.value + "` to `" +
           clause.to.value + "`; name the last of them";
  }
  std::vector<std::string> ids;
  for (const graph::Revision& revision : graph.revisions) {
    if (revision.id != of.id) {
      ids.push_back(revision.id);
    }
  }
  std::string suggestion = diagnostics::Suggestion(name, ids);
  return suggestion.empty() ? "; bring its file back, or name another one"
                            : suggestion;
}

void Check(const graph::Graph& graph, diagnostics::Emitter& emitter) {
  for (const graph::Revision* revision : graph.All()) {
    for (const graph::Reference& reference : revision->references) {
      if (!reference.target) {
        const std::string& name = reference.text.value;
        emitter.Emit(kUnknown, {revision->migration.file, reference.text.range},
                     name, Hint(graph, *revision, name));
      }
    }
  }
}

}  // namespace

constinit const Rule kUnknownParentRule = {
    .kind = diagnostics::Kind::kUnknownParent,
    .summary = "REVISES or DEPENDS ON names a revision that no file has",
    .rationale = R"md(
The history has a hole: a file was deleted, was never merged, or its id is
misspelt. What the migration builds upon is not known, so neither it nor what
comes after it can be checked.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'f6e5d4c3b2a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1b2c3d4e5f6'
  REVISES 'f6e5d4c3b2a2';

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'f6e5d4c3b2a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1b2c3d4e5f6'
  REVISES 'f6e5d4c3b2a1';

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .check_graph = Check,
};

}  // namespace palindrome::checks
