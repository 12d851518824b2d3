#include "compiler/catalog/written.h"

#include <algorithm>
#include <cstddef>
#include <set>

#include "compiler/catalog/apply.h"
#include "compiler/catalog/rowid.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

Overwrite OverwriteOf(const ast::Statement& statement, const ast::Table& table,
                      std::string_view verb) {
  int depth = 0;
  const auto& tokens = statement.tokens.tokens;
  const auto is = [&tokens](std::size_t index, std::string_view word) {
    return index < tokens.size() &&
           sql::EqualsIgnoringCase(tokens[index].spelling, word);
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    depth += is(i, "(") ? 1 : (is(i, ")") ? -1 : 0);
    if (depth != 0) {
      continue;
    }
    const bool has_or = is(i, verb) && is(i + 1, "or");
    if (is(i, "replace") || (has_or && is(i + 2, "replace"))) {
      return Overwrite::kByClause;
    }
    if (has_or) {
      return Overwrite::kNever;
    }
    if (is(i, verb)) {
      break;
    }
  }
  return std::any_of(table.constraints.begin(), table.constraints.end(),
                     [](const ast::Constraint& constraint) {
                       return constraint.on_conflict ==
                              ast::ConflictAction::kReplace;
                     })
             ? Overwrite::kByKey
             : Overwrite::kNever;
}

std::vector<std::string> UpdatedColumns(const Effects& effects,
                                        const ast::Table& table) {
  const std::string name = sql::FoldCase(table.name.text);
  const ast::Column* alias = RowidAlias(table);
  std::set<std::string> updated;
  for (const Use& use : effects.updates) {
    if (use.table != name) {
      continue;
    }
    updated.insert(alias != nullptr && IsRowidName(table, use.column)
                       ? sql::FoldCase(alias->name.text)
                       : use.column);
  }
  std::vector<std::string> columns;
  for (const ast::Column& column : table.columns) {
    if (updated.contains(sql::FoldCase(column.name.text))) {
      columns.push_back(column.name.text);
    }
  }
  return columns;
}

}  // namespace palindrome::catalog
