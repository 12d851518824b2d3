// `INSERT INTO target (…) SELECT … FROM source WHERE …`, which moves rows from
// one table to another, each as one row.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CHECKS_INSERT_SELECT_H_
#define PALINDROME_COMPILER_CHECKS_INSERT_SELECT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/statement.h"

namespace palindrome::checks {

using Tokens = std::vector<ast::Token>;

struct InsertSelect {
  std::vector<std::string> targets;  // Folded; empty: all in their order.
  std::vector<Tokens> values;
  std::string source;    // Folded.
  bool is_whole = true;  // Without WHERE.
};

// No value if the tokens are another statement.
std::optional<InsertSelect> ReadInsertSelect(const Tokens& tokens);

// The columns that an INSERT names for its table, folded; empty: all.
std::vector<std::string> InsertTargets(const Tokens& tokens);

// The column that a selected value is as it stands, folded; "*": all of them.
// Empty: it is computed.
std::string BareColumn(const Tokens& value);

bool IsWord(const ast::Token& token, std::string_view word);
bool IsName(const ast::Token& token);
// Folded.
std::string NameOf(const ast::Token& token);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_INSERT_SELECT_H_
