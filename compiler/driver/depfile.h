// Files in the syntax of make that say what others are made of.
//
// A pure function.
#ifndef PALINDROME_COMPILER_DRIVER_DEPFILE_H_
#define PALINDROME_COMPILER_DRIVER_DEPFILE_H_

#include <string>
#include <vector>

namespace palindrome::driver {

// A rule of make: what the files are made of.
std::string MakeDepfile(const std::vector<std::string>& outputs,
                        const std::vector<std::string>& inputs);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_DEPFILE_H_
