#include "runtime/drivers/sqlite/token_reader.h"

#include "runtime/src/sql_normalize.h"

namespace palindrome::sqlite {

using sql::IsPunctuation;
using sql::IsWord;
using sql::Token;
using sql::TokenKind;

const Token& TokenReader::Peek(std::size_t ahead) const {
  static const Token end;
  return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : end;
}

bool TokenReader::PeekWord(std::string_view word, std::size_t ahead) const {
  return IsWord(Peek(ahead), word);
}

bool TokenReader::PeekPunctuation(std::string_view text) const {
  return IsPunctuation(Peek(), text);
}

const Token& TokenReader::Take() {
  const Token& token = Peek();
  if (!AtEnd()) {
    ++at_;
  }
  return token;
}

bool TokenReader::TakeWord(std::string_view word) {
  if (!PeekWord(word)) {
    return false;
  }
  ++at_;
  return true;
}

bool TokenReader::TakeWords(std::string_view first, std::string_view second) {
  if (!PeekWord(first) || !PeekWord(second, 1)) {
    return false;
  }
  at_ += 2;
  return true;
}

bool TokenReader::TakePunctuation(std::string_view text) {
  if (!PeekPunctuation(text)) {
    return false;
  }
  ++at_;
  return true;
}

std::optional<std::string> TokenReader::TakeName() {
  const TokenKind kind = Peek().kind;
  if (kind != TokenKind::kWord && kind != TokenKind::kQuotedName &&
      kind != TokenKind::kString) {
    return std::nullopt;
  }
  return sql::Unquote(Take());
}

std::optional<Tokens> TokenReader::TakeParenthesized() {
  if (!PeekPunctuation("(")) {
    return std::nullopt;
  }
  std::size_t depth = 0;
  for (std::size_t i = at_; i < tokens_.size(); ++i) {
    if (IsPunctuation(tokens_[i], "(")) {
      ++depth;
    } else if (IsPunctuation(tokens_[i], ")") && --depth == 0) {
      const Tokens inside = tokens_.subspan(at_ + 1, i - at_ - 1);
      at_ = i + 1;
      return inside;
    }
  }
  return std::nullopt;
}

bool TakeCreate(TokenReader* reader) {
  if (!reader->TakeWord("CREATE")) {
    return false;
  }
  reader->TakeWord("UNIQUE");
  reader->TakeWord("VIRTUAL");
  if (!reader->TakeWord("TEMP")) {
    reader->TakeWord("TEMPORARY");
  }
  if (!reader->TakeWord("TABLE") && !reader->TakeWord("INDEX") &&
      !reader->TakeWord("VIEW") && !reader->TakeWord("TRIGGER")) {
    return false;
  }
  if (reader->PeekWord("IF") && reader->PeekWord("NOT", 1) &&
      reader->PeekWord("EXISTS", 2)) {
    reader->Take();
    reader->Take();
    reader->Take();
  }
  if (!reader->TakeName()) {
    return false;
  }
  return !reader->TakePunctuation(".") || reader->TakeName().has_value();
}

std::vector<Tokens> SplitAtCommas(Tokens tokens) {
  std::vector<Tokens> parts;
  std::size_t depth = 0;
  std::size_t first = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (IsPunctuation(tokens[i], "(")) {
      ++depth;
    } else if (IsPunctuation(tokens[i], ")") && depth > 0) {
      --depth;
    } else if (IsPunctuation(tokens[i], ",") && depth == 0) {
      parts.push_back(tokens.subspan(first, i - first));
      first = i + 1;
    }
  }
  parts.push_back(tokens.subspan(first));
  return parts;
}

namespace {

Tokens WithoutOrder(Tokens part) {
  const bool is_ordered = part.size() > 1 && (IsWord(part.back(), "DESC") ||
                                              IsWord(part.back(), "ASC"));
  return is_ordered ? part.first(part.size() - 1) : part;
}

bool IsInParentheses(Tokens tokens) {
  TokenReader reader{tokens};
  return reader.TakeParenthesized() && reader.Rest().empty();
}

// The column that the tokens name, also as `(a COLLATE x)`, and the last of its
// collations; null: they are an expression.
const Token* FindColumn(Tokens part, const std::set<std::string>* columns,
                        std::string* collation) {
  while (part.size() > 2) {
    if (IsWord(part[part.size() - 2], "COLLATE")) {
      if (collation->empty()) {
        *collation = sql::NormalName(sql::Unquote(part.back()));
      }
      part = part.first(part.size() - 2);
    } else if (IsInParentheses(part)) {
      part = part.subspan(1, part.size() - 2);
    } else {
      return nullptr;
    }
  }
  if (part.size() != 1) {
    return nullptr;
  }
  // SQLite takes a lone string for a name here.
  const Token& token = part.front();
  const bool is_column =
      token.kind == TokenKind::kString ||
      token.kind == TokenKind::kQuotedName ||
      (token.kind == TokenKind::kWord && columns != nullptr &&
       columns->count(sql::FoldCase(token.spelling)) != 0);
  return is_column ? &token : nullptr;
}

}  // namespace

std::optional<std::string> KeyColumn(Tokens part,
                                     const std::set<std::string>& columns) {
  std::string collation;
  const Token* column = FindColumn(WithoutOrder(part), &columns, &collation);
  return column == nullptr ? std::nullopt
                           : std::optional(sql::Unquote(*column));
}

std::string NormalKeyPart(Tokens part, const std::set<std::string>* columns) {
  std::string suffix =
      part.size() > 1 && IsWord(part.back(), "DESC") ? " DESC" : "";
  part = WithoutOrder(part);
  std::string collation;
  if (const Token* column = FindColumn(part, columns, &collation)) {
    return (column->kind == TokenKind::kWord
                ? sql::FoldCase(column->spelling)
                : sql::NormalName(sql::Unquote(*column))) +
           (collation.empty() ? "" : " COLLATE " + collation) + suffix;
  }
  if (part.size() > 2 && IsWord(part[part.size() - 2], "COLLATE")) {
    suffix = " COLLATE " + sql::NormalName(sql::Unquote(part.back())) + suffix;
    part = part.first(part.size() - 2);
  }
  return sql::NormalTokens(part, columns) + suffix;
}

}  // namespace palindrome::sqlite
