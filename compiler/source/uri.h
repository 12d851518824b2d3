// Paths as they stand in URIs. Pure functions.
#ifndef PALINDROME_COMPILER_SOURCE_URI_H_
#define PALINDROME_COMPILER_SOURCE_URI_H_

#include <string>
#include <string_view>

namespace palindrome::source {

// Percent-encoded, but for letters, digits, `/` and what no URI treats
// specially. A path may have any bytes.
std::string EncodePath(std::string_view path);

}  // namespace palindrome::source

#endif  // PALINDROME_COMPILER_SOURCE_URI_H_
