// The check for a migration that was made but not written yet.
//
// Reads the graph; one thread, one emitter.
#ifndef PALINDROME_COMPILER_DRIVER_UNWRITTEN_H_
#define PALINDROME_COMPILER_DRIVER_UNWRITTEN_H_

#include "compiler/diagnostics/emitter.h"
#include "compiler/graph/graph.h"

namespace palindrome::driver {

// Reports an upgrade without statements as kNothingToUpgrade. A migration that
// merges heads may have one.
void CheckWritten(const graph::Graph& graph, diagnostics::Emitter& emitter);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_UNWRITTEN_H_
