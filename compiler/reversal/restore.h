// What undoes a statement under PRESERVE: its inverse, with what its archive
// holds. Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_REVERSAL_RESTORE_H_
#define PALINDROME_COMPILER_REVERSAL_RESTORE_H_

#include <vector>

#include "compiler/ast/migration.h"
#include "compiler/catalog/simulate.h"

namespace palindrome::reversal {

// For a step that has an archive, in the order in which they run.
std::vector<ast::Item> RestoreStep(const catalog::Step& step);

}  // namespace palindrome::reversal

#endif  // PALINDROME_COMPILER_REVERSAL_RESTORE_H_
