#include "compiler/lower/sqlite/table_facts.h"

#include <algorithm>

#include "runtime/src/sql_lexer.h"

namespace palindrome::lower::sqlite {

using palindrome::sql::EqualsIgnoringCase;
using palindrome::sql::FoldCase;

Affinity AffinityOf(std::string_view type, bool strict) {
  const std::string folded = FoldCase(type);
  const auto has = [&folded](std::string_view part) {
    return folded.find(part) != std::string::npos;
  };
  if (strict && folded == "any") {
    return Affinity::kBlob;
  }
  if (has("int")) {
    return Affinity::kInteger;
  }
  if (has("char") || has("clob") || has("text")) {
    return Affinity::kText;
  }
  if (has("blob") || folded.empty()) {
    return Affinity::kBlob;
  }
  if (has("real") || has("floa") || has("doub")) {
    return Affinity::kReal;
  }
  return Affinity::kNumeric;
}

const ast::Column* FindColumn(const ast::Table& table, std::string_view name) {
  const auto found = std::find_if(
      table.columns.begin(), table.columns.end(), [name](const auto& column) {
        return EqualsIgnoringCase(column.name.text, name);
      });
  return found == table.columns.end() ? nullptr : &*found;
}

bool IsReferencedByOthers(const catalog::Catalog& catalog,
                          std::string_view table) {
  for (const catalog::ObjectPtr& user : catalog.UsersOf(table)) {
    if (user->kind() == catalog::ObjectKind::kTable &&
        !EqualsIgnoringCase(user->name(), table)) {
      return true;
    }
  }
  return false;
}

bool Mentions(const ast::Expression& expression, std::string_view column) {
  const std::vector<std::string> names = ast::ColumnNames(expression);
  return std::binary_search(names.begin(), names.end(), FoldCase(column));
}

bool Mentions(const std::vector<ast::KeyPart>& parts, std::string_view column) {
  return std::any_of(parts.begin(), parts.end(),
                     [column](const ast::KeyPart& part) {
                       return EqualsIgnoringCase(part.column.text, column) ||
                              Mentions(part.expression, column);
                     });
}

std::string InBackticks(std::string_view table, std::string_view column) {
  return "`" + std::string(table) + "`.`" + std::string(column) + "`";
}

}  // namespace palindrome::lower::sqlite
