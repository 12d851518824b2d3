// Rows that an upgrade copies out of a table before it drops the table, as
// those do that rebuild a table by hand, and the statement that copies them
// back.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_REVERSAL_COPIES_H_
#define PALINDROME_COMPILER_REVERSAL_COPIES_H_

#include <cstddef>

#include "compiler/reversal/reversal.h"

namespace palindrome::reversal {

// The inverse of a data statement that writes only what the section itself
// created. What it wrote goes with that; but rows of a table that the section
// drops later were moved there, and are moved back.
Inverse InvertOwnData(const catalog::Simulation& upgrade, std::size_t step);

}  // namespace palindrome::reversal

#endif  // PALINDROME_COMPILER_REVERSAL_COPIES_H_
