#include "runtime/src/sql_lexer.h"

#include <algorithm>
#include <array>

namespace palindrome::sql {
namespace {

constexpr std::array kKeywords = {
#define PALINDROME_SQL_KEYWORD(Word) std::string_view(#Word),
#define PALINDROME_SQL_RESERVED(Word) std::string_view(#Word),
#include "runtime/src/sql_keywords.def"
};

// White space before a token, and part of a word behind its first byte.
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool IsHexDigit(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool IsWordStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool IsWordPart(char c) {
  return IsWordStart(c) || IsDigit(c) || c == '$';
}

char Fold(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// One token's worth of reading; `end_` runs over the text.
class Scanner {
 public:
  Scanner(std::string_view text, std::size_t begin)
      : text_(text), begin_(begin), end_(begin) {}

  Token Scan() {
    const TokenKind kind = ScanKind();
    return {kind, static_cast<std::uint32_t>(begin_),
            text_.substr(begin_, end_ - begin_)};
  }

 private:
  // The byte `ahead` of the end, or NUL past the text; callers never look
  // for a NUL.
  char Peek(std::size_t ahead = 0) const {
    return end_ + ahead < text_.size() ? text_[end_ + ahead] : '\0';
  }
  bool AtEnd() const { return end_ >= text_.size(); }

  TokenKind Take(TokenKind kind, std::size_t bytes) {
    end_ += bytes;
    return kind;
  }

  TokenKind ScanKind();
  TokenKind ScanComment(bool is_line);
  TokenKind ScanQuoted(char quote);
  TokenKind ScanBracketed();
  TokenKind ScanBlob();
  TokenKind ScanNumber();
  TokenKind ScanVariable();
  TokenKind ScanOperator();

  void SkipDigits() {
    while (IsDigit(Peek())) {
      ++end_;
    }
  }

  std::string_view text_;
  std::size_t begin_;
  std::size_t end_;
};

TokenKind Scanner::ScanKind() {
  if (AtEnd()) {
    return TokenKind::kEnd;
  }
  const char c = Peek();
  if (c == '-' && Peek(1) == '-') {
    return ScanComment(/*is_line=*/true);
  }
  if (c == '/' && Peek(1) == '*') {
    return ScanComment(/*is_line=*/false);
  }
  if (c == '\'' || c == '"' || c == '`') {
    return ScanQuoted(c);
  }
  if (c == '[') {
    return ScanBracketed();
  }
  if ((c == 'x' || c == 'X') && Peek(1) == '\'') {
    return ScanBlob();
  }
  if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)))) {
    return ScanNumber();
  }
  if (IsWordStart(c)) {
    while (IsWordPart(Peek())) {
      ++end_;
    }
    return TokenKind::kWord;
  }
  if (c == '?' || c == '$' || c == '@' || c == '#' || c == ':') {
    return ScanVariable();
  }
  return ScanOperator();
}

TokenKind Scanner::ScanComment(bool is_line) {
  const std::size_t close =
      is_line ? text_.find('\n', end_) : text_.find("*/", end_ + 2);
  if (close == std::string_view::npos) {
    end_ = text_.size();
    return is_line ? TokenKind::kComment : TokenKind::kUnterminated;
  }
  end_ = is_line ? close : close + 2;
  return TokenKind::kComment;
}

TokenKind Scanner::ScanQuoted(char quote) {
  ++end_;
  while (!AtEnd()) {
    if (Peek() != quote) {
      ++end_;
    } else if (Peek(1) == quote) {
      end_ += 2;
    } else {
      return Take(quote == '\'' ? TokenKind::kString : TokenKind::kQuotedName,
                  1);
    }
  }
  return TokenKind::kUnterminated;
}

TokenKind Scanner::ScanBracketed() {
  const std::size_t close = text_.find(']', end_);
  if (close == std::string_view::npos) {
    end_ = text_.size();
    return TokenKind::kUnterminated;
  }
  end_ = close + 1;
  return TokenKind::kQuotedName;
}

TokenKind Scanner::ScanBlob() {
  end_ += 2;
  const std::size_t first = end_;
  while (IsHexDigit(Peek())) {
    ++end_;
  }
  const bool is_even = (end_ - first) % 2 == 0;
  if (Peek() == '\'' && is_even) {
    return Take(TokenKind::kBlob, 1);
  }
  while (!AtEnd() && Peek() != '\'') {
    ++end_;
  }
  return AtEnd() ? TokenKind::kUnterminated : Take(TokenKind::kInvalid, 1);
}

