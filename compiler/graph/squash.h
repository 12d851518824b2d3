// Which chain of revisions a squash stands for, and what keeps it from that.
//
// Pure functions of a graph, which need not be in its order yet; any thread.
#ifndef PALINDROME_COMPILER_GRAPH_SQUASH_H_
#define PALINDROME_COMPILER_GRAPH_SQUASH_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/graph/graph.h"

namespace palindrome::graph {

// The folder beside the migrations for those that a squash stands for.
inline constexpr std::string_view kSquashedFolder = "squashed";

struct Chain {
  // In their order; empty: there is no such chain.
  std::vector<std::size_t> members;
  std::string problem;  // Why there is none; empty: there is one.
  std::optional<std::size_t> culprit;  // The revision that is in the way.
};

// The revisions from `first` to `last`: at least two, of which each but the
// first revises the one before and needs nothing else, and of which only the
// last is needed by another revision.
Chain FindChain(const Graph& graph, std::size_t first, std::size_t last);

// Finds the members of one of the graph's squashes, or reports in it what is
// wrong with its header. Those before it in the graph have been resolved.
void ResolveSquash(const Graph& graph, Squash& squash);

}  // namespace palindrome::graph

#endif  // PALINDROME_COMPILER_GRAPH_SQUASH_H_
