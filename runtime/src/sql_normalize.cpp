#include "runtime/src/sql_normalize.h"

#include <algorithm>
#include <array>

namespace palindrome::sql {
namespace {

constexpr std::array kReserved = {
#define PALINDROME_SQL_KEYWORD(Word)
#define PALINDROME_SQL_RESERVED(Word) std::string_view(#Word),
#include "runtime/src/sql_keywords.def"
};

bool IsReserved(std::string_view word) {
  return std::any_of(kReserved.begin(), kReserved.end(),
                     [word](std::string_view reserved) {
                       return EqualsIgnoringCase(word, reserved);
                     });
}

bool IsName(const Token& token) {
  return token.kind == TokenKind::kWord || token.kind == TokenKind::kQuotedName;
}

// No space where it would only make the text harder to read; what a reader
// sees is still one token after the other.
bool NeedsSpace(const Token& left, const Token& right,
                const Token* after_right) {
  if (IsPunctuation(left, "(") || IsPunctuation(right, ")") ||
      IsPunctuation(right, ",") || IsPunctuation(right, ";")) {
    return false;
  }
  if (IsPunctuation(right, "(")) {
    return !IsName(left);
  }
  if (IsPunctuation(right, ".")) {
    return !(IsName(left) && after_right != nullptr &&
             (IsName(*after_right) || IsPunctuation(*after_right, "*")));
  }
  if (IsPunctuation(left, ".")) {
    return !(IsName(right) || IsPunctuation(right, "*"));
  }
  return true;
}

bool IsStringInDisguise(std::span<const Token> tokens, std::size_t at,
                        const std::set<std::string>& columns) {
  const Token& token = tokens[at];
  if (token.kind != TokenKind::kQuotedName || token.spelling.front() != '"') {
    return false;
  }
  if (at + 1 < tokens.size() && (IsPunctuation(tokens[at + 1], "(") ||
                                 IsPunctuation(tokens[at + 1], "."))) {
    return false;
  }
  if (at > 0 &&
      (IsPunctuation(tokens[at - 1], ".") ||
       IsWord(tokens[at - 1], "COLLATE") || IsWord(tokens[at - 1], "AS"))) {
    return false;
  }
  const std::string name = FoldCase(Unquote(token));
  return !columns.contains(name) && name != "rowid" && name != "oid" &&
         name != "_rowid_";
}

std::string NormalToken(const Token& token) {
  switch (token.kind) {
    case TokenKind::kWord:
      return FoldCase(token.spelling);
    case TokenKind::kQuotedName:
      return NormalName(Unquote(token));
    case TokenKind::kBlob:
      return FoldCase(token.spelling);
    case TokenKind::kEnd:
    case TokenKind::kString:
    case TokenKind::kNumber:
    case TokenKind::kVariable:
    case TokenKind::kPunctuation:
    case TokenKind::kComment:
    case TokenKind::kUnterminated:
    case TokenKind::kInvalid:
      return std::string(token.spelling);
  }
  return std::string(token.spelling);
}

}  // namespace

std::vector<Token> Tokenize(std::string_view text) {
  std::vector<Token> tokens;
  std::uint32_t offset = 0;
  while (true) {
    const Token token = NextToken(text, offset);
    if (token.kind == TokenKind::kEnd) {
      return tokens;
    }
    offset = token.offset + static_cast<std::uint32_t>(token.spelling.size());
    if (token.kind != TokenKind::kComment) {
      tokens.push_back(token);
    }
  }
}

bool IsWord(const Token& token, std::string_view word) {
  return token.kind == TokenKind::kWord &&
         EqualsIgnoringCase(token.spelling, word);
}

bool IsPunctuation(const Token& token, std::string_view text) {
  return token.kind == TokenKind::kPunctuation && token.spelling == text;
}

std::string NormalName(std::string_view name) {
  std::string folded = FoldCase(name);
  const Token token = NextToken(folded, 0);
  if (token.kind == TokenKind::kWord && token.spelling == folded &&
      !IsReserved(folded)) {
    return folded;
  }
  std::string quoted = "\"";
  for (const char c : folded) {
    quoted.append(c == '"' ? 2 : 1, c);
  }
  return quoted + '"';
}

std::string NormalTokens(std::span<const Token> tokens,
                         const std::set<std::string>* columns) {
  std::string text;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token* after = i + 1 < tokens.size() ? &tokens[i + 1] : nullptr;
    if (i > 0 && NeedsSpace(tokens[i - 1], tokens[i], after)) {
      text += ' ';
    }
    text += columns != nullptr && IsStringInDisguise(tokens, i, *columns)
                ? QuoteString(Unquote(tokens[i]))
                : NormalToken(tokens[i]);
  }
  return text;
}

std::vector<Token> WithoutQualifier(std::span<const Token> tokens,
                                    std::string_view table) {
  std::vector<Token> kept;
  kept.reserve(tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool is_name = tokens[i].kind == TokenKind::kWord ||
                         tokens[i].kind == TokenKind::kQuotedName;
    const bool qualifies = is_name && i + 2 < tokens.size() &&
                           IsPunctuation(tokens[i + 1], ".") &&
                           EqualsIgnoringCase(Unquote(tokens[i]), table);
    if (qualifies) {
      ++i;
    } else {
      kept.push_back(tokens[i]);
    }
  }
  return kept;
}

}  // namespace palindrome::sql