TokenKind Scanner::ScanNumber() {
  if (Peek() == '0' && (Peek(1) == 'x' || Peek(1) == 'X') &&
      IsHexDigit(Peek(2))) {
    end_ += 2;
    while (IsHexDigit(Peek())) {
      ++end_;
    }
  } else {
    SkipDigits();
    if (Peek() == '.') {
      ++end_;
      SkipDigits();
    }
    const bool is_signed = Peek(1) == '+' || Peek(1) == '-';
    if (Fold(Peek()) == 'e' && IsDigit(Peek(is_signed ? 2 : 1))) {
      end_ += is_signed ? 3 : 2;
      SkipDigits();
    }
  }
  TokenKind kind = TokenKind::kNumber;
  while (IsWordPart(Peek())) {
    kind = TokenKind::kInvalid;
    ++end_;
  }
  return kind;
}

TokenKind Scanner::ScanVariable() {
  const bool is_numbered = Peek() == '?';
  ++end_;
  if (is_numbered) {
    SkipDigits();
    return TokenKind::kVariable;
  }
  const std::size_t first = end_;
  while (true) {
    if (IsWordPart(Peek())) {
      ++end_;
    } else if (Peek() == ':' && Peek(1) == ':') {
      end_ += 2;
    } else {
      break;
    }
  }
  return end_ == first ? TokenKind::kInvalid : TokenKind::kVariable;
}

TokenKind Scanner::ScanOperator() {
  constexpr std::array<std::string_view, 10> kLong = {
      "->>", "->", "==", "<=", "<>", "<<", ">=", ">>", "!=", "||"};
  const std::string_view rest = text_.substr(end_);
  for (const std::string_view op : kLong) {
    if (rest.starts_with(op)) {
      return Take(TokenKind::kPunctuation, op.size());
    }
  }
  constexpr std::string_view kSingle = "-();+*/%=<>|,&~.";
  return Take(kSingle.find(rest.front()) == std::string_view::npos
                  ? TokenKind::kInvalid
                  : TokenKind::kPunctuation,
              1);
}

// Bare, the compiler takes them for a slip.
bool HasLookalike(std::string_view name) {
  return
#define PALINDROME_LOOKALIKE(Bytes, What, Instead) \
  name.find(Bytes) != std::string_view::npos ||
#include "runtime/src/lookalikes.def"
      false;
}

}  // namespace

std::string_view TokenKindName(TokenKind kind) {
  switch (kind) {
#define PALINDROME_SQL_TOKEN(Name, Text) \
  case TokenKind::Name:                  \
    return Text;
#include "runtime/src/sql_token_kinds.def"
  }
  return "token";
}

Token NextToken(std::string_view text, std::uint32_t offset) {
  std::size_t begin = std::min<std::size_t>(offset, text.size());
  while (begin < text.size()) {
    constexpr std::string_view kSpace = " \t\n\f\r";
    if (kSpace.find(text[begin]) != std::string_view::npos) {
      ++begin;
    } else if (text.substr(begin).starts_with(kByteOrderMark)) {
      begin += kByteOrderMark.size();
    } else {
      break;
    }
  }
  return Scanner(text, begin).Scan();
}

std::string Unquote(const Token& token) {
  const std::string_view spelling = token.spelling;
  const bool is_quoted =
      token.kind == TokenKind::kQuotedName || token.kind == TokenKind::kString;
  if (!is_quoted || spelling.size() < 2) {
    return std::string(spelling);
  }
  const char quote = spelling.front();
  const std::string_view body = spelling.substr(1, spelling.size() - 2);
  if (quote == '[') {
    return std::string(body);
  }
  std::string text;
  text.reserve(body.size());
  for (std::size_t i = 0; i < body.size(); ++i) {
    text += body[i];
    if (body[i] == quote) {
      ++i;
    }
  }
  return text;
}

std::string FoldCase(std::string_view text) {
  std::string folded(text);
  std::transform(folded.begin(), folded.end(), folded.begin(), Fold);
  return folded;
}

bool EqualsIgnoringCase(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return Fold(a) == Fold(b); });
}

bool IsKeyword(std::string_view word) {
  const auto less = [](std::string_view a, std::string_view b) {
    return std::lexicographical_compare(
        a.begin(), a.end(), b.begin(), b.end(),
        [](char c, char d) { return Fold(c) < Fold(d); });
  };
  return std::binary_search(kKeywords.begin(), kKeywords.end(), word, less);
}

std::string QuoteName(std::string_view name) {
  const bool is_bare = !name.empty() && IsWordStart(name.front()) &&
                       std::all_of(name.begin(), name.end(), IsWordPart) &&
                       !name.starts_with(kByteOrderMark) &&
                       !HasLookalike(name) && !IsKeyword(name);
  if (is_bare) {
    return std::string(name);
  }
  std::string quoted = "\"";
  for (const char c : name) {
    quoted.append(c == '"' ? 2 : 1, c);
  }
  return quoted + '"';
}

std::string QuoteString(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    quoted.append(c == '\'' ? 2 : 1, c);
  }
  return quoted + '\'';
}

}  // namespace palindrome::sql
