// A place in the tokens of one statement or header, and the steps that all
// parsers take.
//
// It sees tokens [begin, end) of the file and no further, so that an error
// cannot spread. `Accept…` takes what it names if it is there; `Expect…` takes
// it or reports what it found instead, and then the caller gives up.
#ifndef PALINDROME_COMPILER_PARSE_CURSOR_H_
#define PALINDROME_COMPILER_PARSE_CURSOR_H_

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "compiler/ast/expression.h"
#include "compiler/ast/migration.h"
#include "compiler/parse/context.h"

namespace palindrome::parse {

class Cursor {
 public:
  Cursor(Context& context, std::size_t begin, std::size_t end)
      : context_(context), begin_(begin), position_(begin), end_(end) {}

  Context& context() const { return context_; }
  std::size_t begin() const { return begin_; }
  std::size_t position() const { return position_; }
  std::size_t end() const { return end_; }
  bool AtEnd() const { return position_ >= end_; }
  void Advance(std::size_t count = 1);
  source::Range RangeSince(std::size_t begin) const {
    return context_.RangeOf(begin, position_);
  }

  bool IsWord(std::string_view word, std::size_t ahead = 0) const;
  bool IsSymbol(std::string_view symbol, std::size_t ahead = 0) const;
  bool IsString() const;
  // A name that needs no quotes here, or has them.
  bool IsName(std::size_t ahead = 0) const;

  bool AcceptWord(std::string_view word);
  // All of them or none.
  bool AcceptWords(std::initializer_list<std::string_view> words);
  bool AcceptSymbol(std::string_view symbol);

  bool ExpectWord(std::string_view word);
  bool ExpectWords(std::initializer_list<std::string_view> words);
  bool ExpectSymbol(std::string_view symbol);
  // The one of `words` that is there; its index.
  std::optional<std::size_t> ExpectOneOf(
      const std::vector<std::string_view>& words);
  std::optional<ast::Name> ExpectName(std::string_view what);
  // A name with the schema `main.` or `temp.` before it, which is dropped;
  // another schema is an error. `is_in_temp` is set to whether it was `temp.`.
  std::optional<ast::Name> ExpectObjectName(std::string_view what,
                                            bool* is_in_temp = nullptr);
  // `(a, b)`.
  std::optional<std::vector<ast::Name>> ExpectNameList(std::string_view what);
  std::optional<ast::Text> ExpectString(std::string_view what);

  // `( … )` with the parentheses balanced; gives what is between them.
  std::optional<ast::Expression> ExpectParenthesized(std::string_view what);
  // Takes tokens up to the first outside of parentheses at which `stop` is true
  // (it gets the token's index), or to the end. Needs one token at least, and
  // its parentheses balanced.
  using Stop = std::function<bool(std::size_t)>;
  std::optional<ast::Expression> ExpectTokens(std::string_view what,
                                              const Stop& stop);
  std::optional<ast::Expression> ExpectRest(std::string_view what);
  // The same, without keeping the tokens.
  bool SkipRest(std::string_view what);

  void ReportExpected(std::string_view what) const;
  // What the word here was meant to be; nothing if it is no word.
  diagnostics::Meant MeantHere(
      const std::vector<std::string>& candidates) const;

 private:
  bool TakeTokens(std::string_view what, const Stop& stop);

  Context& context_;
  std::size_t begin_;
  std::size_t position_;
  std::size_t end_;
};

}  // namespace palindrome::parse

#endif  // PALINDROME_COMPILER_PARSE_CURSOR_H_
