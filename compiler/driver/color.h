// Whether findings are written in colour. A pure function.
#ifndef PALINDROME_COMPILER_DRIVER_COLOR_H_
#define PALINDROME_COMPILER_DRIVER_COLOR_H_

namespace palindrome::driver {

// On a terminal, unless NO_COLOR is set to anything; `no_color` is its value,
// or null.
inline bool WantsColor(bool is_terminal, const char* no_color) {
  return is_terminal && (no_color == nullptr || *no_color == '\0');
}

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_COLOR_H_
