#include "runtime/src/printable_sql.h"

#include <cstddef>
#include <cstdint>

#include "runtime/src/printable.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome {
namespace {

bool IsLineEnd(std::string_view text, std::size_t at) {
  return text[at] == '\n' ||
         (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n');
}

// With `indent` behind each line feed.
void Append(std::string_view text, std::string_view indent,
            std::string& printed) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\t' || IsLineEnd(text, i)) {
      printed += text[i];
    } else {
      printed += Printable(text.substr(i, 1));
    }
    if (text[i] == '\n') {
      printed += indent;
    }
  }
}

}  // namespace

std::string PrintableSql(std::string_view sql, std::string_view indent) {
  std::string printed(indent);
  std::uint32_t at = 0;
  bool ends_in_comment = false;
  while (true) {
    const sql::Token token = sql::NextToken(sql, at);
    const std::string_view space = sql.substr(at, token.offset - at);
    Append(space, indent, printed);
    ends_in_comment &= space.find('\n') == std::string_view::npos;
    if (token.kind == sql::TokenKind::kEnd) {
      break;
    }
    Append(token.spelling, "", printed);
    at = token.offset + static_cast<std::uint32_t>(token.spelling.size());
    ends_in_comment = token.spelling.starts_with("--");
  }
  // Behind a comment to the end of the line it would belong to it.
  if (ends_in_comment) {
    printed += '\n';
    printed += indent;
  }
  printed += ';';
  return printed;
}

}  // namespace palindrome
