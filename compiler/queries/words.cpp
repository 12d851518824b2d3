#include "compiler/queries/words.h"

#include <algorithm>
#include <cstdint>

namespace palindrome::queries {

using sql::FoldCase;
using sql::Token;
using sql::TokenKind;

bool IsName(const Token& token) {
  return token.kind == TokenKind::kWord || token.kind == TokenKind::kQuotedName;
}

std::vector<Token> Tokens(std::string_view text) {
  std::vector<Token> tokens;
  for (std::uint32_t at = 0;;) {
    const Token token = sql::NextToken(text, at);
    if (token.kind == TokenKind::kEnd) {
      return tokens;
    }
    at = token.offset + static_cast<std::uint32_t>(token.spelling.size());
    if (token.kind != TokenKind::kComment) {
      tokens.push_back(token);
    }
  }
}

std::string Word(const std::vector<Token>& tokens, std::size_t index) {
  return index < tokens.size() ? FoldCase(tokens[index].spelling) : "";
}

bool IsSchemaChange(const std::string& verb) {
  return verb == "create" || verb == "alter" || verb == "drop" ||
         verb == "reindex" || verb == "analyze" || verb == "vacuum";
}

bool IsUpgrade(const std::vector<Token>& tokens) {
  const std::string verb = Word(tokens, 0);
  const std::string second = Word(tokens, 1);
  return verb == "alter" || (verb == "drop" && second == "table") ||
         (verb == "create" && second == "table");
}

bool ChangesSchema(std::string_view text) {
  const std::vector<Token> tokens = Tokens(text);
  for (auto begin = tokens.begin(); begin != tokens.end(); ++begin) {
    const auto end = std::find_if(begin, tokens.end(), [](const Token& token) {
      return token.spelling == ";";
    });
    if (IsUpgrade({begin, end})) {
      return true;
    }
    begin = end;
    if (end == tokens.end()) {
      break;
    }
  }
  return false;
}

}  // namespace palindrome::queries
