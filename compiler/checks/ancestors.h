// What stands before a revision in its history.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CHECKS_ANCESTORS_H_
#define PALINDROME_COMPILER_CHECKS_ANCESTORS_H_

#include <vector>

#include "compiler/graph/graph.h"

namespace palindrome::checks {

// For each revision of the graph, whether the other one revises or depends on
// it, directly or not.
std::vector<bool> AncestorsOf(const graph::Graph& graph,
                              const graph::Revision& revision);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_ANCESTORS_H_
