// Finds the structs of a translation unit that concern a schema.
//
// A pure function of Clang's values; one thread per context.
#ifndef PALINDROME_COMPILER_TOOLING_STRUCTS_H_
#define PALINDROME_COMPILER_TOOLING_STRUCTS_H_

#include "clang/AST/ASTContext.h"

#include "compiler/facts/unit.h"
#include "compiler/tooling/file_table.h"
#include "compiler/tooling/unit.h"

namespace palindrome::tooling {

void ReadStructs(clang::ASTContext& context, const FileTable& files,
                 const ParseOptions& options, facts::Unit& unit);

}  // namespace palindrome::tooling

#endif  // PALINDROME_COMPILER_TOOLING_STRUCTS_H_
