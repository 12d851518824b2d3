// What an upgrade does to programs that were built before it and still use the
// database, in two bits for its row of the table: whether their reads and their
// writes go on as before. The reasons are in compiler/docs/compatibility.md.
//
// A pure function of the simulation.
#ifndef PALINDROME_COMPILER_DRIVER_COMPATIBILITY_H_
#define PALINDROME_COMPILER_DRIVER_COMPATIBILITY_H_

#include <cstdint>

#include "compiler/catalog/simulate.h"

namespace palindrome::driver {

// Bits of table::Compatibility; none if the upgrade does not apply.
std::uint32_t ClassifyCompatibility(const catalog::Simulation& upgrade);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_COMPATIBILITY_H_
