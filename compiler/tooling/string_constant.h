// The value of a string literal, and where its bytes are written.
//
// Pure functions of Clang's values; one thread per context.
#ifndef PALINDROME_COMPILER_TOOLING_STRING_CONSTANT_H_
#define PALINDROME_COMPILER_TOOLING_STRING_CONSTANT_H_

#include <optional>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"

#include "compiler/facts/text.h"
#include "compiler/tooling/file_table.h"

namespace palindrome::tooling {

// No value: its characters are wider than a byte, or no UTF-8.
std::optional<facts::Text> ReadLiteral(const clang::StringLiteral& literal,
                                       const clang::ASTContext& context,
                                       const FileTable& files);

}  // namespace palindrome::tooling

#endif  // PALINDROME_COMPILER_TOOLING_STRING_CONSTANT_H_
