// Names that become file names and C++ names: nothing that a shell or a
// compiler could take for something else.
//
// Pure functions; each returns what is wrong with a name, or an empty string.
#ifndef PALINDROME_COMPILER_DRIVER_TARGET_NAMES_H_
#define PALINDROME_COMPILER_DRIVER_TARGET_NAMES_H_

#include <string>
#include <string_view>

namespace palindrome::driver {

// As CMake has them (policy CMP0037): letters, digits, and `_.+-`.
std::string CheckTargetName(std::string_view name);

// Identifiers between `::`, none a keyword of C++20.
std::string CheckNamespace(std::string_view name);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_TARGET_NAMES_H_
