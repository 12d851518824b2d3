#include "compiler/parse/allow.h"

#include <utility>

namespace palindrome::parse {

std::optional<ast::Allow> ParseAllow(Cursor& cursor) {
  const std::size_t begin = cursor.position() - 1;
  ast::Allow allow;
  const std::size_t first = cursor.position();
  if (cursor.IsString() ||
      cursor.context().token(first).kind == sql::TokenKind::kQuotedName) {
    auto rule = cursor.ExpectName("a rule");
    if (!rule.has_value()) {
      return std::nullopt;
    }
    allow.rule = std::move(*rule);
  } else {
    if (cursor.AtEnd() || cursor.IsWord("BECAUSE") ||
        cursor.context().token(first).kind != sql::TokenKind::kWord) {
      cursor.ReportExpected("a rule");
      return std::nullopt;
    }
    cursor.Advance();
    // `drop-table-unarchived` is five tokens without space between them.
    const Context& context = cursor.context();
    while (!cursor.AtEnd() &&
           context.RangeOf(cursor.position() - 1).end ==
               context.RangeOf(cursor.position()).begin &&
           (cursor.IsSymbol("-") ||
            context.IsSymbol(cursor.position() - 1, "-"))) {
      cursor.Advance();
    }
    allow.rule.range = cursor.RangeSince(first);
    allow.rule.text =
        sql::FoldCase(context.buffer().file->text(allow.rule.range));
  }
  if (cursor.AcceptWord("BECAUSE")) {
    auto reason = cursor.ExpectString("the reason as a string");
    if (!reason.has_value()) {
      return std::nullopt;
    }
    allow.reason = std::move(*reason);
  } else if (cursor.IsString()) {
    cursor.ExpectWord("BECAUSE");
    return std::nullopt;
  } else {
    allow.reason.range = cursor.RangeSince(begin);
  }
  allow.range = cursor.RangeSince(begin);
  return allow;
}

}  // namespace palindrome::parse
