// Text as C++: string literals and comments that hold any bytes and that no
// content can escape from.
//
// Pure functions, any thread.
#ifndef PALINDROME_COMPILER_CODEGEN_LITERAL_H_
#define PALINDROME_COMPILER_CODEGEN_LITERAL_H_

#include <string>
#include <string_view>

namespace palindrome::codegen {

// Appends `text` as adjacent string literals, each on a line of its own that
// starts with `indent`: one a line of the text, and long lines in pieces.
// Nothing for an empty text. Every byte but printable ASCII is a three-digit
// octal escape, which no following digit can extend; so are quotes, backslashes
// and question marks, which may begin a trigraph.
void AppendLiterals(std::string_view text, std::string_view indent,
                    std::string& out);

// `text` for a `//` comment: what could end the line, continue it on the next
// or be a trigraph is `_`; cut after 60 bytes.
std::string CommentText(std::string_view text);

}  // namespace palindrome::codegen

#endif  // PALINDROME_COMPILER_CODEGEN_LITERAL_H_
