#include "compiler/checks/tokens.h"

#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

bool IsWord(const ast::Token& token, std::string_view word) {
  return token.kind == sql::TokenKind::kWord &&
         sql::EqualsIgnoringCase(token.spelling, word);
}

bool IsSymbol(const ast::Token& token, std::string_view symbol) {
  return token.kind == sql::TokenKind::kPunctuation && token.spelling == symbol;
}

bool IsName(const ast::Token& token) {
  return token.kind == sql::TokenKind::kWord ||
         token.kind == sql::TokenKind::kQuotedName;
}

std::string NameOf(const ast::Token& token) {
  return sql::FoldCase(sql::Unquote({token.kind, 0, token.spelling}));
}

}  // namespace palindrome::checks
