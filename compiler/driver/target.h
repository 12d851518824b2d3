// What a target on the command line means in a folder of migrations.
//
// A pure function, any thread.
#ifndef PALINDROME_COMPILER_DRIVER_TARGET_H_
#define PALINDROME_COMPILER_DRIVER_TARGET_H_

#include <cstddef>
#include <string>

#include "compiler/graph/graph.h"
#include "palindrome/status.h"
#include "runtime/src/revision_graph.h"

namespace palindrome::driver {

// The graph as the runtime has it: a node for each revision, in their order. Of
// a sound graph.
Result<RevisionGraph> RuntimeGraph(const graph::Graph& graph);

// An error where the target is the id of a squash and not of a revision.
Status RefuseSquash(const graph::Graph& graph, const std::string& target);

// The one revision that a target means: an id or the start of one, `head`, `-N`
// (before the head), `+N` (from the base), and the other forms of
// runtime/docs/revisions.md. Ids are found in an unsound graph too; the others
// need one in which a step has a direction.
Result<std::size_t> FindTarget(const graph::Graph& graph,
                               const std::string& target);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_TARGET_H_
