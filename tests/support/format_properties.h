// What holds of the formatter for any migration without errors; unit tests,
// property tests and fuzzers check it.
//
// Pure functions: empty, or what does not hold, with the text that shows it.
#ifndef PALINDROME_TESTS_SUPPORT_FORMAT_PROPERTIES_H_
#define PALINDROME_TESTS_SUPPORT_FORMAT_PROPERTIES_H_

#include <string>

namespace palindrome::testing {

// The formatted text has the checksum, the printed statements and the comments
// of `text`, and formatting it again gives the same. A text with errors is
// left alone.
std::string FindFormatFault(const std::string& text);

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_SUPPORT_FORMAT_PROPERTIES_H_
