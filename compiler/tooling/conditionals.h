// What a call depends on: the conditions around it, and whether they ask a
// database what its schema is.
//
// Pure functions of Clang's values; one thread per context.
#ifndef PALINDROME_COMPILER_TOOLING_CONDITIONALS_H_
#define PALINDROME_COMPILER_TOOLING_CONDITIONALS_H_

#include <vector>

#include "clang/AST/ASTContext.h"

#include "compiler/facts/calls.h"
#include "compiler/tooling/file_table.h"
#include "compiler/tooling/uses.h"

namespace palindrome::tooling {

std::vector<facts::Branch> ReadBranches(
    const std::vector<Conditional>& conditionals, const Uses& uses,
    const clang::ASTContext& context, const FileTable& files);

}  // namespace palindrome::tooling

#endif  // PALINDROME_COMPILER_TOOLING_CONDITIONALS_H_
