// Tables that a file replaces by hand: it creates another one, moves the rows,
// drops the old table, and the other one has its name at the end. In whatever
// order: the new table may be renamed into place, the old one out of the way,
// or the rows parked in a third one.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CHECKS_REPLACEMENTS_H_
#define PALINDROME_COMPILER_CHECKS_REPLACEMENTS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/checks/insert_select.h"
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

// An `INSERT INTO … SELECT` that copies rows of one table to another, each as
// one row, and both tables as they are then.
struct Copy {
  std::size_t step = 0;
  InsertSelect select;
  const ast::Table* source = nullptr;
  const ast::Table* target = nullptr;
  // Beside one another, with `*` and a missing list spelt out: the folded names
  // of the target's columns, and of the source's, empty for what is computed.
  std::vector<std::string> targets;
  std::vector<std::string> sources;

  // The position of the target's column; no value if it is not written.
  std::optional<std::size_t> Find(std::string_view target_column) const;
};

// No value if the step is another statement.
std::optional<Copy> ReadCopy(const catalog::Simulation& section,
                             std::size_t step);

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
