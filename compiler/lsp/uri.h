// `file:` URIs and the paths that they mean. Pure functions.
#ifndef PALINDROME_COMPILER_LSP_URI_H_
#define PALINDROME_COMPILER_LSP_URI_H_

#include <optional>
#include <string>

#include "llvm/ADT/StringRef.h"

namespace palindrome::lsp {

// The absolute path, without `.` and `..`. No value: it is no file on this
// machine.
std::optional<std::string> PathOfUri(llvm::StringRef uri);
std::string UriOfPath(llvm::StringRef path);

}  // namespace palindrome::lsp

#endif  // PALINDROME_COMPILER_LSP_URI_H_
