// Which steps lose data that the history did not create, so that whoever runs
// them is asked. Pure functions.
#ifndef PALINDROME_RUNTIME_SRC_CONSENT_H_
#define PALINDROME_RUNTIME_SRC_CONSENT_H_

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "runtime/src/loaded_history.h"
#include <palindrome/database.h>
#include <palindrome/observer.h>
#include <palindrome/status.h>

namespace palindrome {

// What the migration at `index` loses in that direction, a line each for
// people; none if nobody needs to be asked. What a downgrade takes away
// together with what the upgrade made is not asked for, unless no upgrade made
// it: `is_recorded` says that the migration was stamped or adopted.
std::vector<std::string> LossesOf(const LoadedHistory& history,
                                  Direction direction, std::size_t index,
                                  bool is_recorded);

// The same of a step that is undone by what the database keeps of it.
std::vector<std::string> LossesOf(const PlannedStep& stored);

// The revisions that the ledger records as applied though they were not run
// here; none where there is no ledger. kCorruptLedger and what else reading the
// ledger may give.
Result<std::set<std::string>> ReadRecorded(const LoadedHistory& history,
                                           Database& database);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_CONSENT_H_
