// The command line of palindrome.
//
// One call runs one command, on one thread.
#ifndef PALINDROME_COMPILER_DRIVER_RUN_H_
#define PALINDROME_COMPILER_DRIVER_RUN_H_

#include <string>

#include "llvm/ADT/ArrayRef.h"

#include "compiler/driver/environment.h"

namespace palindrome::driver {

// Runs the command in `args`, which do not hold the program's name, and
// returns the exit status: 0, 1 for findings of severity error, 2 for wrong
// usage.
int Run(llvm::ArrayRef<std::string> args, Environment& environment);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_RUN_H_
