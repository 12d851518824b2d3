// Rebuilds written by hand: an INSERT … SELECT that brings the rows of a table
// into the one that takes its place.
//
// Pure functions of values, for any thread. Copies point into the simulation.
#ifndef PALINDROME_COMPILER_CHECKS_COPIES_H_
#define PALINDROME_COMPILER_CHECKS_COPIES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/catalog/simulate.h"
#include "compiler/checks/insert_select.h"

namespace palindrome::checks {

// An INSERT that copies rows of one table to another, each as one row, and both
// tables as they are then.
struct Copy {
  std::size_t step = 0;
  InsertSelect select;
  const ast::Table* source = nullptr;
  const ast::Table* target = nullptr;
  struct Item {
    std::string to;       // Folded, as the next.
    std::string from;     // Empty: it is computed.
    source::Range range;  // In the SELECT.
  };
  std::vector<Item> items;  // With `*` and a missing list spelt out.
};

// No value if the step is another statement.
std::optional<Copy> ReadCopy(const catalog::Simulation& section,
                             std::size_t step);

// Those by `INSERT INTO`, which fail as a whole on the first row that does not
// fit. The old table was there before the section, and the new one has or gets
// its name.
std::vector<Copy> CopiesOf(const catalog::Simulation& section);

// The item that fills the column of the target; null: none does.
const Copy::Item* FindItem(const Copy& copy, std::string_view column);

// What the column that is called so before step `step` was before the section,
// through renames and copies. No value: it is new or computed.
std::optional<catalog::Use> OriginOf(const catalog::Simulation& section,
                                     const std::vector<Copy>& copies,
                                     std::size_t step,
                                     const catalog::Use& column);

// The table before the section whose name the table that step `step` creates
// has or gets; null: it takes no other's place.
const ast::Table* PredecessorOf(const catalog::Simulation& section,
                                std::size_t step, std::string_view table);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_COPIES_H_
