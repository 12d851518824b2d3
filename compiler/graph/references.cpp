#include "compiler/graph/references.h"

#include <algorithm>

namespace palindrome::graph {

bool AreFound(const Revision& revision) {
  return std::all_of(
      revision.references.begin(), revision.references.end(),
      [](const Reference& reference) { return reference.target.has_value(); });
}

bool AllAreFound(const Graph& graph) {
  return std::all_of(graph.revisions.begin(), graph.revisions.end(),
                     [](const Revision& each) { return AreFound(each); });
}

}  // namespace palindrome::graph
