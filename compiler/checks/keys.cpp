#include "compiler/checks/keys.h"

#include <algorithm>

#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

UniqueKey KeyOf(const std::vector<ast::KeyPart>& parts,
                const ast::Table& table) {
  UniqueKey key;
  for (const ast::KeyPart& part : parts) {
    key.columns.push_back(sql::FoldCase(part.column.text));
    key.collations.push_back(CollationOf(part, table));
  }
  return key;
}

}  // namespace

bool IsKey(const ast::Constraint& constraint) {
  return constraint.kind == ast::ConstraintKind::kPrimaryKey ||
         constraint.kind == ast::ConstraintKind::kUnique;
}

std::string CollationOf(const ast::KeyPart& part, const ast::Table& table) {
  if (!part.collation.empty()) {
    return sql::FoldCase(part.collation.text);
  }
  const ast::Column* column = FindColumn(table, part.column.text);
  return column == nullptr || column->collation.empty()
             ? "binary"
             : sql::FoldCase(column->collation.text);
}

std::vector<UniqueKey> UniqueKeysOf(const catalog::Catalog& catalog,
                                    const ast::Table& table) {
  std::vector<UniqueKey> keys;
  for (const ast::Constraint& constraint : table.constraints) {
    if (IsKey(constraint)) {
      UniqueKey& key = keys.emplace_back(KeyOf(constraint.columns, table));
      key.on_conflict = constraint.on_conflict;
      key.constraint = &constraint;
    }
  }
  for (const catalog::ObjectPtr& user :
       catalog.UsersOf(table.name.text, catalog::ObjectKind::kIndex)) {
    const auto& index = std::get<ast::Index>(user->definition);
    if (index.unique) {
      UniqueKey& key = keys.emplace_back(KeyOf(index.parts, table));
      key.is_partial = !index.where.empty();
      key.index = user;
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
