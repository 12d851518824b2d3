// What `inspect` tells of a history, as text and as JSON.
//
// Pure functions.
#ifndef PALINDROME_COMPILER_DRIVER_INSPECT_FACTS_H_
#define PALINDROME_COMPILER_DRIVER_INSPECT_FACTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/inspect/compare.h"
#include "compiler/inspect/histories.h"

namespace palindrome::driver {

std::string DialectName(table::Dialect dialect);
std::string ProofName(table::Proof proof);
bool IsUnproven(const table::Row& row);
std::vector<std::string> FlagNames(std::uint32_t flags);
// 3035000 is 3.35.0.
std::string EngineVersion(std::uint32_t version);

std::vector<table::Program> ProgramsOf(const inspect::History& history,
                                       const table::Row& row);
// Null: there is no history.
std::vector<std::string> HeadsOf(const inspect::History* history);
// The tables that the upgrade of the row makes anew, for one dialect or
// another.
std::vector<std::string> RebuildsOf(const inspect::History& history,
                                    const table::Row& row);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_INSPECT_FACTS_H_
