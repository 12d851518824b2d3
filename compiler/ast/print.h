// Parts of the printer that its files share. Pure functions.
#ifndef PALINDROME_COMPILER_AST_PRINT_H_
#define PALINDROME_COMPILER_AST_PRINT_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/table.h"

namespace palindrome::ast {

std::string_view Spelling(ConstraintKind kind);
// Empty for kUnspecified.
std::string_view Spelling(ConflictAction action);
std::string_view Spelling(ReferenceAction action);

std::string PrintName(const Name& name);
// `(a, b)`, or nothing if there are none.
std::string PrintNames(const std::vector<Name>& names);

}  // namespace palindrome::ast

#endif  // PALINDROME_COMPILER_AST_PRINT_H_
