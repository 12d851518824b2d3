#include "runtime/src/sql_lexer.h"

#include <algorithm>
#include <array>

namespace palindrome::sql {

namespace {

bool IsDigit(unsigned char c) { return c >= '0' && c <= '9'; }
bool IsHex(unsigned char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool IsSpace(unsigned char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
bool IsWordStart(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         c >= 0x80;
}
bool IsWord(unsigned char c) {
  return IsWordStart(c) || IsDigit(c) || c == '$';
}

class Scanner {
 public:
  Scanner(std::string_view text, std::size_t begin)
      : text_(text), begin_(begin), at_(begin) {}

  Token Scan() {
    const TokenKind kind = ScanKind();
    return {kind, static_cast<std::uint32_t>(begin_),
            text_.substr(begin_, at_ - begin_)};
  }

 private:
  unsigned char Peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size()
               ? static_cast<unsigned char>(text_[at_ + ahead])
               : 0;
  }
  bool AtEnd() const { return at_ >= text_.size(); }

  TokenKind Quoted(char quote, TokenKind kind) {
    ++at_;
    while (!AtEnd()) {
      if (text_[at_] == quote) {
        ++at_;
        if (quote == ']' || AtEnd() || text_[at_] != quote) {
          return kind;
        }
      }
      ++at_;
    }
    return TokenKind::kUnterminated;
  }

  TokenKind ScanKind() {
    const unsigned char c = Peek();
    if (c == '-' && Peek(1) == '-') {
      while (!AtEnd() && text_[at_] != '\n') {
        ++at_;
      }
      return TokenKind::kComment;
    }
    if (c == '/' && Peek(1) == '*') {
      const auto end = text_.find("*/", at_ + 2);
      at_ = end == std::string_view::npos ? text_.size() : end + 2;
      return end == std::string_view::npos ? TokenKind::kUnterminated
                                           : TokenKind::kComment;
    }
    if (c == '\'') {
      return Quoted('\'', TokenKind::kString);
    }
    if (c == '"' || c == '`') {
      return Quoted(static_cast<char>(c), TokenKind::kQuotedName);
    }
    if (c == '[') {
      return Quoted(']', TokenKind::kQuotedName);
    }
    if ((c == 'x' || c == 'X') && Peek(1) == '\'') {
      return Blob();
    }
    if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)))) {
      return Number();
    }
    if (IsWordStart(c)) {
      while (!AtEnd() && IsWord(Peek())) {
        ++at_;
      }
      return TokenKind::kWord;
    }
    if (c == '?' || c == ':' || c == '@' || c == '$' || c == '#') {
      ++at_;
      const std::size_t start = at_;
      while (!AtEnd() && IsWord(Peek())) {
        ++at_;
      }
      return c == '?' || at_ != start ? TokenKind::kVariable
                                      : TokenKind::kInvalid;
    }
    return Punctuation();
  }

  TokenKind Blob() {
    at_ += 2;
    const std::size_t start = at_;
    bool good = true;
    while (!AtEnd() && text_[at_] != '\'') {
      good = good && IsHex(Peek());
      ++at_;
    }
    if (AtEnd()) {
      return TokenKind::kUnterminated;
    }
    good = good && (at_ - start) % 2 == 0;
    ++at_;
    return good ? TokenKind::kBlob : TokenKind::kInvalid;
  }

  TokenKind Number() {
    if (Peek() == '0' && (Peek(1) == 'x' || Peek(1) == 'X') && IsHex(Peek(2))) {
      at_ += 2;
      while (IsHex(Peek())) {
        ++at_;
      }
    } else {
      while (IsDigit(Peek())) {
        ++at_;
      }
      if (Peek() == '.') {
        ++at_;
        while (IsDigit(Peek())) {
          ++at_;
        }
      }
      if ((Peek() == 'e' || Peek() == 'E') &&
          (IsDigit(Peek(1)) ||
           ((Peek(1) == '+' || Peek(1) == '-') && IsDigit(Peek(2))))) {
        at_ += 2;
        while (IsDigit(Peek())) {
          ++at_;
        }
      }
    }
    if (!AtEnd() && IsWord(Peek())) {
      while (!AtEnd() && IsWord(Peek())) {
        ++at_;
      }
      return TokenKind::kInvalid;
    }
    return TokenKind::kNumber;
  }

  TokenKind Punctuation() {
    static constexpr std::array<std::string_view, 11> kLong = {
        "->>", "->", "||", "<<", ">>", "<=", ">=", "<>", "==", "!=", "!="};
    for (const std::string_view punctuation : kLong) {
      if (text_.substr(at_, punctuation.size()) == punctuation) {
        at_ += punctuation.size();
        return TokenKind::kPunctuation;
      }
    }
    const char c = text_[at_++];
    constexpr std::string_view kShort = "-+*/%=<>&|~,.;()";
    return kShort.find(c) != std::string_view::npos ? TokenKind::kPunctuation
                                                    : TokenKind::kInvalid;
  }

  std::string_view text_;
  std::size_t begin_;
  std::size_t at_;
};

