#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kUnknown, kUnknownParent, "there is no revision `{0}`{1}",
                std::string, std::string);
PALINDROME_TEXT(kMisspelt, kUnknownParent, "there is no revision `{0}`{1}",
                std::string, diagnostics::Meant);

std::vector<std::string> OtherIds(const graph::Graph& graph,
                                  const graph::Revision& of) {
  std::vector<std::string> ids;
  for (const graph::Revision& revision : graph.revisions) {
    if (revision.id != of.id) {
      ids.push_back(revision.id);
    }
  }
  return ids;
}

// A squash begins or ends with it.
bool IsSquashed(const graph::Graph& graph, const std::string& id) {
  return std::any_of(
      graph.squashes.begin(), graph.squashes.end(),
      [&id](const graph::Squash& squash) {
        const auto& clause = squash.revision.migration.header.squashes;
        return clause && (clause->from.value == id || clause->to.value == id);
      });
}

diagnostics::Diagnostic Describe(const graph::Graph& graph,
                                 const graph::Revision& of,
                                 const ast::Text& reference) {
  const source::Location place{of.migration.file, reference.range};
  const std::string& name = reference.value;
  if (const graph::Squash* squash = graph.FindSquash(name)) {
    const ast::Squashes& clause = *squash->revision.migration.header.squashes;
    return diagnostics::Make(kUnknown, place, name,
                             ", but a squash of those from `" +
                                 clause.from.value + "` to `" +
                                 clause.to.value + "`; name the last of them");
  }
  if (IsSquashed(graph, name)) {
    return diagnostics::Make(
        kUnknown, place, name,
        ", which a squash stands for; the migrations of a "
        "squash stay, in `squashed/`: bring its file back");
  }
  auto meant = diagnostics::MeantName(name, OtherIds(graph, of));
  // Its file may not have been merged yet.
  meant.is_plain = false;
  return meant.name.empty()
             ? diagnostics::Make(kUnknown, place, name,
                                 "; bring its file back, or name another one")
             : diagnostics::Make(kMisspelt, place, name, meant);
}

void Check(const graph::Graph& graph, diagnostics::Emitter& emitter) {
  // A file whose id could not be read may be the one that is meant.
  const auto all = graph.All();
  if (std::any_of(all.begin(), all.end(), [](const graph::Revision* revision) {
        return revision->id.empty();
      })) {
    return;
  }
  // So may one that has the id of another, but for these themselves.
  std::set<const graph::Revision*> twins;
  for (const auto& [kept, repeated] : graph.duplicates) {
    twins.insert({all[kept], all[repeated]});
  }
  for (const graph::Revision* revision : graph.All()) {
    for (const graph::Reference& reference : revision->references) {
      if (!reference.target && (twins.empty() || twins.contains(revision))) {
        auto diagnostic = Describe(graph, *revision, reference.text);
        diagnostic.subject = reference.text.value;
        emitter.Emit(std::move(diagnostic));
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
