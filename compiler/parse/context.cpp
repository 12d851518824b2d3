#include "compiler/parse/context.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace palindrome::parse {

namespace {

PALINDROME_TEXT(kExpectedText, kSyntaxError, "expected {0}, found {1}",
                std::string, std::string);
PALINDROME_TEXT(kTooManyText, kSyntaxError,
                "more than {0} errors; the rest of the file was not read",
                std::size_t);

constexpr std::size_t kLongestShown = 40;

std::string Clipped(std::string_view text) {
  if (text.size() <= kLongestShown) {
    return std::string(text);
  }
  std::size_t end = kLongestShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return std::string(text.substr(0, end)) + "...";
}

template <std::size_t Size>
bool IsOneOf(std::string_view word, const std::string_view (&words)[Size]) {
  return std::any_of(std::begin(words), std::end(words),
                     [word](std::string_view each) {
                       return sql::EqualsIgnoringCase(each, word);
                     });
}

}  // namespace

Context::Context(const lex::TokenBuffer& buffer,
                 std::vector<source::Range> lexical,
                 diagnostics::Emitter& emitter)
    : buffer_(buffer), lexical_(std::move(lexical)), emitter_(emitter) {}

const sql::Token& Context::token(std::size_t index) const {
  return buffer_.tokens[std::min(index, end_index())];
}

bool Context::IsWord(std::size_t index, std::string_view word) const {
  const sql::Token& at = token(index);
  return at.kind == sql::TokenKind::kWord &&
         sql::EqualsIgnoringCase(at.spelling, word);
}

bool Context::IsSymbol(std::size_t index, std::string_view symbol) const {
  const sql::Token& at = token(index);
  return at.kind == sql::TokenKind::kPunctuation && at.spelling == symbol;
}

bool Context::StartsLine(std::size_t index) const {
  const std::string_view before = buffer_.file->text({0, RangeOf(index).begin});
  const std::size_t last = before.find_last_not_of(" \t\r");
  return last == std::string_view::npos || before[last] == '\n';
}

source::Range Context::RangeOf(std::size_t index) const {
  const sql::Token& at = token(index);
  return {at.offset,
          at.offset + static_cast<std::uint32_t>(at.spelling.size())};
}

source::Range Context::RangeOf(std::size_t begin, std::size_t end) const {
  if (begin >= end) {
    const std::uint32_t place = RangeOf(begin).begin;
    return {place, place};
  }
  return {RangeOf(begin).begin, RangeOf(end - 1).end};
}

source::Location Context::Behind(std::size_t index) const {
  const std::uint32_t place = RangeOf(index).end;
  return At(source::Range{place, place});
}

ast::Expression Context::Expression(std::size_t begin, std::size_t end) const {
  ast::Expression expression;
  expression.tokens.reserve(end > begin ? end - begin : 0);
  for (std::size_t index = begin; index < end; ++index) {
    const sql::Token& at = token(index);
    ast::Token kept;
    kept.kind = at.kind;
    kept.spelling = std::string(at.spelling);
    kept.range = RangeOf(index);
    kept.space_before =
        index > begin && RangeOf(index - 1).end != kept.range.begin;
    expression.tokens.push_back(std::move(kept));
  }
  return expression;
}

std::string Context::Describe(std::size_t index) const {
  const sql::Token& at = token(index);
  if (at.kind == sql::TokenKind::kEnd) {
    return "the end of the file";
  }
  return "`" + Clipped(at.spelling) + "`";
}

diagnostics::Meant Context::MeantAt(
    std::size_t index, const std::vector<std::string>& candidates) const {
  const sql::Token& at = token(index);
  const bool is_one =
      std::any_of(candidates.begin(), candidates.end(),
                  [&](const std::string& each) { return IsWord(index, each); });
  if (at.kind != sql::TokenKind::kWord || is_one) {
    return {};
  }
  return diagnostics::MeantWord({at.spelling.data(), at.spelling.size()},
                                candidates);
}

void Context::SetRegion(std::size_t begin, std::size_t end) {
  region_ = {RangeOf(begin).begin, RangeOf(end).end};
}

bool Context::FollowsFromLexicalError(source::Range place) const {
  if (lexical_.empty()) {
    return false;
  }
  // What does not end hides the rest of the file.
  if (lexical_.back().end >= buffer_.file->text().size() &&
      place.end >= lexical_.back().begin) {
    return true;
  }
  const auto next =
      std::lower_bound(lexical_.begin(), lexical_.end(), region_.begin,
                       [](source::Range range, std::uint32_t begin) {
                         return range.begin < begin;
                       });
  return next != lexical_.end() && next->begin < region_.end;
}

void Context::Report(diagnostics::Diagnostic diagnostic) {
  if (stopped() || quiet_) {
    return;
  }
  ++error_count_;
  last_error_ = diagnostic.location.range;
  if (FollowsFromLexicalError(diagnostic.location.range)) {
    return;
  }
  const source::Location location = diagnostic.location;
  emitter_.Emit(std::move(diagnostic));
  if (stopped()) {
    emitter_.Emit(kTooManyText, location, kMaximumErrors - 1);
  }
}

void Context::ReportExpected(std::string_view what, std::size_t index) {
  Report(diagnostics::Make(kExpectedText, At(index), std::string(what),
                           Describe(index)));
}

bool IsReserved(std::string_view word) {
  static constexpr std::string_view kWords[] = {
#define PALINDROME_SQL_KEYWORD(Word)
#define PALINDROME_SQL_RESERVED(Word) #Word,
#include "runtime/src/sql_keywords.def"
  };
  return IsOneOf(word, kWords);
}

bool IsConstant(std::string_view word) {
  static constexpr std::string_view kWords[] = {
      "TRUE", "FALSE", "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP"};
  return IsOneOf(word, kWords);
}

}  // namespace palindrome::parse
