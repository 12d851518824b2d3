#include "runtime/drivers/sqlite/column_type.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "runtime/src/sql_normalize.h"

namespace palindrome::sqlite {
namespace {

using sql::IsPunctuation;
using sql::IsWord;
using sql::Token;
using sql::TokenKind;

// The words that begin a clause of a column, and so end its type.
bool BeginsClause(const TokenReader& reader) {
  constexpr std::array<std::string_view, 11> kWords = {
      "CONSTRAINT", "PRIMARY", "NOT",        "NULL", "UNIQUE",    "CHECK",
      "DEFAULT",    "COLLATE", "REFERENCES", "AS",   "DEFERRABLE"};
  return (reader.PeekWord("GENERATED") && reader.PeekWord("ALWAYS", 1)) ||
         std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
           return reader.PeekWord(word);
         });
}

std::string UpperCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

bool IsLiteral(const Token& token) {
  return token.kind == TokenKind::kString || token.kind == TokenKind::kNumber ||
         token.kind == TokenKind::kBlob;
}

bool IsSign(const Token& token) {
  return IsPunctuation(token, "-") || IsPunctuation(token, "+");
}

bool IsConstantWord(const Token& token) {
  constexpr std::array<std::string_view, 6> kWords = {
      "NULL",         "TRUE",         "FALSE",
      "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return IsWord(token, word);
  });
}

// True for one literal or a signed one, which means the same without
// parentheses around it.
bool IsConstant(Tokens tokens) {
  if (tokens.size() == 1) {
    return IsLiteral(tokens[0]) || IsConstantWord(tokens[0]);
  }
  return tokens.size() == 2 && IsSign(tokens[0]) &&
         tokens[1].kind == TokenKind::kNumber;
}

}  // namespace

std::string TakeType(TokenReader* reader) {
  std::string type;
  while (!BeginsClause(*reader)) {
    const auto word = reader->TakeName();
    if (!word) {
      break;
    }
    type += (type.empty() ? "" : " ") + UpperCase(*word);
  }
  if (type.empty() || !reader->PeekPunctuation("(")) {
    return type;
  }
  if (const auto arguments = reader->TakeParenthesized()) {
    type += '(';
    for (const Token& token : *arguments) {
      type += UpperCase(std::string(token.spelling));
    }
    type += ')';
  }
  return type;
}

std::optional<std::string> TakeDefault(TokenReader* reader,
                                       const std::set<std::string>* columns) {
  if (reader->PeekPunctuation("(")) {
    const auto inside = reader->TakeParenthesized();
    if (!inside) {
      return std::nullopt;
    }
    if (IsConstant(*inside)) {
      TokenReader constant(*inside);
      return TakeDefault(&constant, columns);
    }
    return '(' + sql::NormalTokens(*inside, columns) + ')';
  }
  if (IsSign(reader->Peek())) {
    const std::string sign(reader->Take().spelling);
    return sign + sql::NormalTokens({&reader->Take(), 1});
  }
  const Token& token = reader->Take();
  if (IsLiteral(token) || IsConstantWord(token)) {
    return sql::NormalTokens({&token, 1});
  }
  // Any other word or quoted name is a string to SQLite.
  if (token.kind == TokenKind::kWord || token.kind == TokenKind::kQuotedName) {
    return sql::QuoteString(sql::Unquote(token));
  }
  return std::nullopt;
}

}  // namespace palindrome::sqlite
