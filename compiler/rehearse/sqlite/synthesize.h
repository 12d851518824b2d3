// Rows for the tables of a slice, so that a migration is rehearsed with
// something to lose.
//
// The engine judges: a row that a constraint refuses is tried with other values
// until there is one that all constraints take. Foreign keys are followed.
// Triggers do not fire. Values; the connection is the rehearsal's.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_SYNTHESIZE_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_SYNTHESIZE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/rehearse/row_values.h"
#include "compiler/rehearse/sqlite/connection.h"

namespace palindrome::rehearse::sqlite {

struct SyntheticRow {
  std::string table;
  std::string insert;
  std::string values;  // "id = 1, name = NULL", for messages.
};

struct SyntheticRows {
  std::vector<SyntheticRow> rows;  // In the order of insertion.
  std::vector<std::string> empty;  // Tables for which there is none.
};

// Inserts them into the tables of the slice that the connection holds.
SyntheticRows Synthesize(const catalog::Slice& slice, const Literals& literals,
                         std::uint64_t seed, bool with_limits,
                         Connection& connection);

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_SYNTHESIZE_H_
