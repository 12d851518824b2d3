// Whether two statements say the same. A pure function.
#ifndef PALINDROME_TESTS_PROPERTY_SAME_STATEMENT_H_
#define PALINDROME_TESTS_PROPERTY_SAME_STATEMENT_H_

#include "compiler/ast/statement.h"

namespace palindrome::property {

// Names, definitions and tokens; not the place of a column that was derived,
// which no text has.
bool SameStatement(const ast::Statement& left, const ast::Statement& right);

}  // namespace palindrome::property

#endif  // PALINDROME_TESTS_PROPERTY_SAME_STATEMENT_H_
