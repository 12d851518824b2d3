#include "compiler/driver/path.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

namespace palindrome::driver {

std::string JoinPath(llvm::StringRef directory, llvm::StringRef name) {
  llvm::SmallString<128> path(directory);
  llvm::sys::path::append(path, name);
  return path.str().str();
}

}  // namespace palindrome::driver
