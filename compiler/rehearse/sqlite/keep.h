// Rows put into the database of a rehearsal, and those of them that a program
// takes.
//
// Functions of the connections that they are given.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_KEEP_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_KEEP_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "compiler/rehearse/result.h"
#include "compiler/rehearse/sqlite/connection.h"
#include "compiler/rehearse/sqlite/synthesize.h"

namespace palindrome::rehearse::sqlite {

using Rows = std::vector<SyntheticRow>;

// Fires no trigger. An insert that fails is of a row that a kept one excludes.
inline void InsertAll(const std::vector<Inserts>& tables,
                      Connection& connection) {
  const Connection::WithoutTriggers quiet(connection);
  for (const Inserts& table : tables) {
    for (const std::string& insert : *table) {
      connection.RunTrusted(insert);
    }
  }
}

inline void InsertAll(const Rows& rows, Connection& connection) {
  const Connection::WithoutTriggers quiet(connection);
  for (const SyntheticRow& row : rows) {
    connection.RunTrusted(row.insert);
  }
}

// The rows that `passes` takes together, given that it takes none of them;
// tells of those that it does not.
template <typename Passes>
Rows Keep(const Rows& rows, const Passes& passes, Refused& refused) {
  Rows kept;
  // Halves what is refused, down to single rows.
  const auto add = [&](const auto& self, const Rows& more) -> void {
    Rows both = kept;
    both.insert(both.end(), more.begin(), more.end());
    const std::optional<Failure> failure = passes(both);
    if (!failure) {
      kept = std::move(both);
      return;
    }
    if (more.size() == 1) {
      if (refused.count++ == 0) {
        refused.failure = *failure;
        refused.table = more.front().table;
        refused.row = more.front().values;
      }
      return;
    }
    const auto middle =
        more.begin() + static_cast<std::ptrdiff_t>(more.size() / 2);
    self(self, Rows(more.begin(), middle));
    self(self, Rows(middle, more.end()));
  };
  add(add, rows);
  return kept;
}

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_KEEP_H_
