// `INSERT INTO target (…) SELECT … FROM source WHERE …`, which moves rows from
// one table to another, each as one row.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_REVERSAL_INSERT_SELECT_H_
#define PALINDROME_COMPILER_REVERSAL_INSERT_SELECT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/statement.h"

namespace palindrome::reversal {

using Tokens = std::vector<ast::Token>;

struct InsertSelect {
  std::vector<std::string> targets;  // Folded; empty: all in their order.
  std::vector<Tokens> values;
  std::string source;    // Folded.
  bool is_whole = true;  // Without WHERE.
};

// No value if the tokens are another statement.
std::optional<InsertSelect> ReadInsertSelect(const Tokens& tokens);

bool IsWord(const ast::Token& token, std::string_view word);
bool IsName(const ast::Token& token);
// Folded.
std::string NameOf(const ast::Token& token);

}  // namespace palindrome::reversal

#endif  // PALINDROME_COMPILER_REVERSAL_INSERT_SELECT_H_
