// The statement that creates an object anew, as a catalog has it.
//
// A pure function, any thread.
#ifndef PALINDROME_COMPILER_CATALOG_CREATE_AGAIN_H_
#define PALINDROME_COMPILER_CATALOG_CREATE_AGAIN_H_

#include "compiler/ast/statement.h"
#include "compiler/catalog/catalog.h"

namespace palindrome::catalog {

ast::Statement CreateAgain(const Object& object);

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_CREATE_AGAIN_H_
