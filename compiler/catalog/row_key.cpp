#include "compiler/catalog/row_key.h"

#include <utility>

#include "compiler/catalog/apply.h"
#include "compiler/catalog/rowid.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

std::optional<RowKey> KeyOf(const ast::Table& table,
                            const std::vector<ast::KeyPart>& parts,
                            const std::set<std::string>& without) {
  RowKey key;
  for (const ast::KeyPart& part : parts) {
    const ast::Column* column = FindColumn(table, part.column.text);
    // What a generated column is computed from may change.
    if (column == nullptr || column->generated ||
        without.contains(sql::FoldCase(column->name.text))) {
      return std::nullopt;
    }
    key.parts.push_back({column->name.text, part.collation.text});
    key.is_nullable |= !column->not_null && !table.without_rowid &&
                       column != RowidAlias(table);
  }
  return key.parts.empty() ? std::nullopt : std::optional(key);
}

}  // namespace

std::optional<RowKey> FindRowKey(const Catalog& catalog,
                                 const ast::Table& table,
                                 const std::set<std::string>& without) {
  std::optional<RowKey> unique;
  for (const ast::Constraint& constraint : table.constraints) {
    const bool is_primary = constraint.kind == ast::ConstraintKind::kPrimaryKey;
    if (!is_primary && constraint.kind != ast::ConstraintKind::kUnique) {
      continue;
    }
    auto key = KeyOf(table, constraint.columns, without);
    if (key && is_primary) {
      return key;
    }
    if (key && !key->is_nullable && !unique) {
      unique = std::move(key);
    }
  }
  for (const ObjectPtr& user :
       catalog.UsersOf(table.name.text, ObjectKind::kIndex)) {
    const auto& index = std::get<ast::Index>(user->definition);
    if (index.unique && index.where.empty() && !unique) {
      auto key = KeyOf(table, index.parts, without);
      unique = key && !key->is_nullable ? std::move(key) : std::nullopt;
    }
  }
  return unique;
}

}  // namespace palindrome::catalog
