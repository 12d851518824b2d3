// The schema that a database has now, who owns what of it, and whether it is
// the one that a history says. Plain values and functions over them.
#ifndef PALINDROME_RUNTIME_SRC_LIVE_SCHEMA_H_
#define PALINDROME_RUNTIME_SRC_LIVE_SCHEMA_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/src/ledger.h"
#include "runtime/src/loaded_history.h"
#include "runtime/src/schema_facts.h"
#include <palindrome/database.h>
#include <palindrome/status.h>

namespace palindrome {

struct LiveSchema {
  std::vector<NamedDigest> objects;  // Names as written.
  std::vector<OwnedObject> owned;    // By anybody.
  // Ledgers of other tools that belong to nobody, with their indexes; not
  // among the objects.
  std::vector<NamedDigest> other_ledgers;
};

Result<LiveSchema> ReadLiveSchema(Database& database, Ledger& ledger);

// The catalog digest that the applied set should have, or nothing where it is
// not known: several heads, or a history that was compiled without rehearsal.
std::optional<std::string> ExpectedDigest(const LoadedHistory& history,
                                          const AppliedState& state);

// Compares everything that no other namespace owns with what the applied set
// should have, or where that is not known, with the digests of the objects that
// the last run or stamp left in the ledger. kDriftedSchema with the differences
// as far as they are known; kUnknownDatabase for a database with objects that
// was never migrated.
Status CheckSchema(const LoadedHistory& history, const AppliedState& state,
                   const LiveSchema& live, bool has_log);

// Counts among the objects of `after` what has appeared since `before`: a
// migration may create a table that is called like another tool's ledger.
void CountNewLedgers(const LiveSchema& before, LiveSchema* after);

// The same of all of them if the schema is the expected one only with them.
void CountExpectedLedgers(const LoadedHistory& history,
                          const AppliedState& state, LiveSchema* live);

// The digest of what no other namespace owns.
std::string OwnDigest(const LiveSchema& live, std::string_view space);

// Makes everything in `after` that `before.owned` gives to no other namespace
// the property of `space`, as it is now, and gives up what is gone: what a run
// found was checked, and the rest is what the run made.
void RecordOwnership(const LiveSchema& before, const LiveSchema& after,
                     std::string_view space, LedgerChange* change);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_LIVE_SCHEMA_H_