char Fold(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string_view TokenKindName(TokenKind kind) {
  switch (kind) {
#define PALINDROME_SQL_TOKEN(Name, Text) \
  case TokenKind::Name:                  \
    return Text;
#include "runtime/src/sql_token_kinds.def"
  }
  return "";
}

Token NextToken(std::string_view text, std::uint32_t offset) {
  std::size_t at = offset;
  while (at < text.size() && IsSpace(static_cast<unsigned char>(text[at]))) {
    ++at;
  }
  if (at >= text.size()) {
    return {TokenKind::kEnd, static_cast<std::uint32_t>(text.size()), {}};
  }
  return Scanner(text, at).Scan();
}

std::string Unquote(const Token& token) {
  std::string_view text = token.spelling;
  if (token.kind != TokenKind::kQuotedName &&
      token.kind != TokenKind::kString) {
    return std::string(text);
  }
  const char quote = text.front() == '[' ? ']' : text.front();
  text.remove_prefix(1);
  if (!text.empty() && text.back() == quote) {
    text.remove_suffix(1);
  }
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    result += text[i];
    if (quote != ']' && text[i] == quote && i + 1 < text.size() &&
        text[i + 1] == quote) {
      ++i;
    }
  }
  return result;
}

std::string FoldCase(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), Fold);
  return result;
}

bool EqualsIgnoringCase(std::string_view left, std::string_view right) {
  return left.size() == right.size() &&
         std::equal(left.begin(), left.end(), right.begin(),
                    [](char a, char b) { return Fold(a) == Fold(b); });
}

bool IsKeyword(std::string_view word) {
  static constexpr std::string_view kKeywords[] = {
#define PALINDROME_SQL_KEYWORD(Word) #Word,
#define PALINDROME_SQL_RESERVED(Word) #Word,
#include "runtime/src/sql_keywords.def"
  };
  return std::any_of(std::begin(kKeywords), std::end(kKeywords),
                     [&](std::string_view keyword) {
                       return EqualsIgnoringCase(keyword, word);
                     });
}

namespace {

std::string Quote(std::string_view text, char quote) {
  std::string result(1, quote);
  for (const char c : text) {
    result.append(c == quote ? 2 : 1, c);
  }
  return result + quote;
}

}  // namespace

std::string QuoteName(std::string_view name) {
  const bool bare =
      !name.empty() && IsWordStart(static_cast<unsigned char>(name[0])) &&
      std::all_of(name.begin(), name.end(),
                  [](char c) { return IsWord(static_cast<unsigned char>(c)); });
  return bare && !IsKeyword(name) ? std::string(name) : Quote(name, '"');
}

std::string QuoteString(std::string_view text) { return Quote(text, '\''); }

}  // namespace palindrome::sql
