// What the parts of the parser share: the tokens of one file, and where its
// errors go.
//
// One per call of the parser, on its stack; it borrows the tokens and the
// emitter.
#ifndef PALINDROME_COMPILER_PARSE_CONTEXT_H_
#define PALINDROME_COMPILER_PARSE_CONTEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "compiler/ast/expression.h"
#include "compiler/diagnostics/emitter.h"
#include "compiler/diagnostics/fixes.h"
#include "compiler/lex/lex.h"

namespace palindrome::parse {

class Context {
 public:
  // `lexical` are the places that the lexer has reported already.
  Context(const lex::TokenBuffer& buffer, std::vector<source::Range> lexical,
          diagnostics::Emitter& emitter);

  const lex::TokenBuffer& buffer() const { return buffer_; }
  // The token at `index`; past the last one, that one, which is kEnd.
  const sql::Token& token(std::size_t index) const;
  std::size_t end_index() const { return buffer_.tokens.size() - 1; }
  bool IsWord(std::size_t index, std::string_view word) const;
  bool IsSymbol(std::size_t index, std::string_view symbol) const;

  // Whether nothing but blanks stands before the token on its line.
  bool StartsLine(std::size_t index) const;

  source::Range RangeOf(std::size_t index) const;
  // From the first byte of token `begin` to the last of token `end - 1`.
  source::Range RangeOf(std::size_t begin, std::size_t end) const;
  source::Location At(source::Range range) const {
    return {buffer_.file, range};
  }
  source::Location At(std::size_t index) const { return At(RangeOf(index)); }
  // The empty place right behind token `index`.
  source::Location Behind(std::size_t index) const;

  // Tokens [begin, end) as an expression keeps them.
  ast::Expression Expression(std::size_t begin, std::size_t end) const;
  // "`x`" or "the end of the file", for a message.
  std::string Describe(std::size_t index) const;

  // What the word was meant to be; nothing if it is no word.
  diagnostics::Meant MeantAt(std::size_t index,
                             const std::vector<std::string>& candidates) const;

  // The tokens [begin, end] that errors are about from now on: an error of the
  // lexer among them has been reported, and what follows from it is not.
  void SetRegion(std::size_t begin, std::size_t end);
  // Emits it, or keeps it back as said above; counts as an error either way.
  void Report(diagnostics::Diagnostic diagnostic);
  // Until it is set to false again, nothing is reported or counted: it follows
  // from an error before.
  void SetQuiet(bool quiet) { quiet_ = quiet; }
  // "expected {what}, found {token}" at the token.
  void ReportExpected(std::string_view what, std::size_t index);

  // Of this file so far, reported or kept back.
  std::size_t error_count() const { return error_count_; }
  // Where the last of them is.
  source::Range last_error() const { return last_error_; }
  // Too many errors: the parser gives up.
  bool stopped() const { return error_count_ >= kMaximumErrors; }

 private:
  static constexpr std::size_t kMaximumErrors = 500;

  bool FollowsFromLexicalError(source::Range place) const;

  const lex::TokenBuffer& buffer_;
  std::vector<source::Range> lexical_;
  diagnostics::Emitter& emitter_;
  source::Range region_;
  std::size_t error_count_ = 0;
  source::Range last_error_;
  bool quiet_ = false;
};

// A diagnostic of a `;` that is not there.
template <typename... Args>
diagnostics::Diagnostic MakeMissing(const diagnostics::Text<Args...>& text,
                                    source::Location place,
                                    std::type_identity_t<Args>... args) {
  return diagnostics::Make(text, place, std::move(args)...)
      .Mended(diagnostics::Insert(diagnostics::By::kTool, place, ";"));
}

// A diagnostic of a word that stands there twice.
template <typename... Args>
diagnostics::Diagnostic MakeRepeated(const diagnostics::Text<Args...>& text,
                                     source::Location place,
                                     std::type_identity_t<Args>... args) {
  return diagnostics::Make(text, place, std::move(args)...)
      .Mended(diagnostics::Remove(
          diagnostics::By::kTool, place,
          "the second `" + std::string(place.file->text(place.range)) + "`"));
}

// A word that is no name where an expression may stand too.
bool IsReserved(std::string_view word);
// TRUE, FALSE, CURRENT_DATE and their like: reserved, but names where nothing
// but a name can stand.
bool IsConstant(std::string_view word);

}  // namespace palindrome::parse

#endif  // PALINDROME_COMPILER_PARSE_CONTEXT_H_
