// New keys over old rows: the unique indexes, UNIQUE and PRIMARY KEY
// constraints that an upgrade puts on columns which were there before and whose
// values nothing has kept apart so far, or on new ones with a constant default.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CHECKS_UNIQUE_KEYS_H_
#define PALINDROME_COMPILER_CHECKS_UNIQUE_KEYS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "compiler/checks/context.h"

namespace palindrome::checks {

struct NewKey {
  enum class Reason : std::uint8_t {
    kUnique,      // An index or a UNIQUE constraint.
    kPrimaryKey,  // A PRIMARY KEY.
    // An index that was there and was not unique, under its name or on its
    // columns.
    kWasIndex,
    // The columns are unique already, by a collation that tells more apart.
    kCollation,
    // The file adds all the columns, with the same value in every old row.
    kConstant,
  };
  Reason reason = Reason::kUnique;
  std::size_t step = 0;
  source::Range range;           // Within the statement of the step.
  std::string table;             // That has the rows, at the step.
  std::vector<std::string> key;  // Columns and expressions, as written.
  std::string replaced;          // kWasIndex: the index that was dropped.
  // kCollation: of the first column that has another one.
  std::string old_collation;
  std::string new_collation;
};

std::vector<NewKey> NewKeysOf(const MigrationContext& context);

// Emits `text`, of a table and the columns in words, for each new key with that
// reason, with the row that the rehearsal was refused.
void ReportNewKeys(const MigrationContext& context, NewKey::Reason reason,
                   const diagnostics::Text<std::string, std::string>& text,
                   diagnostics::Emitter& emitter);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_UNIQUE_KEYS_H_
