// What SQL literals say, whatever type a value is stored as. Pure functions.
#ifndef PALINDROME_RUNTIME_SRC_LITERAL_VALUES_H_
#define PALINDROME_RUNTIME_SRC_LITERAL_VALUES_H_

#include <string>
#include <string_view>

namespace palindrome {

// A key that two lists of literals ("1, 'x'") share if each value of one is
// the value of the other: '99', 99, 99.0 and x'3939' are one, and '099' is
// another, since no number is written so.
std::string KeyOfLiterals(std::string_view literals);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_LITERAL_VALUES_H_
