// Numbers that say how much a test tries. Any thread, while nothing changes the
// environment.
#ifndef PALINDROME_TESTS_SUPPORT_ENVIRONMENT_H_
#define PALINDROME_TESTS_SUPPORT_ENVIRONMENT_H_

#include <cstdint>
#include <cstdlib>

namespace palindrome::testing {

// The variable as a decimal number; `otherwise`, if it is not set.
inline std::uint64_t FromEnvironment(const char* name,
                                     std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_SUPPORT_ENVIRONMENT_H_
