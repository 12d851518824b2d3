// Expressions and bodies, kept as the tokens that the author wrote.
//
// What they mean comes from the engine; the compiler looks at their tokens to
// find the names that they use, to rename them, and to print them. Values,
// owned by the node that holds them.
#ifndef PALINDROME_COMPILER_AST_EXPRESSION_H_
#define PALINDROME_COMPILER_AST_EXPRESSION_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/source.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::ast {

// A name without its quotes. Empty text: not given.
struct Name {
  std::string text;
  source::Range range;
  bool empty() const { return text.empty(); }
};

struct Token {
  sql::TokenKind kind = sql::TokenKind::kWord;
  std::string spelling;
  bool space_before = false;  // White space or a comment stood before it.
  source::Range range;
};

struct Expression {
  std::vector<Token> tokens;
  bool empty() const { return tokens.empty(); }
};

// A word or quoted name without its quotes.
std::string Meaning(const Token& token);

// The name as a token, quoted if it has to be.
Token NameToken(std::string_view name);

// The tokens with their spacing, on one line.
std::string Print(const Expression& expression);

// Equal meaning as far as tokens tell: names are compared without quotes and
// case, strings and numbers exactly, spacing not at all.
bool SameTokens(const Expression& left, const Expression& right);

// The names that may be columns: words and quoted names that are not called as
// functions, not a COLLATE's or CAST's argument, no keyword, and not the table
// part of `table.column`. Folded to lower case, sorted, each once.
std::vector<std::string> ColumnNames(const Expression& expression);

// All words and quoted names of the tokens, folded, sorted, each once: what a
// view or trigger may mention.
std::vector<std::string> AllNames(const Expression& expression);

// The expression with each column name `from` spelt `to`.
Expression RenameColumnIn(const Expression& expression, std::string_view from,
                          std::string_view to);

// The expression with `table.` removed before columns, for use under another
// table's name.
Expression RemoveQualifier(const Expression& expression,
                           std::string_view table);

}  // namespace palindrome::ast

#endif  // PALINDROME_COMPILER_AST_EXPRESSION_H_
