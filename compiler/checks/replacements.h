// Tables that a file replaces by hand: it creates another one, moves the rows,
// drops the old table, and the other one has its name at the end. In whatever
// order: the new table may be renamed into place, the old one out of the way,
// or the rows parked in a third one.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CHECKS_REPLACEMENTS_H_
#define PALINDROME_COMPILER_CHECKS_REPLACEMENTS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/checks/copies.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

struct Replacement {
  std::size_t create = 0;  // Steps of the section.
  std::size_t drop = 0;
  std::string name;      // Before the section and after it, folded.
  std::string old_name;  // When it is dropped.
  std::string new_name;  // When it is created.
  // The old table when it is dropped, and the new one at the end. They point
  // into the section's catalogs.
  const ast::Table* before = nullptr;
  const ast::Table* after = nullptr;
};

// In the order of the drops; those whose rows the file reads before, while it
// fills the new table from others.
std::vector<Replacement> FindReplacements(const catalog::Simulation& section);

// The copies from the old table into one that the section made.
std::vector<Copy> CopiesOf(const catalog::Simulation& section,
                           const Replacement& replacement);

// The step that drops the copy's source later, without PRESERVE; null: none
// does.
const catalog::Step* FindDropOf(const catalog::Simulation& section,
                                const Copy& copy);

// Where the CREATE TABLE of the replacement names its table.
source::Location LocationOf(const MigrationContext& context,
                            const Replacement& replacement);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_REPLACEMENTS_H_
