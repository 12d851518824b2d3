#include "compiler/catalog/rowid.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "compiler/catalog/apply.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

const ast::Column* RowidAlias(const ast::Table& table) {
  if (table.without_rowid) {
    return nullptr;
  }
  for (const ast::Constraint& constraint : table.constraints) {
    if (constraint.kind != ast::ConstraintKind::kPrimaryKey ||
        constraint.columns.size() != 1) {
      continue;
    }
    const ast::KeyPart& part = constraint.columns.front();
    if (constraint.is_inline && part.descending) {
      continue;
    }
    const ast::Column* column = FindColumn(table, part.column.text);
    if (column != nullptr && sql::EqualsIgnoringCase(column->type, "INTEGER")) {
      return column;
    }
  }
  return nullptr;
}

bool IsAutoincrement(const ast::Table& table) {
  return std::any_of(
      table.constraints.begin(), table.constraints.end(),
      [](const auto& constraint) { return constraint.autoincrement; });
}

namespace {

constexpr std::array<std::string_view, 3> kRowidNames = {"rowid", "_rowid_",
                                                         "oid"};

}  // namespace

bool IsRowidName(const ast::Table& table, std::string_view name) {
  return !table.without_rowid && FindColumn(table, name) == nullptr &&
         std::any_of(kRowidNames.begin(), kRowidNames.end(),
                     [name](std::string_view rowid) {
                       return sql::EqualsIgnoringCase(rowid, name);
                     });
}

std::string RowidName(const ast::Table& table) {
  if (table.without_rowid) {
    return {};
  }
  for (const std::string_view name : kRowidNames) {
    if (FindColumn(table, name) == nullptr) {
      return std::string(name);
    }
  }
  return {};
}

}  // namespace palindrome::catalog
