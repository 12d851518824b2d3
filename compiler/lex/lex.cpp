#include "compiler/lex/lex.h"

#include <string>
#include <string_view>

namespace palindrome::lex {

namespace {

using diagnostics::Emitter;

PALINDROME_TEXT(kUnterminatedText, kSyntaxError,
                "the {0} does not end; write its closing `{1}`", std::string,
                std::string);
PALINDROME_TEXT(kInvalidText, kSyntaxError, "`{0}` is no {1} of SQL",
                std::string, std::string);
PALINDROME_TEXT(kNulText, kSyntaxError,
                "a NUL byte; a migration is a text file");

source::Range RangeOf(const sql::Token& token) {
  return {token.offset,
          token.offset + static_cast<std::uint32_t>(token.spelling.size())};
}

// The first code points of `text`, for a message.
std::string Clipped(std::string_view text) {
  constexpr std::size_t kLongest = 40;
  if (text.size() <= kLongest) {
    return std::string(text);
  }
  std::size_t end = kLongest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return std::string(text.substr(0, end)) + "...";
}

void ReportUnterminated(const source::File& file, const sql::Token& token,
                        Emitter& emitter) {
  std::string what = "string";
  std::string close = "'";
  switch (token.spelling.front()) {
    case '"':
    case '`':
      what = "quoted name";
      close = token.spelling.front();
      break;
    case '[':
      what = "quoted name";
      close = "]";
      break;
    case '/':
      what = "comment";
      close = "*/";
      break;
    case 'x':
    case 'X':
      what = "blob";
      break;
    default:
      break;
  }
  // The caret belongs to the opening quote: the rest is the rest of the file.
  emitter.Emit(kUnterminatedText, {&file, {token.offset, token.offset + 1}},
               what, close);
}

void ReportInvalid(const source::File& file, const sql::Token& token,
                   Emitter& emitter) {
  const source::Location location{&file, RangeOf(token)};
  const char first = token.spelling.empty() ? '\0' : token.spelling.front();
  if (first == '\0') {
    emitter.Emit(kNulText, location);
    return;
  }
  std::string what = "character";
  if (first == 'x' || first == 'X') {
    what = "blob";
  } else if ((first >= '0' && first <= '9') || first == '.') {
    what = "number";
  }
  emitter.Emit(kInvalidText, location, Clipped(token.spelling), what);
}

}  // namespace

TokenBuffer Lex(const source::File& file, Emitter& emitter) {
  TokenBuffer buffer;
  buffer.file = &file;
  std::uint32_t offset = 0;
  while (true) {
    const sql::Token token = sql::NextToken(file.text(), offset);
    const source::Range range = RangeOf(token);
    switch (token.kind) {
      case sql::TokenKind::kEnd:
        buffer.tokens.push_back(token);
        return buffer;
      case sql::TokenKind::kComment:
        buffer.comments.push_back({range, buffer.tokens.size()});
        break;
      case sql::TokenKind::kUnterminated:
        ReportUnterminated(file, token, emitter);
        break;
      case sql::TokenKind::kInvalid:
        ReportInvalid(file, token, emitter);
        break;
      case sql::TokenKind::kWord:
      case sql::TokenKind::kQuotedName:
      case sql::TokenKind::kString:
      case sql::TokenKind::kBlob:
      case sql::TokenKind::kNumber:
      case sql::TokenKind::kVariable:
      case sql::TokenKind::kPunctuation:
        buffer.tokens.push_back(token);
        break;
    }
    offset = range.end;
  }
}

}  // namespace palindrome::lex
