// A name that is missing is told once, however many places name it.
//
// A pure function of values, for any thread.
#ifndef PALINDROME_COMPILER_DIAGNOSTICS_TOLD_ONCE_H_
#define PALINDROME_COMPILER_DIAGNOSTICS_TOLD_ONCE_H_

#include <vector>

#include "compiler/diagnostics/emitter.h"

namespace palindrome::diagnostics {

// Of the errors of a history that miss the same thing, the first stays, and the
// places of the others are its notes. They are sorted.
void TellOnce(std::vector<Diagnostic>& diagnostics);

}  // namespace palindrome::diagnostics

#endif  // PALINDROME_COMPILER_DIAGNOSTICS_TOLD_ONCE_H_
