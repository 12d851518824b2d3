#include <utility>

#include "compiler/parse/statement.h"

namespace palindrome::parse {

Node ParseCreateView(Cursor& cursor) {
  ast::CreateView node;
  auto name = ExpectCreated(cursor, "a view name", node.view.temporary,
                            node.if_not_exists);
  if (!name.has_value()) {
    return std::nullopt;
  }
  node.view.name = std::move(*name);
  if (cursor.IsSymbol("(")) {
    auto columns = cursor.ExpectNameList("a column name");
    if (!columns.has_value()) {
      return std::nullopt;
    }
    node.view.columns = std::move(*columns);
  }
  if (!cursor.ExpectWord("AS")) {
    return std::nullopt;
  }
  if (!cursor.IsWord("SELECT") && !cursor.IsWord("WITH") &&
      !cursor.IsWord("VALUES")) {
    cursor.ReportExpected("a SELECT");
    return std::nullopt;
  }
  auto body = cursor.ExpectRest("a SELECT");
  if (!body.has_value()) {
    return std::nullopt;
  }
  node.view.body = std::move(*body);
  return node;
}

}  // namespace palindrome::parse
