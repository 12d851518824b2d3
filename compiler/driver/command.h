// The commands, each in a file of its name.
//
// `args` are what follows the command's name. Each returns the exit status.
#ifndef PALINDROME_COMPILER_DRIVER_COMMAND_H_
#define PALINDROME_COMPILER_DRIVER_COMMAND_H_

#include <string>

#include "llvm/ADT/ArrayRef.h"

#include "compiler/driver/environment.h"

namespace palindrome::driver {

#define PALINDROME_COMMAND(Function, Name, Summary) \
  int Function(llvm::ArrayRef<std::string> args, Environment& environment);
#include "compiler/driver/commands.def"

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_COMMAND_H_
