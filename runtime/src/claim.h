// What of a database becomes a history's by a stamp. Values and a pure
// function. Documented in runtime/docs/ledger_format.md.
#ifndef PALINDROME_RUNTIME_SRC_CLAIM_H_
#define PALINDROME_RUNTIME_SRC_CLAIM_H_

#include "runtime/src/live_schema.h"
#include "runtime/src/loaded_history.h"
#include <palindrome/table_values.h>

namespace palindrome {

// `live` without what belongs to nobody and is not the history's where it is
// at `state`. All of it is where it makes the schema the one that the history
// has there; else what the upgrades of the applied migrations make.
LiveSchema Claim(const LoadedHistory& history, const AppliedState& state,
                 table::Dialect dialect, LiveSchema live);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_CLAIM_H_
