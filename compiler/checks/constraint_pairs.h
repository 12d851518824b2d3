// Which constraint of a table before the upgrade is which after the downgrade.
//
// Pure functions of values, for any thread. The pairs point into the tables.
#ifndef PALINDROME_COMPILER_CHECKS_CONSTRAINT_PAIRS_H_
#define PALINDROME_COMPILER_CHECKS_CONSTRAINT_PAIRS_H_

#include <utility>
#include <vector>

#include "compiler/ast/table.h"
#include "compiler/catalog/catalog.h"

namespace palindrome::checks {

// A table and the catalog that it is in.
struct TableIn {
  const ast::Table& table;
  const catalog::Catalog& catalog;
};

struct ConstraintPairs {
  // Both ask the same of rows, and not in the same words. Names do not count,
  // nor does MATCH, which engines ignore; REFERENCES without columns means the
  // primary key that the parent has in the same catalog.
  std::vector<std::pair<const ast::Constraint*, const ast::Constraint*>> same;
  // The rest of either, without what is in both word for word.
  std::vector<const ast::Constraint*> only_left;
  std::vector<const ast::Constraint*> only_right;
};
ConstraintPairs PairConstraints(TableIn left, TableIn right);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_CONSTRAINT_PAIRS_H_
