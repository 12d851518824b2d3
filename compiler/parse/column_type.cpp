// The types of columns.
#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/parse/definition.h"
#include "compiler/parse/foreign.h"

namespace palindrome::parse {

namespace {

using sql::TokenKind;

// Expects [+|-] number.
bool TakeNumber(Cursor& cursor) {
  if (!cursor.AcceptSymbol("+")) {
    cursor.AcceptSymbol("-");
  }
  const sql::Token& token = cursor.context().token(cursor.position());
  if (cursor.AtEnd() || token.kind != TokenKind::kNumber) {
    cursor.ReportExpected("a number");
    return false;
  }
  cursor.Advance();
  return true;
}

// A word in the type since `begin` that was meant to be one of `words`, as what
// is no type behind it tells: KEY, or a parenthesis without a number.
bool RejectMisspelt(Cursor& cursor, std::size_t begin,
                    const std::vector<std::string>& words) {
  Context& context = cursor.context();
  const bool has_number =
      context.token(cursor.position() + 1).kind == TokenKind::kNumber ||
      cursor.IsSymbol("+", 1) || cursor.IsSymbol("-", 1);
  const bool has_other = cursor.IsSymbol("(") && !has_number;
  const bool of_column = words.size() > 1;
  for (std::size_t at = begin; at < cursor.position(); ++at) {
    Cursor word(context, cursor.begin(), cursor.end());
    word.Advance(at - cursor.begin());
    if (of_column && at > begin && RejectColumnPlace(word)) {
      return true;
    }
    diagnostics::Meant meant =
        of_column ? MeantPair(context, at) : diagnostics::Meant();
    const bool is_pair = !meant.name.empty();
    if (!is_pair) {
      meant = context.MeantAt(at, words);
    }
    if (!meant.name.empty() && !IsTypeWord(context.token(at).spelling) &&
        (has_other || is_pair || meant.name == "USING" ||
         (meant.name == "PRIMARY" && context.IsWord(at + 1, "KEY")))) {
      ReportUnknownPart(context, at, meant);
      return true;
    }
  }
  return false;
}

// The arguments of a type: `(10)`, `(10, 2)`.
bool TakeTypeArguments(Cursor& cursor) {
  if (!cursor.AcceptSymbol("(")) {
    return true;
  }
  if (!TakeNumber(cursor)) {
    return false;
  }
  if (cursor.AcceptSymbol(",") && !TakeNumber(cursor)) {
    return false;
  }
  return cursor.ExpectSymbol(")");
}

}  // namespace

diagnostics::Meant MeantPair(const Context& context, std::size_t at) {
  // Shorter ones are the first of the two.
  constexpr std::size_t kShortest = 6;
  if (context.token(at).spelling.size() < kShortest ||
      context.IsWord(at + 1, "KEY") || context.IsWord(at + 1, "NULL")) {
    return {};
  }
  const diagnostics::Meant meant =
      context.MeantAt(at, {"NOT NULL", "PRIMARY KEY"});
  return meant.is_plain ? meant : diagnostics::Meant();
}

bool IsTypeWord(std::string_view word) {
  static constexpr std::string_view kWords[] = {
      "INT",      "INTEGER", "TINYINT", "SMALLINT",  "MEDIUMINT", "BIGINT",
      "BIG",      "TEXT",    "CHAR",    "CHARACTER", "VARCHAR",   "VARYING",
      "CLOB",     "BLOB",    "REAL",    "DOUBLE",    "FLOAT",     "NUMERIC",
      "DECIMAL",  "BOOLEAN", "DATE",    "DATETIME",  "TIME",      "TIMESTAMP",
      "UNSIGNED", "ANY",     "JSON",    "UUID",      "NATIVE",    "NCHAR"};
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [word](std::string_view each) {
                       return sql::EqualsIgnoringCase(each, word);
                     });
}

std::optional<Type> ParseType(Cursor& cursor,
                              const std::vector<std::string>& behind) {
  const std::size_t begin = cursor.position();
  while (cursor.IsName() &&
         !(cursor.IsWord("GENERATED") && cursor.IsWord("ALWAYS", 1))) {
    cursor.Advance();
  }
  if (cursor.position() == begin) {
    return Type{};
  }
  if (RejectMisspelt(cursor, begin, behind) || RejectEnum(cursor) ||
      !TakeTypeArguments(cursor)) {
    return std::nullopt;
  }
  return Type{ast::Print(cursor.context().Expression(begin, cursor.position())),
              cursor.RangeSince(begin)};
}

}  // namespace palindrome::parse
