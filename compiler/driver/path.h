// Paths of files. Pure functions.
#ifndef PALINDROME_COMPILER_DRIVER_PATH_H_
#define PALINDROME_COMPILER_DRIVER_PATH_H_

#include <string>

#include "llvm/ADT/StringRef.h"

namespace palindrome::driver {

std::string JoinPath(llvm::StringRef directory, llvm::StringRef name);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_PATH_H_
