#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/graph/references.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kHeads, kMultipleHeads,
                "the history ends in {0} heads, {1}; `palindrome merge` writes "
                "a migration that revises all of them, and `palindrome rebase` "
                "lets one follow the other",
                std::size_t, std::string);

// Revisions that are joined by REVISES share a number.
class Histories {
 public:
  explicit Histories(const graph::Graph& graph)
      : parent_(graph.revisions.size()) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
    for (std::size_t i = 0; i < graph.revisions.size(); ++i) {
      for (const std::size_t parent : graph.revisions[i].parents) {
        parent_[Of(i)] = Of(parent);
      }
    }
  }

  std::size_t Of(std::size_t index) {
    while (parent_[index] != index) {
      parent_[index] = parent_[parent_[index]];
      index = parent_[index];
    }
    return index;
  }

 private:
  std::vector<std::size_t> parent_;
};

void Check(const graph::Graph& graph, diagnostics::Emitter& emitter) {
  // What a header says that cannot be read is not known.
  if (!graph::HeadersAreRead(graph)) {
    return;
  }
  // Neither is what follows a revision that is not there.
  if (!graph::AllAreFound(graph)) {
    return;
  }
  // A repeated id makes a head of the file that nothing can refer to.
  if (!graph.duplicates.empty()) {
    return;
  }
  Histories histories(graph);
  std::map<std::size_t, std::vector<std::size_t>> heads;
  for (const std::size_t head : graph.heads) {
    heads[histories.Of(head)].push_back(head);
  }
  for (auto& [history, of_history] : heads) {
    if (of_history.size() < 2) {
      continue;
    }
    std::sort(of_history.begin(), of_history.end());
    std::vector<std::string> ids;
    for (const std::size_t head : of_history) {
      ids.push_back(graph.revisions[head].id);
    }
    auto diagnostic = diagnostics::Make(
        kHeads, graph::LocationOf(graph.revisions[of_history.back()]),
        ids.size(), QuotedList(ids));
    of_history.pop_back();
    for (const std::size_t head : of_history) {
      diagnostic.With(graph::LocationOf(graph.revisions[head]),
                      "`" + graph.revisions[head].id + "` is another head");
    }
    emitter.Emit(std::move(diagnostic));
  }
}

}  // namespace

constinit const Rule kMultipleHeadsRule = {
    .kind = diagnostics::Kind::kMultipleHeads,
    .summary = "a history ends in more than one revision",
    .rationale = R"md(
Two people have each written a migration on top of the same one, and both are
here now. The word `head` means two things, and the order in which databases
apply the two is not defined: one that took the first alone is in a state that
nobody has built or tested.

If the two have nothing to do with each other, let the later one revise the
earlier (`palindrome rebase REVISION --onto REVISION`). If both are out in the
world already, write a migration that revises both (`palindrome merge`); its
upgrade may be empty.

Histories that begin at a base of their own end where they like, and are
counted apart.
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
=== 20250117_100000_create_labels.sql
MIGRATION 'create labels'
  REVISION 'c3'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE labels (id INTEGER PRIMARY KEY, word TEXT NOT NULL);
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
=== 20250117_100000_create_labels.sql
MIGRATION 'create labels'
  REVISION 'c3'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE labels (id INTEGER PRIMARY KEY, word TEXT NOT NULL);
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
)sql",
    .check_graph = Check,
};

}  // namespace palindrome::checks
