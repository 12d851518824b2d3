// Which constraints of a table nothing holds any more after a change of it.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CHECKS_LOST_CONSTRAINTS_H_
#define PALINDROME_COMPILER_CHECKS_LOST_CONSTRAINTS_H_

#include <string>
#include <vector>

#include "compiler/checks/constraint_pairs.h"
#include "compiler/checks/keys.h"

namespace palindrome::checks {

// A FOREIGN KEY, UNIQUE or CHECK; one of the two is null.
struct LostConstraint {
  const ast::Constraint* constraint = nullptr;
  catalog::ObjectPtr index;  // A UNIQUE one.
  std::string text;          // "constraint `k`", "`UNIQUE (a)`", "index `ix`".
};

// Those of `before` whose columns are all in `after` under their names, while
// nothing there asks as much of them: no constraint of the same kind on the
// same columns, and for UNIQUE none on fewer.
std::vector<LostConstraint> LostConstraints(TableIn before, TableIn after);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_LOST_CONSTRAINTS_H_
