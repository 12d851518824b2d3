// What the values of a field are.
//
// A pure function of Clang's values; one thread per context.
#ifndef PALINDROME_COMPILER_TOOLING_FIELD_TYPE_H_
#define PALINDROME_COMPILER_TOOLING_FIELD_TYPE_H_

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"

#include "compiler/facts/structs.h"
#include "compiler/tooling/file_table.h"
#include "compiler/tooling/marks.h"

namespace palindrome::tooling {

facts::FieldType ReadFieldType(const clang::FieldDecl& field,
                               const MarkReader& marks);

}  // namespace palindrome::tooling

#endif  // PALINDROME_COMPILER_TOOLING_FIELD_TYPE_H_
