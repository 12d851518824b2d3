// The UPDATEs that fill a column before SET NOT NULL tightens it. PRESERVE
// before that statement keeps what they overwrite.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CATALOG_BACKFILL_H_
#define PALINDROME_COMPILER_CATALOG_BACKFILL_H_

#include <cstddef>
#include <vector>

#include "compiler/catalog/simulate.h"

namespace palindrome::catalog {

// Which steps fill the column that the last one tightens, in order.
std::vector<std::size_t> FillsOf(const Simulation& simulation,
                                 const ast::SetNotNull& tighten);

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_BACKFILL_H_
