// Values that the CHECK of a column listed before a migration, and that it does
// not list after it.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CHECKS_REMOVED_VALUES_H_
#define PALINDROME_COMPILER_CHECKS_REMOVED_VALUES_H_

#include <string>
#include <vector>

#include "compiler/checks/context.h"

namespace palindrome::checks {

struct RemovedValues {
  std::string table;  // Before the upgrade, folded.
  const ast::Table* after = nullptr;
  std::string column;               // After it, folded.
  std::vector<std::string> values;  // As they are spelt, sorted.
  // The shorter list, where the file writes it.
  source::Range place;
};

// Those that no statement, here or earlier, has given another value.
std::vector<RemovedValues> FindRemovedValues(const MigrationContext& context);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_REMOVED_VALUES_H_
