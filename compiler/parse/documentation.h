// The comments that document a migration.
#ifndef PALINDROME_COMPILER_PARSE_DOCUMENTATION_H_
#define PALINDROME_COMPILER_PARSE_DOCUMENTATION_H_

#include <string>

#include "compiler/lex/lex.h"

namespace palindrome::parse {

// The comments before the first token, without their markers, a line each.
std::string Documentation(const lex::TokenBuffer& buffer);

}  // namespace palindrome::parse

#endif  // PALINDROME_COMPILER_PARSE_DOCUMENTATION_H_
