// The parser of ALLOW, which headers and blocks share.
#ifndef PALINDROME_COMPILER_PARSE_ALLOW_H_
#define PALINDROME_COMPILER_PARSE_ALLOW_H_

#include <optional>

#include "compiler/ast/migration.h"
#include "compiler/parse/cursor.h"

namespace palindrome::parse {

// Reads rule BECAUSE 'reason' behind the word ALLOW, without what follows. A
// reason that is missing is left empty, with ALLOW's range: a check reports it.
// Nothing: an error has been reported.
std::optional<ast::Allow> ParseAllow(Cursor& cursor);

}  // namespace palindrome::parse

#endif  // PALINDROME_COMPILER_PARSE_ALLOW_H_
