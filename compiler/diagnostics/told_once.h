// A name that is missing is told once, however many places name it, and so are
// a schema that is not restored, however many parts of it differ, and a row.
//
// A pure function of values, for any thread.
#ifndef PALINDROME_COMPILER_DIAGNOSTICS_TOLD_ONCE_H_
#define PALINDROME_COMPILER_DIAGNOSTICS_TOLD_ONCE_H_

#include <vector>

#include "compiler/diagnostics/emitter.h"

namespace palindrome::diagnostics {

// Of the errors of a history about the same thing, the first stays, and the
// others are its notes. They are sorted.
void TellOnce(std::vector<Diagnostic>& diagnostics);

}  // namespace palindrome::diagnostics

#endif  // PALINDROME_COMPILER_DIAGNOSTICS_TOLD_ONCE_H_
