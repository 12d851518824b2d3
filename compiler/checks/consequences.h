// Findings that follow from others: one mistake gives one error.
//
// A pure function of values, for any thread.
#ifndef PALINDROME_COMPILER_CHECKS_CONSEQUENCES_H_
#define PALINDROME_COMPILER_CHECKS_CONSEQUENCES_H_

#include <vector>

#include "compiler/diagnostics/emitter.h"
#include "compiler/graph/graph.h"

namespace palindrome::checks {

// Removes what another finding of the same file has said already, or leaves
// open: what is lost while there is no downgrade that applies, rows while the
// schema is not restored, and the key that a foreign key of the file needs.
void RemoveConsequences(const graph::Graph& graph,
                        std::vector<diagnostics::Diagnostic>& diagnostics);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_CONSEQUENCES_H_
