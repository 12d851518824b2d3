// What a token of a statement is.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CHECKS_TOKENS_H_
#define PALINDROME_COMPILER_CHECKS_TOKENS_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/expression.h"

namespace palindrome::checks {

using Tokens = std::vector<ast::Token>;

// Without regard to case.
bool IsWord(const ast::Token& token, std::string_view word);
bool IsSymbol(const ast::Token& token, std::string_view symbol);
// A word, or a name in quotes.
bool IsName(const ast::Token& token);
// Folded.
std::string NameOf(const ast::Token& token);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_TOKENS_H_
