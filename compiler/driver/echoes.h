// What errors of a history follow from errors of its other files.
//
// A pure function of values, for any thread.
#ifndef PALINDROME_COMPILER_DRIVER_ECHOES_H_
#define PALINDROME_COMPILER_DRIVER_ECHOES_H_

#include <vector>

#include "compiler/diagnostics/emitter.h"
#include "compiler/graph/graph.h"

namespace palindrome::driver {

// Removes them, so that one mistake gives one error: of those that a table's
// wrong key or column explains, what later files meet. SQLite refuses a
// statement whose foreign keys have no target, or whose table such a key refers
// to, and the rule says why; a file that is gone or cannot be read was a
// parent; a history that begins twice has not what the first one made; what is
// not written yet is missed, and so are a key and an archive.
void DropEchoes(const graph::Graph& graph,
                std::vector<diagnostics::Diagnostic>& diagnostics);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_ECHOES_H_
