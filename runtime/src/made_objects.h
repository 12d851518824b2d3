// Which objects a history makes, as its programs say: for whoever has to tell
// them from those of others without running anything. Pure functions.
#ifndef PALINDROME_RUNTIME_SRC_MADE_OBJECTS_H_
#define PALINDROME_RUNTIME_SRC_MADE_OBJECTS_H_

#include <set>
#include <span>
#include <string>
#include <utility>

#include "runtime/src/loaded_history.h"
#include "runtime/src/program.h"
#include <palindrome/table_values.h>

namespace palindrome {

// Kinds as the ledger has them, and names in folded case.
using ObjectNames = std::set<std::pair<std::string, std::string>>;

// What the statements leave behind where they meet nothing; what they drop
// with a table, or rename, is followed.
ObjectNames FindMadeObjects(std::span<const ProgramStatement> statements);

// What the upgrades of `applied` leave behind.
ObjectNames FindMadeObjects(const LoadedHistory& history,
                            const RevisionSet& applied, table::Dialect dialect);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_MADE_OBJECTS_H_
