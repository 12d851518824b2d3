// The statement that creates an object anew, as a catalog has it.
//
// A pure function, any thread.
#ifndef PALINDROME_COMPILER_CATALOG_CREATE_AGAIN_H_
#define PALINDROME_COMPILER_CATALOG_CREATE_AGAIN_H_

#include <string_view>

#include "compiler/ast/statement.h"
#include "compiler/catalog/catalog.h"

namespace palindrome::catalog {

ast::Statement CreateAgain(const Object& object);

// Whether an object that uses the table needs the column, so that it is in the
// way of a change of that.
bool UsesColumn(const Catalog& catalog, const Object& user,
                const ast::Table& table, std::string_view column);

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_CREATE_AGAIN_H_
