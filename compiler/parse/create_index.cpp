#include <utility>

#include "compiler/parse/definition.h"
#include "compiler/parse/foreign.h"
#include "compiler/parse/statement.h"

namespace palindrome::parse {

Node ParseCreateIndex(Cursor& cursor) {
  cursor.Advance();
  ast::CreateIndex node;
  node.index.unique = cursor.AcceptWord("UNIQUE");
  if (!cursor.ExpectWord("INDEX")) {
    return std::nullopt;
  }
  if (RejectConcurrently(cursor)) {
    return std::nullopt;
  }
  node.if_not_exists = AcceptIfNotExists(cursor);
  auto name = cursor.ExpectObjectName("an index name");
  if (!name.has_value() || !cursor.ExpectWord("ON")) {
    return std::nullopt;
  }
  auto table = cursor.ExpectName("a table name");
  if (!table.has_value() || !ParseKeyParts(cursor, node.index.parts)) {
    return std::nullopt;
  }
  node.index.name = std::move(*name);
  node.index.table = std::move(*table);
  if (!cursor.MeantHere({"WHERE"}).name.empty()) {
    cursor.ExpectWord("WHERE");
    return std::nullopt;
  }
  if (cursor.AcceptWord("WHERE")) {
    auto where = cursor.ExpectRest("an expression");
    if (!where.has_value()) {
      return std::nullopt;
    }
    node.index.where = std::move(*where);
  }
  return node;
}

}  // namespace palindrome::parse
