// Findings as SARIF 2.1.0, the form that code scanners and reviews read.
//
// A pure function; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_SARIF_H_
#define PALINDROME_COMPILER_DRIVER_SARIF_H_

#include <string>
#include <vector>

#include "llvm/Support/JSON.h"

#include "compiler/diagnostics/emitter.h"

namespace palindrome::driver {

// One run with the findings as they are sorted, and the rules that they are of.
// Paths stay relative to %SRCROOT%, so that the same folder gives the same text
// anywhere.
llvm::json::Value Sarif(const std::vector<diagnostics::Diagnostic>& diagnostics,
                        const std::string& version);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_SARIF_H_
