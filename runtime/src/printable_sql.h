// SQL for a terminal. A pure function.
#ifndef PALINDROME_RUNTIME_SRC_PRINTABLE_SQL_H_
#define PALINDROME_RUNTIME_SRC_PRINTABLE_SQL_H_

#include <string>
#include <string_view>

namespace palindrome {

// The statement with a semicolon behind it, so that it can be run again: lines
// that begin within a string, a quoted name or a comment stand as they are, and
// all others have `indent` before them. Only control characters become U+FFFD,
// but for tabs and the ends of lines.
std::string PrintableSql(std::string_view sql, std::string_view indent);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_PRINTABLE_SQL_H_
