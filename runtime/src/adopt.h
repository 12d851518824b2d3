// Databases that were made without migrations, or by a program's own: which
// revision one is at. Documented in runtime/docs/adopt.md.
#ifndef PALINDROME_RUNTIME_SRC_ADOPT_H_
#define PALINDROME_RUNTIME_SRC_ADOPT_H_

#include <cstddef>
#include <optional>
#include <string_view>

#include "runtime/src/ledger.h"
#include "runtime/src/live_schema.h"
#include "runtime/src/loaded_history.h"
#include <palindrome/database.h>
#include <palindrome/migrator.h>
#include <palindrome/status.h>

namespace palindrome {

// The revision that the database is at: `wanted`, if that is not empty, or what
// `options.user_versions` says, or the one whose schema is the live one. None
// where there is nothing to adopt: the history has a ledger there, or the
// database has no schema of its own. kUnknownDatabase where the schema is
// another than the revision's, or that of none, kAmbiguousRevision where it is
// that of several.
Result<std::optional<std::size_t>> FindAdopted(
    const LoadedHistory& history, Database& database, Ledger& ledger,
    const LiveSchema& live, const Options& options, std::string_view wanted);

// Whether the revision that a caller names is applied already, in a ledger of
// the history. False where there is no such ledger; kBadTarget where it says
// otherwise, and what else is wrong with `wanted`.
Result<bool> IsAdopted(const LoadedHistory& history, Ledger& ledger,
                       const AppliedState& state, std::string_view wanted);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_ADOPT_H_
