#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/parse/beginnings.h"
#include "compiler/parse/statement.h"

namespace palindrome::parse {

namespace {

// A word that is none of SQL's and was meant to be one of these.
bool IsMisspelt(const Cursor& cursor, const std::vector<std::string>& words) {
  return !cursor.AtEnd() &&
         !sql::IsKeyword(cursor.context().token(cursor.position()).spelling) &&
         !cursor.MeantHere(words).name.empty();
}

// [OR ROLLBACK | ABORT | …]
bool SkipConflict(Cursor& cursor) {
  return !cursor.AcceptWord("OR") ||
         cursor.ExpectOneOf({"ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"})
             .has_value();
}

bool TakeTarget(Cursor& cursor, ast::Name& table) {
  auto name = cursor.ExpectObjectName("a table name");
  if (!name.has_value()) {
    return false;
  }
  table = std::move(*name);
  return true;
}

// Behind the table of an INSERT: reports what VALUES or SELECT was meant to be.
bool ExpectSource(Cursor cursor) {
  if (cursor.AcceptWord("AS")) {
    cursor.Advance();
  }
  if (cursor.IsSymbol("(") &&
      !cursor.ExpectParenthesized("a column name").has_value()) {
    return false;
  }
  const std::vector<std::string_view> words = {"VALUES", "SELECT", "WITH",
                                               "DEFAULT"};
  return !IsMisspelt(cursor, {"VALUES", "SELECT", "WITH", "DEFAULT"}) ||
         cursor.ExpectOneOf(words).has_value();
}

Node ParseInsert(Cursor& cursor) {
  ast::Insert node;
  if (!SkipConflict(cursor) || !cursor.ExpectWord("INTO") ||
      !TakeTarget(cursor, node.table) || !ExpectSource(cursor) ||
      !cursor.SkipRest("`VALUES` or a SELECT")) {
    return std::nullopt;
  }
  return node;
}

Node ParseUpdate(Cursor& cursor) {
  ast::Update node;
  if (!SkipConflict(cursor) || !TakeTarget(cursor, node.table)) {
    return std::nullopt;
  }
  const std::size_t behind_name = cursor.position();
  // An alias or INDEXED BY may stand before SET.
  constexpr std::size_t kLongest = 5;  // AS alias INDEXED BY index
  while (!cursor.AtEnd() && !cursor.IsWord("SET") &&
         cursor.position() < behind_name + kLongest) {
    cursor.Advance();
  }
  if (!cursor.AcceptWord("SET")) {
    Cursor set(cursor.context(), behind_name, cursor.end());
    set.ExpectWord("SET");
    return std::nullopt;
  }
  if (!cursor.SkipRest("a column to set")) {
    return std::nullopt;
  }
  return node;
}

Node ParseDelete(Cursor& cursor) {
  ast::Delete node;
  if (!cursor.ExpectWord("FROM") || !TakeTarget(cursor, node.table)) {
    return std::nullopt;
  }
  if (IsMisspelt(cursor, {"WHERE"}) && !cursor.ExpectWord("WHERE")) {
    return std::nullopt;
  }
  if (!cursor.AtEnd() && !cursor.SkipRest("`WHERE`")) {
    return std::nullopt;
  }
  return node;
}

}  // namespace

void SkipWith(Cursor& cursor) {
  cursor.Advance(SkipWith(cursor.context(), cursor.position(), cursor.end()) -
                 cursor.position());
}

Node ParseData(Cursor& cursor) {
  if (cursor.IsWord("WITH")) {
    SkipWith(cursor);
  }
  const auto verb =
      cursor.ExpectOneOf({"INSERT", "UPDATE", "DELETE", "REPLACE"});
  if (!verb.has_value()) {
    return std::nullopt;
  }
  switch (*verb) {
    case 1:
      return ParseUpdate(cursor);
    case 2:
      return ParseDelete(cursor);
    default:
      return ParseInsert(cursor);
  }
}

}  // namespace palindrome::parse
