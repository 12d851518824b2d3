// The operations that lead from one catalog to another: what an upgrade would
// have to say. Nothing is taken for renamed: what has another name is dropped,
// and created.
//
// Values; a pure function, any thread.
#ifndef PALINDROME_COMPILER_AUTOGENERATE_OPERATIONS_H_
#define PALINDROME_COMPILER_AUTOGENERATE_OPERATIONS_H_

#include <string>
#include <vector>

#include "compiler/ast/statement.h"
#include "compiler/catalog/catalog.h"

namespace palindrome::autogenerate {

struct Operations {
  // In an order in which they apply, drops first.
  std::vector<ast::Statement> statements;
  // The differences that no statement of the language makes, a line each.
  std::vector<std::string> refusals;
};

// Archives and temporary objects count for nothing.
Operations FindOperations(const catalog::Catalog& before,
                          const catalog::Catalog& after);

// The changes that count: objects that differ, by key.
std::vector<catalog::Catalog::Change> SchemaChanges(
    const catalog::Catalog& before, const catalog::Catalog& after);

// As lines of an upgrade section, SQLite's own statements in FOR blocks.
std::string PrintOperations(const std::vector<ast::Statement>& statements);

}  // namespace palindrome::autogenerate

#endif  // PALINDROME_COMPILER_AUTOGENERATE_OPERATIONS_H_
