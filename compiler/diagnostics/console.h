// Writes diagnostics for people: `file:line:col: severity: message [tag]`, the
// source line, a caret with the rest of the range underlined, what `check
// --fix` would write there, then the notes in the same form. In colour where
// the stream's colours are enabled. Nothing is kept; one thread at a time per
// stream.
#ifndef PALINDROME_COMPILER_DIAGNOSTICS_CONSOLE_H_
#define PALINDROME_COMPILER_DIAGNOSTICS_CONSOLE_H_

#include <vector>

#include "llvm/Support/raw_ostream.h"

#include "compiler/diagnostics/emitter.h"

namespace palindrome::diagnostics {

// Orders by file, place and kind, and removes repeated ones.
void Sort(std::vector<Diagnostic>& diagnostics);

void WriteConsole(const std::vector<Diagnostic>& diagnostics,
                  llvm::raw_ostream& out);

// The last line, such as "2 errors and 1 warning generated."; nothing if there
// are none.
void WriteSummary(const std::vector<Diagnostic>& diagnostics,
                  llvm::raw_ostream& out);

}  // namespace palindrome::diagnostics

#endif  // PALINDROME_COMPILER_DIAGNOSTICS_CONSOLE_H_
