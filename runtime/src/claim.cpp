#include "runtime/src/claim.h"

#include <utility>

#include "runtime/src/made_objects.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome {

LiveSchema Claim(const LoadedHistory& history, const AppliedState& state,
                 table::Dialect dialect, LiveSchema live) {
  CountExpectedLedgers(history, state, &live);
  const auto expected = ExpectedDigest(history, state);
  if (expected && *expected == OwnDigest(live, history.table.name())) {
    return live;
  }
  const ObjectNames made = FindMadeObjects(history, state.applied, dialect);
  ObjectNames owned;
  for (const OwnedObject& object : live.owned) {
    owned.emplace(object.kind, sql::FoldCase(object.name));
  }
  // A table of the history may be called like another tool's ledger.
  CountNewLedgers({}, &live);
  std::erase_if(live.objects, [&](const NamedDigest& object) {
    const std::pair key(object.kind, sql::FoldCase(object.name));
    return !made.contains(key) && !owned.contains(key);
  });
  return live;
}

}  // namespace palindrome
