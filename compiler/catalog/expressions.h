// Inside the catalog: what the engine says of the expressions of tables and
// indexes. Free functions, for the thread of their application.
#ifndef PALINDROME_COMPILER_CATALOG_EXPRESSIONS_H_
#define PALINDROME_COMPILER_CATALOG_EXPRESSIONS_H_

#include <optional>

#include "compiler/catalog/apply.h"

namespace palindrome::catalog {

// Refuse what the engine does not take inside an expression: of a table that is
// sound else, of an index of a table, of the USING of a column of a table.
void ValidateExpressions(const ast::Table& table, Application& application);
void ValidateExpressions(const ast::Index& index, const ObjectPtr& table,
                         Application& application);
void ValidateConversion(const ast::AlterColumnType& node,
                        const ast::Table& table, Application& application);

// What the engine has against `table` in place of the table of that name, with
// the indexes that this has.
std::optional<EngineError> ErrorWithIndexes(const ast::Table& table,
                                            const Application& application);

// SQLite forgets `a` in `a AND 0` before it asks for its columns, and reads it
// in an ALTER TABLE. It keeps what stands beside another spelling of 0. True:
// there was one.
bool KeepBesideZero(ast::Expression& body);

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_EXPRESSIONS_H_
