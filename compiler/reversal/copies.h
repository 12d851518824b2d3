// Rows that an upgrade copies out of a table before it drops the table, as
// those do that rebuild a table by hand, and the statement that copies them
// back.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_REVERSAL_COPIES_H_
#define PALINDROME_COMPILER_REVERSAL_COPIES_H_

#include <cstddef>
#include <map>
#include <string>

#include "compiler/reversal/reversal.h"

namespace palindrome::reversal {

// Whether the step is a data statement that writes no table and no column that
// was there before the section.
bool WritesOnlyItsOwn(const catalog::Simulation& upgrade, std::size_t step);

// What the downgrade calls tables where the upgrade has other names, which are
// folded.
using Aliases = std::map<std::string, std::string>;

// The inverse of a data statement that writes only its own. What it wrote goes
// with that; but rows of a table that the section drops later were moved there,
// and are moved back.
Inverse InvertOwnData(const catalog::Simulation& upgrade, std::size_t step,
                      const Aliases& aliases = {});

}  // namespace palindrome::reversal

#endif  // PALINDROME_COMPILER_REVERSAL_COPIES_H_
