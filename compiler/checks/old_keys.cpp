#include "compiler/checks/old_keys.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "compiler/checks/keys.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

std::optional<OldKey> OldKeyOf(const std::vector<ast::KeyPart>& parts,
                               const ast::Table& table) {
  OldKey key;
  for (const ast::KeyPart& part : parts) {
    if (part.column.empty()) {
      return std::nullopt;
    }
    key.parts.push_back(
        {sql::FoldCase(part.column.text), CollationOf(part, table)});
  }
  return key;
}

}  // namespace

std::vector<OldKey> OldKeysOf(const catalog::Catalog& catalog,
                              const ast::Table& table) {
  std::vector<OldKey> keys;
  for (const ast::Constraint& constraint : table.constraints) {
    auto key =
        IsKey(constraint) ? OldKeyOf(constraint.columns, table) : std::nullopt;
    if (key) {
      keys.push_back(std::move(*key));
    }
  }
  for (const catalog::ObjectPtr& user :
       catalog.UsersOf(table.name.text, catalog::ObjectKind::kIndex)) {
    const auto& index = std::get<ast::Index>(user->definition);
    auto key = index.unique ? OldKeyOf(index.parts, table) : std::nullopt;
    if (key) {
      key->where = index.where.empty() ? nullptr : &index.where;
      keys.push_back(std::move(*key));
    }
  }
  return keys;
}

bool WasUnique(const catalog::Catalog& catalog, std::string_view table,
               const ast::Index& index) {
  const auto users = catalog.UsersOf(table, catalog::ObjectKind::kIndex);
  return std::any_of(users.begin(), users.end(), [&](const auto& user) {
    const auto& old = std::get<ast::Index>(user->definition);
    return old.unique && old.parts.size() == index.parts.size() &&
           (old.where.empty() || ast::SameTokens(old.where, index.where)) &&
           std::equal(old.parts.begin(), old.parts.end(), index.parts.begin(),
                      [](const ast::KeyPart& left, const ast::KeyPart& right) {
                        return sql::EqualsIgnoringCase(left.column.text,
                                                       right.column.text) &&
                               ast::SameTokens(left.expression,
                                               right.expression) &&
                               sql::EqualsIgnoringCase(left.collation.text,
                                                       right.collation.text);
                      });
  });
}

const OldPart* Covers(const OldKey& old, const std::vector<OldPart>& columns,
                      const ast::Index* index, std::string& collation) {
  const OldPart* covered = nullptr;
  const OldPart* weaker = nullptr;
  for (const OldPart& part : old.parts) {
    const auto found = std::find_if(
        columns.begin(), columns.end(), [&](const OldPart& column) {
          return column.column == part.column && !column.collation.empty();
        });
    if (found == columns.end()) {
      return nullptr;
    }
    covered = &*found;
    if (found->collation != part.collation && found->collation != "binary") {
      weaker = &*found;
      collation = part.collation;
    }
  }
  if (old.where != nullptr && (index == nullptr || index->where.empty() ||
                               !ast::SameTokens(*old.where, index->where))) {
    return nullptr;
  }
  return weaker == nullptr ? covered : weaker;
}

}  // namespace palindrome::checks
