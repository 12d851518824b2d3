#include <algorithm>
#include <string>
#include <vector>

#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kItself, kRevisionCycle,
                "revision `{0}` comes before itself; name another parent",
                std::string);
PALINDROME_TEXT(kCycle, kRevisionCycle,
                "the revisions {0} come before one another in a circle; change "
                "one of their `REVISES`",
                std::string);

// The reference of the revision that leads back into the cycle.
source::Location ReferenceInto(const graph::Revision& revision,
                               const std::vector<std::size_t>& cycle) {
  for (const graph::Reference& reference : revision.references) {
    if (reference.target && std::find(cycle.begin(), cycle.end(),
                                      *reference.target) != cycle.end()) {
      return {revision.migration.file, reference.text.range};
    }
  }
  return {revision.migration.file, revision.migration.header.range};
}

void Check(const graph::Graph& graph, diagnostics::Emitter& emitter) {
  for (const std::vector<std::size_t>& cycle : graph.cycles) {
    const graph::Revision& first = graph.revisions[cycle.front()];
    const source::Location location = ReferenceInto(first, cycle);
    if (cycle.size() == 1) {
      emitter.Emit(kItself, location, first.id);
      continue;
    }
    std::vector<std::string> ids;
    for (const std::size_t index : cycle) {
      ids.push_back(graph.revisions[index].id);
    }
    auto diagnostic = diagnostics::Make(kCycle, location, QuotedList(ids));
    for (std::size_t i = 1; i < cycle.size(); ++i) {
      const graph::Revision& other = graph.revisions[cycle[i]];
      diagnostic.With(ReferenceInto(other, cycle),
                      "`" + other.id + "` says so here");
    }
    emitter.Emit(std::move(diagnostic));
  }
}

}  // namespace

constinit const Rule kRevisionCycleRule = {
    .kind = diagnostics::Kind::kRevisionCycle,
    .summary = "revisions come before one another in a circle",
    .rationale = R"md(
Each of the revisions says that another of them comes first, so there is no
order in which they could run. It comes of a slip in `REVISES` or
`DEPENDS ON`, or of two branches that were both rebased onto the other.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES 'b2';

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
