// What a generator leaves open in a statement.
//
// A pure function of the tokens.
#ifndef PALINDROME_COMPILER_PARSE_BLANK_H_
#define PALINDROME_COMPILER_PARSE_BLANK_H_

#include <cstddef>
#include <optional>

#include "compiler/parse/context.h"

namespace palindrome::parse {

// The first `<value>` among the tokens [begin, end): words in angle brackets
// where an operand is wanted, so that `<` compares nothing.
std::optional<source::Range> FindBlank(const Context& context,
                                       std::size_t begin, std::size_t end);

}  // namespace palindrome::parse

#endif  // PALINDROME_COMPILER_PARSE_BLANK_H_
