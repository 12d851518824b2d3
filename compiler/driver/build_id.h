// What tells one build of this program from another, and where it lies.
//
// Pure functions of the program's file, any thread.
#ifndef PALINDROME_COMPILER_DRIVER_BUILD_ID_H_
#define PALINDROME_COMPILER_DRIVER_BUILD_ID_H_

#include <string>

namespace palindrome::driver {

// Two builds of one version differ. `name` is how the program was called.
// Empty if its file cannot be read.
std::string BuildId(const std::string& version, const char* name);

// The path of a program in the folder of this one.
std::string Beside(const char* name, const std::string& other);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_BUILD_ID_H_
