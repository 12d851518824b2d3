#include "compiler/config/stand_in_names.h"

#include "runtime/src/sql_lexer.h"

namespace palindrome::config {
namespace {

// A name that a statement can write without quotes.
bool IsIdentifier(std::string_view name) {
  const sql::Token token = sql::NextToken(name, 0);
  return token.kind == sql::TokenKind::kWord &&
         token.spelling.size() == name.size();
}

}  // namespace

std::string CheckFunction(std::string_view name,
                          const rehearse::sqlite::EngineFacts& engine) {
  const std::string quoted = "`" + std::string(name) + "`";
  if (!IsIdentifier(name)) {
    return name.empty() ? "the name of a function is empty"
                        : quoted + " is not the name of a function";
  }
  return engine.functions.contains(sql::FoldCase(name))
             ? "function " + quoted + " is SQLite's own, and needs no stand-in"
             : "";
}

std::string CheckCollation(std::string_view name,
                           const rehearse::sqlite::EngineFacts& engine) {
  if (name.empty()) {
    return "the name of a collation is empty";
  }
  return engine.collations.contains(sql::FoldCase(name))
             ? "collation `" + std::string(name) +
                   "` is SQLite's own, and needs no stand-in"
             : "";
}

}  // namespace palindrome::config
