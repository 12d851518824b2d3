#include "compiler/diagnostics/fixes.h"

#include <string_view>
#include <utility>

#include "llvm/ADT/StringRef.h"

#include "runtime/src/sql_lexer.h"

namespace palindrome::diagnostics {
namespace {

bool IsBlank(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\r';
}

std::uint32_t SkipBlanks(std::string_view text, std::uint32_t at) {
  while (at < text.size() && IsBlank(text[at])) {
    ++at;
  }
  return at;
}

std::uint32_t SkipBlanksBack(std::string_view text, std::uint32_t at) {
  while (at > 0 && IsBlank(text[at - 1])) {
    --at;
  }
  return at;
}

// The range with its lines if nothing else is on them, or with the blanks that
// would be left over.
source::Range WithItsLines(std::string_view text, source::Range range) {
  const std::uint32_t begin = SkipBlanksBack(text, range.begin);
  const std::uint32_t end = SkipBlanks(text, range.end);
  const bool starts_line = begin == 0 || text[begin - 1] == '\n';
  const bool ends_line = end == text.size() || text[end] == '\n';
  if (starts_line && ends_line) {
    const bool has_break = end < text.size();
    return {begin, has_break ? end + 1 : end};
  }
  const bool is_closed = ends_line || text[end] == ';' || text[end] == ',';
  return is_closed ? source::Range{begin, range.end}
                   : source::Range{range.begin, end};
}

// A comment goes with what it stands in only if a person wants it.
Fix Without(By by, source::Location place, const std::string& what) {
  const std::string_view text = place.file->text(place.range);
  if (text.find("--") != std::string_view::npos ||
      text.find("/*") != std::string_view::npos) {
    by = By::kPerson;
  }
  return {"remove " + what, {{place, ""}}, by == By::kTool};
}

// The one token within the range that says `name`.
std::optional<source::Range> FindToken(std::string_view text,
                                       source::Range range,
                                       std::string_view name) {
  std::optional<source::Range> found;
  for (std::uint32_t at = range.begin; at < range.end;) {
    const sql::Token token = sql::NextToken(text, at);
    at = token.offset + static_cast<std::uint32_t>(token.spelling.size());
    if (token.kind == sql::TokenKind::kEnd || at > range.end) {
      break;
    }
    if (sql::EqualsIgnoringCase(sql::Unquote(token), name)) {
      if (found) {
        return std::nullopt;
      }
      found = {token.offset, at};
    }
  }
  return found;
}

bool HasUpperCase(std::string_view text) {
  return text.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") !=
         std::string_view::npos;
}

// As `spelling` spells what it says: what was meant.
std::string Respell(std::string_view spelling, const Meant& meant) {
  switch (spelling.front()) {
    case '\'':
      return sql::QuoteString(meant.name);
    case '"':
      // A word stays as it is quoted: a string of palindrome.toml is one.
      return meant.is_name ? sql::QuoteName(meant.name)
                           : '"' + meant.name + '"';
    case '`':
    case '[':
      return sql::QuoteName(meant.name);
    default:
      break;
  }
  if (meant.is_name) {
    return sql::QuoteName(meant.name);
  }
  if (!HasUpperCase(spelling)) {
    return sql::FoldCase(meant.name);
  }
  // All capitals stay all capitals.
  const bool shouts = llvm::StringRef(spelling).upper() == spelling;
  return shouts ? llvm::StringRef(meant.name).upper() : meant.name;
}

}  // namespace

Fix Insert(By by, source::Location place, std::string text) {
  place.range.end = place.range.begin;
  return {"insert `" + text + "`", {{place, std::move(text)}}, by == By::kTool};
}

Fix Replace(By by, source::Location place, std::string text) {
  return {
      "change to `" + text + "`", {{place, std::move(text)}}, by == By::kTool};
}

Fix Remove(By by, source::Location place, const std::string& what) {
  place.range = WithItsLines(place.file->text(), place.range);
  return Without(by, place, what);
}

Fix RemoveStatement(By by, source::Location place, const std::string& what) {
  sql::Token next;
  std::uint32_t end = place.range.end;
  do {
    next = sql::NextToken(place.file->text(), end);
    end = next.offset + static_cast<std::uint32_t>(next.spelling.size());
  } while (next.kind == sql::TokenKind::kComment);
  if (next.spelling == ";") {
    place.range.end = end;
  }
  return Remove(by, place, what);
}

Fix RemoveClause(By by, source::Location place, const std::string& what) {
  const std::string_view text = place.file->text();
  const std::uint32_t end = SkipBlanks(text, place.range.end);
  if (end == text.size() || text[end] != ';') {
    return Remove(by, place, what);
  }
  // The `;` goes to the end of the line before, unless a comment ends there.
  std::uint32_t begin = SkipBlanksBack(text, place.range.begin);
  if (begin > 0 && text[begin - 1] == '\n') {
    const std::size_t line = text.rfind('\n', begin > 1 ? begin - 2 : 0);
    const std::size_t from = line == std::string_view::npos ? 0 : line + 1;
    const std::string_view before = text.substr(from, begin - 1 - from);
    const std::uint32_t to = SkipBlanksBack(text, begin - 1);
    const bool has_text = to > from;
    begin = has_text && before.find("--") == std::string_view::npos
                ? to
                : place.range.begin;
  }
  place.range = {begin, end};
  return Without(by, place, what);
}

Diagnostic& Diagnostic::Mended(const Meant& meant) {
  if (meant.is_name) {
    subject = sql::FoldCase(meant.found);
  }
  if (meant.name.empty() || location.file == nullptr) {
    return *this;
  }
  const std::string_view text = location.file->text();
  source::Range range = location.range;
  if (!sql::EqualsIgnoringCase(location.file->text(range), meant.found)) {
    const auto token = FindToken(text, range, meant.found);
    if (!token) {
      return *this;
    }
    range = *token;
  }
  const std::string_view spelling = location.file->text(range);
  std::string respelt = Respell(spelling, meant);
  if (respelt == spelling) {
    return *this;
  }
  return Mended(Fix{"change to `" + meant.name + "`",
                    {{{location.file, range}, std::move(respelt)}},
                    meant.is_plain});
}

}  // namespace palindrome::diagnostics
