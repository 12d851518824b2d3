#include <map>
#include <string>

#include "compiler/checks/rule.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kLabelTaken, kDuplicateBranchLabel,
                "the branch label `{0}` is on revision `{1}` already; a label "
                "names one revision",
                std::string, std::string);
PALINDROME_TEXT(kLabelIsId, kDuplicateBranchLabel,
                "the branch label `{0}` is the id of a {1}, which every target "
                "would mean instead; choose another label",
                std::string, std::string);

struct Label {
  std::size_t revision = 0;
  source::Location location;
};

void CheckIds(const graph::Graph& graph, const std::string& label,
              const source::Location& location, diagnostics::Emitter& emitter) {
  const auto report = [&](const std::string& kind,
                          const graph::Revision& named) {
    emitter.Emit(
        diagnostics::Make(kLabelIsId, location, label, kind)
            .With(graph::LocationOf(named), "the " + kind + " is here"));
  };
  if (const auto named = graph.Find(label)) {
    report("revision", graph.revisions[*named]);
  } else if (const graph::Squash* squash = graph.FindSquash(label)) {
    report("squash", squash->revision);
  }
}

void Check(const graph::Graph& graph, diagnostics::Emitter& emitter) {
  std::map<std::string, Label> first_of_label;
  for (std::size_t i = 0; i < graph.revisions.size(); ++i) {
    const ast::Migration& migration = graph.revisions[i].migration;
    for (const ast::Text& label : migration.header.branch_labels) {
      const source::Location location{migration.file, label.range};
      CheckIds(graph, label.value, location, emitter);
      const auto [first, is_new] = first_of_label.emplace(
          sql::FoldCase(label.value), Label{i, location});
      if (!is_new && first->second.revision != i) {
        emitter.Emit(
            diagnostics::Make(kLabelTaken, location, label.value,
                              graph.revisions[first->second.revision].id)
                .With(first->second.location, "the first is here"));
      }
    }
  }
}

}  // namespace

constinit const Rule kDuplicateBranchLabelRule = {
    .kind = diagnostics::Kind::kDuplicateBranchLabel,
    .summary = "a branch label is on two revisions, or is the id of one",
    .rationale = R"md(
A branch label is a name that commands take for a revision, as in
`upgrade plugin@head`. If two revisions carry it, or a revision or a squash has
it as its id, it no longer says which one is meant.

A label stands on the first revision of its branch alone: what revises that one
belongs to the branch without a label. Labels are compared with each other and
with ids without regard to case.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE
  BRANCH 'app';

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'b2'
  REVISES 'a1'
  BRANCH 'app';

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE
  BRANCH 'app';

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
