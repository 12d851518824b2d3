// What a history and a database say of each other, for people to read. Borrows
// both for the call.
#ifndef PALINDROME_RUNTIME_SRC_VERIFY_H_
#define PALINDROME_RUNTIME_SRC_VERIFY_H_

#include <vector>

#include "runtime/src/loaded_history.h"
#include <palindrome/database.h>
#include <palindrome/migrator.h>
#include <palindrome/status.h>

namespace palindrome {

std::vector<CurrentRevision> DescribeCurrent(const LoadedHistory& history,
                                             const AppliedState& state);

// Parents first.
std::vector<HistoryEntry> DescribeHistory(const LoadedHistory& history,
                                          const AppliedState& state,
                                          const RevisionSet& members);

// Checks the ledger against the history and itself, its stored programs
// against their digests, and the schema against both. The first difference is
// the status; a newer database is one unless `options.allow_newer` accepts it.
Result<Verification> VerifyDatabase(const LoadedHistory& history,
                                    Database& database, const Options& options);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_VERIFY_H_
