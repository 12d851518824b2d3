// The names of the columns that a view has, as far as its text and the schema
// tell.
//
// A pure function of values, for any thread.
#ifndef PALINDROME_COMPILER_CHECKS_VIEW_COLUMNS_H_
#define PALINDROME_COMPILER_CHECKS_VIEW_COLUMNS_H_

#include <optional>
#include <string>
#include <vector>

#include "compiler/ast/definition.h"
#include "compiler/catalog/catalog.h"

namespace palindrome::checks {

// `*` is written out. A column that is an expression without a name has its
// text for one. No value: they cannot be told.
std::optional<std::vector<std::string>> OutputColumns(
    const ast::View& view, const catalog::Catalog& catalog);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_VIEW_COLUMNS_H_
