#include "compiler/driver/reach.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "compiler/parse/parse.h"

namespace palindrome::driver {
namespace {

// What the revision, or squash, rests on and itself, in order.
std::vector<const graph::Revision*> Lineage(const graph::Graph& graph,
                                            const graph::Revision& last) {
  std::vector<bool> is_needed(graph.revisions.size());
  const auto need = [&is_needed](const graph::Revision& revision) {
    for (const std::size_t parent : revision.parents) {
      is_needed[parent] = true;
    }
    for (const std::size_t dependency : revision.depends_on) {
      is_needed[dependency] = true;
    }
  };
  need(last);
  std::vector<const graph::Revision*> lineage = {&last};
  for (std::size_t each = graph.revisions.size(); each-- > 0;) {
    if (is_needed[each]) {
      lineage.push_back(&graph.revisions[each]);
      need(graph.revisions[each]);
    }
  }
  std::reverse(lineage.begin(), lineage.end());
  return lineage;
}

}  // namespace

Reached Reach(const graph::Graph& graph, const graph::Revision& last,
              catalog::Engine& engine, diagnostics::Emitter& emitter) {
  Reached reached;
  for (const graph::Revision* each : Lineage(graph, last)) {
    ast::Migration migration =
        parse::ParseMigration(*each->migration.file, emitter);
    if (!migration.body_ok) {
      continue;
    }
    const catalog::Catalog before = std::move(reached.upgrade.after);
    reached.migration = std::move(migration);
    reached.upgrade = catalog::Simulate(reached.migration.upgrade.items,
                                        reached.migration.file, before, engine);
    if (!reached.upgrade.applies) {
      for (const diagnostics::Diagnostic& problem : reached.upgrade.problems) {
        emitter.Emit(problem);
      }
    }
  }
  return reached;
}

}  // namespace palindrome::driver
