#include "compiler/checks/ancestors.h"

#include <cstddef>

namespace palindrome::checks {

std::vector<bool> AncestorsOf(const graph::Graph& graph,
                              const graph::Revision& revision) {
  std::vector<bool> is_ancestor(graph.revisions.size());
  std::vector<std::size_t> left;
  const auto add = [&](const graph::Revision& each) {
    for (const auto* needed : {&each.parents, &each.depends_on}) {
      for (const std::size_t index : *needed) {
        if (!is_ancestor[index]) {
          is_ancestor[index] = true;
          left.push_back(index);
        }
      }
    }
  };
  add(revision);
  while (!left.empty()) {
    const std::size_t index = left.back();
    left.pop_back();
    add(graph.revisions[index]);
  }
  return is_ancestor;
}

}  // namespace palindrome::checks
