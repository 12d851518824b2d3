#include "compiler/driver/reach.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "compiler/parse/parse.h"

namespace palindrome::driver {
namespace {

// The revisions that `index` rests on and itself, in order.
std::vector<std::size_t> Lineage(const graph::Graph& graph, std::size_t index) {
  std::vector<bool> is_needed(graph.revisions.size());
  is_needed[index] = true;
  std::vector<std::size_t> lineage;
  for (std::size_t each = index + 1; each-- > 0;) {
    if (!is_needed[each]) {
      continue;
    }
    lineage.push_back(each);
    const graph::Revision& revision = graph.revisions[each];
    for (const std::size_t parent : revision.parents) {
      is_needed[parent] = true;
    }
    for (const std::size_t dependency : revision.depends_on) {
      is_needed[dependency] = true;
    }
  }
  std::reverse(lineage.begin(), lineage.end());
  return lineage;
}

}  // namespace

Reached Reach(const graph::Graph& graph, std::size_t index,
              catalog::Engine& engine, diagnostics::Emitter& emitter) {
  Reached reached;
  for (const std::size_t each : Lineage(graph, index)) {
    ast::Migration migration =
        parse::ParseMigration(*graph.revisions[each].migration.file, emitter);
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
