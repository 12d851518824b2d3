#include "compiler/lsp/uri.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

#include "compiler/source/uri.h"

namespace palindrome::lsp {

std::optional<std::string> PathOfUri(llvm::StringRef uri) {
  if (!uri.consume_front_insensitive("file://")) {
    return std::nullopt;
  }
  uri.consume_front_insensitive("localhost");
  std::string path;
  for (std::size_t at = 0; at < uri.size(); ++at) {
    if (uri[at] != '%') {
      path += uri[at];
      continue;
    }
    const llvm::StringRef digits = uri.substr(at + 1, 2);
    unsigned byte = 0;
    if (digits.size() != 2 || digits.getAsInteger(16, byte)) {
      return std::nullopt;
    }
    path += static_cast<char>(byte);
    at += 2;
  }
  if (path.empty() || path.front() != '/' ||
      path.find('\0') != std::string::npos) {
    return std::nullopt;
  }
  llvm::SmallString<128> clean(path);
  llvm::sys::path::remove_dots(clean, /*remove_dot_dot=*/true);
  return clean.str().str();
}

std::string UriOfPath(llvm::StringRef path) {
  return "file://" + source::EncodePath(path);
}

}  // namespace palindrome::lsp
