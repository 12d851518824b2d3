// Reads over the tokens of a CREATE statement, for the fact readers. Borrows
// the tokens, whose text belongs to the caller.
#ifndef PALINDROME_RUNTIME_DRIVERS_SQLITE_TOKEN_READER_H_
#define PALINDROME_RUNTIME_DRIVERS_SQLITE_TOKEN_READER_H_

#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/src/sql_lexer.h"

namespace palindrome::sqlite {

using Tokens = std::span<const sql::Token>;

class TokenReader {
 public:
  explicit TokenReader(Tokens tokens) : tokens_(tokens) {}

  bool AtEnd() const { return at_ >= tokens_.size(); }
  // kEnd past the end.
  const sql::Token& Peek(std::size_t ahead = 0) const;
  bool PeekWord(std::string_view word, std::size_t ahead = 0) const;
  bool PeekPunctuation(std::string_view text) const;

  const sql::Token& Take();
  bool TakeWord(std::string_view word);
  // Both words or nothing.
  bool TakeWords(std::string_view first, std::string_view second);
  bool TakePunctuation(std::string_view text);
  // A name: a word, a quoted name or a string.
  std::optional<std::string> TakeName();
  // What is between a parenthesis and its partner, which are taken too.
  std::optional<Tokens> TakeParenthesized();
  Tokens Rest() const { return tokens_.subspan(at_); }

 private:
  Tokens tokens_;
  std::size_t at_ = 0;
};

// Takes `CREATE`, what stands before the name, and the name, which may have a
// schema's before it. False if that is not how the tokens begin.
bool TakeCreate(TokenReader* reader);

// The parts between the commas that are in no parentheses.
std::vector<Tokens> SplitAtCommas(Tokens tokens);

// The column that a part of a key means, also as `(a COLLATE x) DESC`; no
// value: it is an expression.
std::optional<std::string> KeyColumn(Tokens part,
                                     const std::set<std::string>& columns);

// A column or expression of an index or key, in normal spelling, with COLLATE
// and DESC. `columns` as NormalTokens takes it.
std::string NormalKeyPart(Tokens part, const std::set<std::string>* columns);

}  // namespace palindrome::sqlite

#endif  // PALINDROME_RUNTIME_DRIVERS_SQLITE_TOKEN_READER_H_
