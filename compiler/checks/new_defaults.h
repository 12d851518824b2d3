// The defaults that a section writes: of the columns that it creates, and those
// that it sets.
//
// Pure functions of values, for any thread. Pointers go into the simulation.
#ifndef PALINDROME_COMPILER_CHECKS_NEW_DEFAULTS_H_
#define PALINDROME_COMPILER_CHECKS_NEW_DEFAULTS_H_

#include <vector>

#include "compiler/catalog/simulate.h"

namespace palindrome::checks {

struct NewDefault {
  const ast::Table* table = nullptr;    // After the statement.
  const ast::Column* column = nullptr;  // With the default.
  // The table whose place a new one takes, with its own column of that name;
  // null: there is none.
  const ast::Table* old_table = nullptr;
  const ast::Column* old_column = nullptr;
  source::Range range;  // Of the value, without its parentheses.
};

std::vector<NewDefault> NewDefaults(const catalog::Simulation& section);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_NEW_DEFAULTS_H_
