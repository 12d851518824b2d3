// Which corrections of names are plain enough for a tool to make.
//
// A pure function of the history and the findings.
#ifndef PALINDROME_COMPILER_DRIVER_PLAIN_FIXES_H_
#define PALINDROME_COMPILER_DRIVER_PLAIN_FIXES_H_

#include <vector>

#include "compiler/diagnostics/emitter.h"
#include "compiler/graph/graph.h"

namespace palindrome::driver {

// A name that is written more than once is no slip of the pen: what should have
// it may be what is misspelt. Its correction is left to a person.
void LeaveRepeatedNames(const graph::Graph& graph,
                        std::vector<diagnostics::Diagnostic>& diagnostics);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_PLAIN_FIXES_H_
