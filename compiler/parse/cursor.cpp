#include "compiler/parse/cursor.h"

#include <algorithm>
#include <string>
#include <utility>

namespace palindrome::parse {

namespace {

using diagnostics::Make;

PALINDROME_TEXT(kReservedText, kSyntaxError,
                "expected {0}, found the keyword `{1}`; a name spelt so needs "
                "double quotes",
                std::string, std::string);
PALINDROME_TEXT(kQuotedStringText, kSyntaxError,
                "expected {0}, found the quoted name {1}; strings stand in "
                "single quotes",
                std::string, std::string);
PALINDROME_TEXT(kOtherSchemaText, kSyntaxError,
                "`{0}` is no schema of a migration; only `main` and `temp` can "
                "be named",
                std::string);
PALINDROME_TEXT(kUnclosedText, kSyntaxError,
                "expected `)` to close the parenthesis, found {0}",
                std::string);
PALINDROME_TEXT(kUnopenedText, kSyntaxError, "`)` closes no parenthesis");
PALINDROME_TEXT(kEmptyNameText, kSyntaxError, "{0} is empty", std::string);

}  // namespace

void Cursor::Advance(std::size_t count) {
  position_ = std::min(position_ + count, end_);
}

bool Cursor::IsWord(std::string_view word, std::size_t ahead) const {
  return position_ + ahead < end_ && context_.IsWord(position_ + ahead, word);
}

bool Cursor::IsSymbol(std::string_view symbol, std::size_t ahead) const {
  return position_ + ahead < end_ &&
         context_.IsSymbol(position_ + ahead, symbol);
}

bool Cursor::IsString() const {
  return !AtEnd() && context_.token(position_).kind == sql::TokenKind::kString;
}

bool Cursor::IsName(std::size_t ahead) const {
  if (position_ + ahead >= end_) {
    return false;
  }
  const sql::Token& token = context_.token(position_ + ahead);
  // SQLite takes a string where only a name can stand, and real schemas say so.
  return token.kind == sql::TokenKind::kQuotedName ||
         token.kind == sql::TokenKind::kString ||
         (token.kind == sql::TokenKind::kWord &&
          (!IsReserved(token.spelling) || IsConstant(token.spelling)));
}

bool Cursor::AcceptWord(std::string_view word) {
  if (!IsWord(word)) {
    return false;
  }
  Advance();
  return true;
}

bool Cursor::AcceptWords(std::initializer_list<std::string_view> words) {
  std::size_t ahead = 0;
  for (const std::string_view word : words) {
    if (!IsWord(word, ahead++)) {
      return false;
    }
  }
  Advance(words.size());
  return true;
}

bool Cursor::AcceptSymbol(std::string_view symbol) {
  if (!IsSymbol(symbol)) {
    return false;
  }
  Advance();
  return true;
}

bool Cursor::ExpectWord(std::string_view word) {
  if (AcceptWord(word)) {
    return true;
  }
  // The message says what was expected; it needs no hint.
  PALINDROME_TEXT(kText, kSyntaxError, "expected `{0}`, found {1}", std::string,
                  std::string);
  context_.Report(Make(kText, context_.At(position_), std::string(word),
                       context_.Describe(position_))
                      .Mended(MeantHere({std::string(word)})));
  return false;
}

diagnostics::Meant Cursor::MeantHere(
    const std::vector<std::string>& candidates) const {
  return AtEnd() ? diagnostics::Meant()
                 : context_.MeantAt(position_, candidates);
}

bool Cursor::ExpectWords(std::initializer_list<std::string_view> words) {
  return std::all_of(words.begin(), words.end(), [this](std::string_view word) {
    return ExpectWord(word);
  });
}

bool Cursor::ExpectSymbol(std::string_view symbol) {
  if (AcceptSymbol(symbol)) {
    return true;
  }
  ReportExpected("`" + std::string(symbol) + "`");
  return false;
}

std::optional<std::size_t> Cursor::ExpectOneOf(
    const std::vector<std::string_view>& words) {
  std::string list;
  std::vector<std::string> candidates;
  for (std::size_t index = 0; index < words.size(); ++index) {
    if (AcceptWord(words[index])) {
      return index;
    }
    if (index > 0) {
      list += index + 1 == words.size() ? " or " : ", ";
    }
    list += "`" + std::string(words[index]) + "`";
    candidates.emplace_back(words[index]);
  }
  PALINDROME_TEXT(kText, kSyntaxError, "expected {0}, found {1}{2}",
                  std::string, std::string, diagnostics::Meant);
  context_.Report(Make(kText, context_.At(position_), list,
                       context_.Describe(position_), MeantHere(candidates)));
  return std::nullopt;
}

std::optional<ast::Name> Cursor::ExpectName(std::string_view what) {
  const sql::Token& token = context_.token(position_);
  if (!IsName()) {
    if (!AtEnd() && token.kind == sql::TokenKind::kWord) {
      const std::string word(token.spelling);
      context_.Report(
          Make(kReservedText, context_.At(position_), std::string(what), word)
              .Mended(diagnostics::Replace(diagnostics::By::kPerson,
                                           context_.At(position_),
                                           sql::QuoteName(word))));
    } else {
      ReportExpected(what);
    }
    return std::nullopt;
  }
  ast::Name name{sql::Unquote(token), context_.RangeOf(position_)};
  if (name.empty()) {
    context_.Report(
        Make(kEmptyNameText, context_.At(position_), std::string(what)));
    return std::nullopt;
  }
  Advance();
  return name;
}

std::optional<ast::Name> Cursor::ExpectObjectName(std::string_view what,
                                                  bool* is_in_temp) {
  auto name = ExpectName(what);
  if (!name.has_value() || !AcceptSymbol(".")) {
    return name;
  }
  const ast::Name schema = std::move(*name);
  name = ExpectName(what);
  if (!name.has_value() || sql::EqualsIgnoringCase(schema.text, "main")) {
    return name;
  }
  if (!sql::EqualsIgnoringCase(schema.text, "temp")) {
    context_.Report(
        Make(kOtherSchemaText, context_.At(schema.range), schema.text));
    return std::nullopt;
  }
  if (is_in_temp != nullptr) {
    *is_in_temp = true;
  }
  return name;
}

std::optional<std::vector<ast::Name>> Cursor::ExpectNameList(
    std::string_view what) {
  if (!ExpectSymbol("(")) {
    return std::nullopt;
  }
  std::vector<ast::Name> names;
  do {
    auto name = ExpectName(what);
    if (!name.has_value()) {
      return std::nullopt;
    }
    names.push_back(std::move(*name));
  } while (AcceptSymbol(","));
  if (!AcceptSymbol(")")) {
    ReportExpected("`,` or `)`");
    return std::nullopt;
  }
  return names;
}

std::optional<ast::Text> Cursor::ExpectString(std::string_view what) {
  if (IsString()) {
    ast::Text text{sql::Unquote(context_.token(position_)),
                   context_.RangeOf(position_)};
    Advance();
    return text;
  }
  if (!AtEnd() &&
      context_.token(position_).kind == sql::TokenKind::kQuotedName) {
    const std::string text = sql::Unquote(context_.token(position_));
    context_.Report(Make(kQuotedStringText, context_.At(position_),
                         std::string(what), context_.Describe(position_))
                        .Mended(diagnostics::Replace(diagnostics::By::kTool,
                                                     context_.At(position_),
                                                     sql::QuoteString(text))));
  } else {
    ReportExpected(what);
  }
  return std::nullopt;
}

std::optional<ast::Expression> Cursor::ExpectParenthesized(
    std::string_view what) {
  const std::size_t open = position_;
  if (!ExpectSymbol("(")) {
    return std::nullopt;
  }
  const std::size_t first = position_;
  std::size_t depth = 1;
  for (; position_ < end_; ++position_) {
    if (context_.IsSymbol(position_, "(")) {
      ++depth;
    } else if (context_.IsSymbol(position_, ")") && --depth == 0) {
      break;
    }
  }
  if (AtEnd()) {
    context_.Report(Make(kUnclosedText, context_.At(position_),
                         context_.Describe(position_))
                        .With(context_.At(open), "it was opened here"));
    return std::nullopt;
  }
  if (position_ == first) {
    ReportExpected(what);
    return std::nullopt;
  }
  auto inside = context_.Expression(first, position_);
  Advance();
  return inside;
}

bool Cursor::TakeTokens(std::string_view what, const Stop& stop) {
  const std::size_t first = position_;
  std::vector<std::size_t> open;
  for (; position_ < end_; ++position_) {
    if (open.empty() && stop(position_)) {
      break;
    }
    if (context_.IsSymbol(position_, "(")) {
      open.push_back(position_);
    } else if (context_.IsSymbol(position_, ")")) {
      if (open.empty()) {
        context_.Report(Make(kUnopenedText, context_.At(position_)));
        return false;
      }
      open.pop_back();
    }
  }
  if (!open.empty()) {
    context_.Report(Make(kUnclosedText, context_.At(position_),
                         context_.Describe(position_))
                        .With(context_.At(open.back()), "it was opened here"));
    return false;
  }
  if (position_ == first) {
    ReportExpected(what);
    return false;
  }
  return true;
}

std::optional<ast::Expression> Cursor::ExpectTokens(std::string_view what,
                                                    const Stop& stop) {
  const std::size_t first = position_;
  if (!TakeTokens(what, stop)) {
    return std::nullopt;
  }
  return context_.Expression(first, position_);
}

bool Cursor::SkipRest(std::string_view what) {
  return TakeTokens(what, [](std::size_t /*index*/) { return false; });
}

std::optional<ast::Expression> Cursor::ExpectRest(std::string_view what) {
  return ExpectTokens(what, [](std::size_t /*index*/) { return false; });
}

void Cursor::ReportExpected(std::string_view what) const {
  context_.ReportExpected(what, position_);
}

}  // namespace palindrome::parse
