// Text for a terminal, which gets no control characters from a history, a
// database or an engine. Pure functions.
#ifndef PALINDROME_RUNTIME_SRC_PRINTABLE_H_
#define PALINDROME_RUNTIME_SRC_PRINTABLE_H_

#include <string>
#include <string_view>

#include <palindrome/status.h>

namespace palindrome {

// `text` with a space for each tab and U+FFFD for every other control
// character: one line, without escape sequences.
std::string Printable(std::string_view text);

// The same for each line; all but the first are indented.
std::string PrintableLines(std::string_view text);

// `status.ToString()`, printable but for the line feeds that it adds. The
// lines of a statement stay, indented.
std::string PrintableError(const Status& status);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_PRINTABLE_H_
