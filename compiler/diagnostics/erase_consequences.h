// What follows from an error is not told, as long as an error is.
//
// A pure function of values, for any thread.
#ifndef PALINDROME_COMPILER_DIAGNOSTICS_ERASE_CONSEQUENCES_H_
#define PALINDROME_COMPILER_DIAGNOSTICS_ERASE_CONSEQUENCES_H_

#include <vector>

#include "llvm/ADT/STLFunctionalExtras.h"

#include "compiler/diagnostics/emitter.h"

namespace palindrome::diagnostics {

// Erases what follows from others; nothing, where no error would be left of
// those that there are, since then they follow from one another.
void EraseConsequences(std::vector<Diagnostic>& diagnostics,
                       llvm::function_ref<bool(const Diagnostic&)> follows);

}  // namespace palindrome::diagnostics

#endif  // PALINDROME_COMPILER_DIAGNOSTICS_ERASE_CONSEQUENCES_H_
