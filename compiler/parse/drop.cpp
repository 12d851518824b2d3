#include <utility>

#include "compiler/parse/foreign.h"
#include "compiler/parse/statement.h"

namespace palindrome::parse {

Node ParseDrop(Cursor& cursor) {
  cursor.Advance();
  const auto kind = cursor.ExpectOneOf({"TABLE", "INDEX", "VIEW", "TRIGGER"});
  if (!kind.has_value()) {
    return std::nullopt;
  }
  if (*kind == 1 && RejectConcurrently(cursor)) {
    return std::nullopt;
  }
  static constexpr const char* kNames[] = {"a table name", "an index name",
                                           "a view name", "a trigger name"};
  const bool if_exists = AcceptIfExists(cursor);
  if (!if_exists && cursor.IsWord("IF") && cursor.IsName(1)) {
    cursor.ExpectWords({"IF", "EXISTS"});
    return std::nullopt;
  }
  auto name = cursor.ExpectObjectName(kNames[*kind]);
  if (!name.has_value()) {
    return std::nullopt;
  }
  switch (*kind) {
    case 0:
      return ast::DropTable{std::move(*name), if_exists};
    case 1:
      return ast::DropIndex{std::move(*name), if_exists};
    case 2:
      return ast::DropView{std::move(*name), if_exists};
    default:
      return ast::DropTrigger{std::move(*name), if_exists};
  }
}

}  // namespace palindrome::parse
