// Findings as SARIF 2.1.0, the form that code scanners and reviews read.
//
// A pure function but for the file system, which tells whole paths; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_SARIF_H_
#define PALINDROME_COMPILER_DRIVER_SARIF_H_

#include <string>
#include <vector>

#include "llvm/Support/JSON.h"
#include "llvm/Support/VirtualFileSystem.h"

#include "compiler/diagnostics/emitter.h"

namespace palindrome::driver {

// One run with the findings as they are sorted, and the rules that they are of.
// Files below the working directory stay relative to it, as %SRCROOT%, so that
// the same folder gives the same text anywhere; others are absolute.
llvm::json::Value Sarif(const std::vector<diagnostics::Diagnostic>& diagnostics,
                        llvm::vfs::FileSystem& file_system,
                        const std::string& version);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_SARIF_H_
