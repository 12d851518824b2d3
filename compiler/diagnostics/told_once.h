// A name that is missing is told once, however many places name it, and so are
// a schema that is not restored, however many parts of it differ, and a row.
// What follows from an error is not told.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_DIAGNOSTICS_TOLD_ONCE_H_
#define PALINDROME_COMPILER_DIAGNOSTICS_TOLD_ONCE_H_

#include <vector>

#include "llvm/ADT/STLFunctionalExtras.h"

#include "compiler/diagnostics/emitter.h"

namespace palindrome::diagnostics {

// Of the errors of a history about the same thing, the first stays, and the
// others are its notes. They are sorted.
void TellOnce(std::vector<Diagnostic>& diagnostics);

// Erases what follows from others; nothing, where no error would be left of
// those that there are, since then they follow from one another.
void EraseConsequences(std::vector<Diagnostic>& diagnostics,
                       llvm::function_ref<bool(const Diagnostic&)> follows);

}  // namespace palindrome::diagnostics

#endif  // PALINDROME_COMPILER_DIAGNOSTICS_TOLD_ONCE_H_
