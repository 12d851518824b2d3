// Whether what the revisions of a graph refer to is there.
//
// Pure functions; any thread.
#ifndef PALINDROME_COMPILER_GRAPH_REFERENCES_H_
#define PALINDROME_COMPILER_GRAPH_REFERENCES_H_

#include "compiler/graph/graph.h"

namespace palindrome::graph {

// Every REVISES and DEPENDS ON of the revision names one that is there.
bool AreFound(const Revision& revision);
// Those of every revision do; squashes are none.
bool AllAreFound(const Graph& graph);

}  // namespace palindrome::graph

#endif  // PALINDROME_COMPILER_GRAPH_REFERENCES_H_
