#include <utility>

#include "compiler/parse/statement.h"

namespace palindrome::parse {

namespace {

PALINDROME_TEXT(kNoSelectText, kSyntaxError, "expected a SELECT, found {0}{1}",
                std::string, diagnostics::Meant);

}  // namespace

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
    const Context& context = cursor.context();
    const std::size_t at = cursor.position();
    cursor.context().Report(
        diagnostics::Make(kNoSelectText, context.At(at), context.Describe(at),
                          cursor.MeantHere({"SELECT", "WITH", "VALUES"})));
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
