// The names that a header gives: which texts may be a revision's id, and which
// a branch's label.
//
// Pure functions, any thread.
#ifndef PALINDROME_COMPILER_PARSE_NAMES_H_
#define PALINDROME_COMPILER_PARSE_NAMES_H_

#include <string>
#include <string_view>

namespace palindrome::parse {

// 1 to 40 of the characters a-z, 0-9 and `_`.
bool IsRevisionId(std::string_view text);

// What commands take for a target: `head`, `heads`, `base`, `current`.
bool IsTargetWord(std::string_view text);

bool IsBlank(std::string_view text);

// Why the text is no branch label, or an empty string: a target could not name
// it, or would mean something else by it.
std::string WhyNoLabel(std::string_view text);

}  // namespace palindrome::parse

#endif  // PALINDROME_COMPILER_PARSE_NAMES_H_
