// `INSERT INTO target (…) SELECT … FROM source WHERE …`, which moves rows from
// one table to another, each as one row.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CHECKS_INSERT_SELECT_H_
#define PALINDROME_COMPILER_CHECKS_INSERT_SELECT_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/checks/tokens.h"

namespace palindrome::checks {

struct InsertSelect {
  std::vector<std::string> targets;  // Folded; empty: all in their order.
  std::vector<Tokens> values;
  std::string source;    // Folded.
  bool is_whole = true;  // Without WHERE.
  // What its WHERE mentions, folded.
  std::set<std::string> filtered;
};

// No value if the tokens are another statement.
std::optional<InsertSelect> ReadInsertSelect(const Tokens& tokens);

// The columns that an INSERT names for its table, folded; empty: all.
std::vector<std::string> InsertTargets(const Tokens& tokens);

// The column that a selected value is as it stands, folded; "*": all of them.
// Empty: it is computed.
std::string BareColumn(const Tokens& value);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_INSERT_SELECT_H_
