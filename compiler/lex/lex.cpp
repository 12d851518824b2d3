#include "compiler/lex/lex.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "compiler/diagnostics/fixes.h"

namespace palindrome::lex {

namespace {

using diagnostics::Emitter;

PALINDROME_TEXT(kUnterminatedText, kSyntaxError,
                "the {0} does not end; write its closing `{1}`", std::string,
                std::string);
PALINDROME_TEXT(kInvalidText, kSyntaxError, "`{0}` is no {1} of SQL",
                std::string, std::string);
PALINDROME_TEXT(kHashText, kSyntaxError,
                "`#` begins no comment in SQL; write `--`");
PALINDROME_TEXT(kBlankText, kSyntaxError,
                "{0}, which SQL takes for a letter; write a plain space, or "
                "none",
                std::string);
PALINDROME_TEXT(kCurlyText, kSyntaxError,
                "a curly quote, which SQL takes for a letter; strings stand in "
                "`'`");
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

// Whether `#` begins a comment, as MySQL has them: on a line of its own.
bool IsHashComment(std::string_view text, std::uint32_t at) {
  const std::size_t last = text.substr(0, at).find_last_not_of(" \t\r");
  return text[at] == '#' &&
         (last == std::string_view::npos || text[last] == '\n');
}

std::uint32_t EndOfLine(std::string_view text, std::uint32_t at) {
  return static_cast<std::uint32_t>(std::min(text.find('\n', at), text.size()));
}

// Characters that look like others: blanks that are none of SQL's, and quotes.
struct Lookalike {
  std::string_view bytes;
  std::string_view what;
  std::string_view instead;
};

constexpr Lookalike kLookalikes[] = {
#define PALINDROME_LOOKALIKE(Bytes, What, Instead) {Bytes, What, Instead},
#include "runtime/src/lookalikes.def"
};

const Lookalike* FindLookalike(std::string_view text, std::size_t at) {
  for (const Lookalike& each : kLookalikes) {
    if (text.substr(at).starts_with(each.bytes)) {
      return &each;
    }
  }
  return nullptr;
}

// The first in a word, which no name that was meant holds.
std::optional<std::uint32_t> FindLookalikeIn(const source::File& file,
                                             source::Range word) {
  for (std::uint32_t at = word.begin; at < word.end; ++at) {
    if (FindLookalike(file.text(), at) != nullptr) {
      return at;
    }
  }
  return std::nullopt;
}

// With what puts plain characters where such ones stand in the range.
diagnostics::Diagnostic ReportLookalike(const source::File& file,
                                        source::Range range) {
  const Lookalike& found = *FindLookalike(file.text(), range.begin);
  const auto size = static_cast<std::uint32_t>(found.bytes.size());
  const source::Location place{&file, {range.begin, range.begin + size}};
  const bool is_quote = found.instead == "'";
  auto diagnostic =
      is_quote ? diagnostics::Make(kCurlyText, place)
               : diagnostics::Make(kBlankText, place, std::string(found.what));
  diagnostics::Fix fix;
  fix.title = is_quote                ? "write `'` instead"
              : found.instead.empty() ? "remove " + std::string(found.what)
                                      : "write a plain space instead";
  fix.mechanical = !is_quote;
  for (std::uint32_t at = range.begin; at < range.end;) {
    const Lookalike* each = FindLookalike(file.text(), at);
    const auto length =
        static_cast<std::uint32_t>(each == nullptr ? 1 : each->bytes.size());
    if (each != nullptr) {
      fix.edits.push_back(
          {{&file, {at, at + length}}, std::string(each->instead)});
    }
    at += length;
  }
  return diagnostic.Mended(std::move(fix));
}

// Reports the character at `first` in the word, and takes what it spoils: the
// rest of a string, or the blank alone, beside which the word is two.
std::uint32_t TakeLookalike(const source::File& file, source::Range word,
                            std::uint32_t first, TokenBuffer& buffer,
                            Emitter& emitter) {
  const std::string_view text = file.text();
  std::uint32_t end = word.end;
  if (FindLookalike(text, first)->instead == "'") {
    for (std::uint32_t at = first; at < EndOfLine(text, first); ++at) {
      const Lookalike* each = FindLookalike(text, at);
      if (each != nullptr && each->instead == "'") {
        end = at + static_cast<std::uint32_t>(each->bytes.size());
      }
    }
    emitter.Emit(ReportLookalike(file, {first, end}));
    return end;
  }
  emitter.Emit(ReportLookalike(file, {first, end}));
  std::uint32_t begin = word.begin;
  for (std::uint32_t at = word.begin; at <= end;) {
    const Lookalike* each = at < end ? FindLookalike(text, at) : nullptr;
    if ((each != nullptr || at == end) && begin < at) {
      buffer.tokens.push_back(
          {sql::TokenKind::kWord, begin, text.substr(begin, at - begin)});
    }
    at += static_cast<std::uint32_t>(each == nullptr ? 1 : each->bytes.size());
    begin = each != nullptr ? at : begin;
  }
  return end;
}

// A string that goes over lines and stands against a word: it was not closed,
// so that from there on all quotes open what they should close.
bool LooksUnclosed(std::string_view text, const sql::Token& token) {
  const std::size_t end = token.offset + token.spelling.size();
  return token.kind == sql::TokenKind::kString &&
         token.spelling.find('\n') != std::string_view::npos &&
         end < text.size() &&
         sql::NextToken(text, static_cast<std::uint32_t>(end)).offset == end &&
         sql::NextToken(text, static_cast<std::uint32_t>(end)).kind ==
             sql::TokenKind::kWord;
}

// What does not end begins where the first string looks so.
std::uint32_t FindUnclosed(std::string_view text, std::uint32_t last) {
  std::uint32_t at = 0;
  while (at < last) {
    const sql::Token token = sql::NextToken(text, at);
    if (LooksUnclosed(text, token)) {
      return token.offset;
    }
    at = token.offset + static_cast<std::uint32_t>(token.spelling.size());
  }
  return last;
}

TokenBuffer LexUpTo(const source::File& file, std::uint32_t stop,
                    Emitter& emitter);

}  // namespace

TokenBuffer Lex(const source::File& file, Emitter& emitter) {
  Emitter own;
  TokenBuffer buffer =
      LexUpTo(file, static_cast<std::uint32_t>(file.text().size()), own);
  if (buffer.unterminated) {
    const std::uint32_t last = own.diagnostics().back().location.range.begin;
    const char quote = file.text()[last];
    const std::uint32_t stop =
        quote == '/' ? last : FindUnclosed(file.text(), last);
    if (stop < last) {
      own = Emitter();
      buffer = LexUpTo(file, stop, own);
      buffer.unterminated = true;
      ReportUnterminated(file, sql::NextToken(file.text(), stop), own);
    }
  }
  for (diagnostics::Diagnostic& diagnostic : own.diagnostics()) {
    emitter.Emit(std::move(diagnostic));
  }
  return buffer;
}

namespace {

// The tokens before `stop`.
TokenBuffer LexUpTo(const source::File& file, std::uint32_t stop,
                    Emitter& emitter) {
  TokenBuffer buffer;
  buffer.file = &file;
  std::uint32_t offset = 0;
  while (true) {
    sql::Token token = sql::NextToken(file.text(), offset);
    const source::Range range = RangeOf(token);
    if (token.offset >= stop && token.kind != sql::TokenKind::kEnd) {
      const auto end = static_cast<std::uint32_t>(file.text().size());
      token = sql::NextToken(file.text(), end);
    }
    switch (token.kind) {
      case sql::TokenKind::kEnd:
        buffer.tokens.push_back(token);
        return buffer;
      case sql::TokenKind::kComment:
        buffer.comments.push_back({range, buffer.tokens.size()});
        break;
      case sql::TokenKind::kUnterminated:
        ReportUnterminated(file, token, emitter);
        buffer.unterminated = true;
        break;
      case sql::TokenKind::kInvalid:
        if (IsHashComment(file.text(), token.offset)) {
          emitter.Emit(diagnostics::Make(kHashText, {&file, range})
                           .Mended(diagnostics::Replace(diagnostics::By::kTool,
                                                        {&file, range}, "--")));
          offset = EndOfLine(file.text(), range.end);
          continue;
        }
        ReportInvalid(file, token, emitter);
        break;
      case sql::TokenKind::kWord:
        if (const auto odd = FindLookalikeIn(file, range)) {
          offset = TakeLookalike(file, range, *odd, buffer, emitter);
          continue;
        }
        buffer.tokens.push_back(token);
        break;
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

}  // namespace

}  // namespace palindrome::lex
