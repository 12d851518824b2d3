#include "compiler/checks/keys.h"

#include <algorithm>

#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

std::vector<std::string> Columns(const std::vector<ast::KeyPart>& parts) {
  std::vector<std::string> columns;
  for (const ast::KeyPart& part : parts) {
    columns.push_back(sql::FoldCase(part.column.text));
  }
  return columns;
}

}  // namespace

std::vector<UniqueKey> UniqueKeysOf(const catalog::Catalog& catalog,
                                    const ast::Table& table) {
  std::vector<UniqueKey> keys;
  for (const ast::Constraint& constraint : table.constraints) {
    if (constraint.kind == ast::ConstraintKind::kPrimaryKey ||
        constraint.kind == ast::ConstraintKind::kUnique) {
      keys.push_back({Columns(constraint.columns), constraint.on_conflict,
                      false, &constraint, nullptr});
    }
  }
  for (const catalog::ObjectPtr& user :
       catalog.UsersOf(table.name.text, catalog::ObjectKind::kIndex)) {
    const auto& index = std::get<ast::Index>(user->definition);
    if (index.unique) {
      keys.push_back({Columns(index.parts), ast::ConflictAction::kUnspecified,
                      !index.where.empty(), nullptr, user});
    }
  }
  return keys;
}

bool IsWithin(const UniqueKey& key, const std::vector<std::string>& columns) {
  return !key.is_partial &&
         std::all_of(key.columns.begin(), key.columns.end(),
                     [&](const std::string& column) {
                       return !column.empty() &&
                              std::find(columns.begin(), columns.end(),
                                        column) != columns.end();
                     });
}

}  // namespace palindrome::checks
