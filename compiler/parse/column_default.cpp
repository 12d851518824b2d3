// The defaults of columns.
#include <string>
#include <utility>

#include "compiler/parse/definition.h"

namespace palindrome::parse {

namespace {

using sql::TokenKind;

PALINDROME_TEXT(kBareCallText, kSyntaxError,
                "the default calls `{0}`; an expression stands in parentheses: "
                "`DEFAULT (…)`",
                std::string);

// A value that is no name. SQLite takes a sign before any of them.
bool IsTerm(const Cursor& cursor) {
  if (cursor.AtEnd()) {
    return false;
  }
  const sql::Token& token = cursor.context().token(cursor.position());
  return token.kind == TokenKind::kNumber || token.kind == TokenKind::kString ||
         token.kind == TokenKind::kBlob || cursor.IsWord("NULL") ||
         cursor.IsWord("CURRENT_DATE") || cursor.IsWord("CURRENT_TIME") ||
         cursor.IsWord("CURRENT_TIMESTAMP");
}

}  // namespace

std::optional<Default> ParseDefault(Cursor& cursor) {
  Default result;
  if (cursor.IsSymbol("(")) {
    auto value = cursor.ExpectParenthesized("an expression");
    if (!value.has_value()) {
      return std::nullopt;
    }
    result.value = std::move(*value);
    result.in_parentheses = true;
    return result;
  }
  const std::size_t begin = cursor.position();
  const Context& context = cursor.context();
  const bool is_signed = cursor.AcceptSymbol("+") || cursor.AcceptSymbol("-");
  if (!IsTerm(cursor) && (is_signed || !cursor.IsName())) {
    cursor.ReportExpected("a value");
    return std::nullopt;
  }
  cursor.Advance();
  if (!is_signed && cursor.IsSymbol("(")) {
    cursor.context().Report(
        diagnostics::Make(kBareCallText, context.At(begin),
                          std::string(context.token(begin).spelling)));
    return std::nullopt;
  }
  result.value = context.Expression(begin, cursor.position());
  return result;
}

}  // namespace palindrome::parse
