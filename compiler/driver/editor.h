// The user's editor.
//
// One call, one thread; it returns when the editor does.
#ifndef PALINDROME_COMPILER_DRIVER_EDITOR_H_
#define PALINDROME_COMPILER_DRIVER_EDITOR_H_

#include <string>

#include "llvm/Support/Error.h"

namespace palindrome::driver {

// Runs the command that VISUAL or else EDITOR holds, which may have arguments
// (`code --wait`), on the file. As in git, a shell reads the command, and the
// path is an argument of its own that no shell reads.
llvm::Error EditFileWithEditor(const std::string& path);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_EDITOR_H_
