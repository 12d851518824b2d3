// The order in which triggers are created again. SQLite fires the triggers of
// a table by it.
#ifndef PALINDROME_COMPILER_REVERSAL_TRIGGER_ORDER_H_
#define PALINDROME_COMPILER_REVERSAL_TRIGGER_ORDER_H_

#include <cstddef>

#include "compiler/catalog/simulate.h"
#include "compiler/reversal/reversal.h"

namespace palindrome::reversal {

// After the inverse of the upgrade's step `index`: if it is a DROP TRIGGER,
// the triggers of the same table, time and event that were younger are made
// younger again.
void RestoreTriggerOrder(const catalog::Step& step, std::size_t index,
                         Derived& derived);

}  // namespace palindrome::reversal

#endif  // PALINDROME_COMPILER_REVERSAL_TRIGGER_ORDER_H_
