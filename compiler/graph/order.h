// The order of the revisions of a folder, also of one that is unsound.
//
// A pure function of indexes, linear but for the ties.
#ifndef PALINDROME_COMPILER_GRAPH_ORDER_H_
#define PALINDROME_COMPILER_GRAPH_ORDER_H_

#include <cstddef>
#include <optional>
#include <vector>

namespace palindrome::graph {

struct Order {
  // Every node once, after what it needs; among several the lowest first.
  // Those of a cycle, and what needs them, come last, the lowest first.
  std::vector<std::size_t> sequence;
  // Disjoint cycles, at least one for each knot of them: each node is followed
  // by one that it needs, and the last by the first, which is the lowest.
  std::vector<std::vector<std::size_t>> cycles;
};

// `followers`: by node, the one that comes right after it, wherever that one
// needs nothing else that is still missing; may be shorter than `needs`.
Order OrderOf(const std::vector<std::vector<std::size_t>>& needs,
              const std::vector<std::optional<std::size_t>>& followers = {});

}  // namespace palindrome::graph

#endif  // PALINDROME_COMPILER_GRAPH_ORDER_H_
