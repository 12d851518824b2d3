#include "compiler/checks/lost_constraints.h"

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

using Names = std::set<std::string>;

Names ColumnsOf(const ast::Constraint& constraint, const ast::Table& table) {
  Names names;
  for (const ast::KeyPart& part : constraint.columns) {
    names.insert(sql::FoldCase(part.column.text));
  }
  for (const std::string& name : ast::ColumnNames(constraint.check)) {
    if (FindColumn(table, name) != nullptr) {
      names.insert(name);
    }
  }
  return names;
}

Names ColumnsOf(const UniqueKey& key) {
  Names names(key.columns.begin(), key.columns.end());
  names.erase("");
  if (key.index != nullptr) {
    for (const ast::KeyPart& part :
         std::get<ast::Index>(key.index->definition).parts) {
      for (std::string& name : ast::ColumnNames(part.expression)) {
        names.insert(std::move(name));
      }
    }
  }
  return names;
}

bool HasAll(const ast::Table& table, const Names& columns) {
  return std::all_of(columns.begin(), columns.end(), [&](const auto& column) {
    return FindColumn(table, column) != nullptr;
  });
}

std::string Describe(ast::Constraint constraint) {
  if (!constraint.name.empty()) {
    return "constraint `" + constraint.name.text + "`";
  }
  return "`" + ast::Print(constraint) + "`";
}

class Finder {
 public:
  Finder(TableIn before, TableIn after)
      : before_(before),
        after_(after),
        keys_(UniqueKeysOf(after.catalog, after.table)) {}

  std::vector<LostConstraint> Find() {
    for (const ast::Constraint* constraint :
         PairConstraints(before_, after_).only_left) {
      const Names columns = ColumnsOf(*constraint, before_.table);
      const bool is_lost =
          constraint->kind == ast::ConstraintKind::kUnique
              ? !IsUnique(columns)
              : constraint->kind != ast::ConstraintKind::kPrimaryKey &&
                    !HasLike(constraint->kind, columns);
      if (is_lost && HasAll(after_.table, columns)) {
        lost_.push_back({constraint, nullptr, Describe(*constraint)});
      }
    }
    for (const UniqueKey& key : UniqueKeysOf(before_.catalog, before_.table)) {
      if (key.index != nullptr) {
        Judge(key);
      }
    }
    return std::move(lost_);
  }

 private:
  void Judge(const UniqueKey& key) {
    const auto& index = std::get<ast::Index>(key.index->definition);
    const auto same =
        after_.catalog.Find(catalog::ObjectKind::kIndex, index.name.text);
    const bool is_again = same && std::get<ast::Index>(same->definition).unique;
    const Names columns(key.columns.begin(), key.columns.end());
    if (!is_again && !columns.contains("") && HasAll(after_.table, columns) &&
        !IsUnique(columns)) {
      lost_.push_back({nullptr, key.index, "index `" + index.name.text + "`"});
    }
  }

  bool IsUnique(const Names& columns) const {
    const std::vector<std::string> list(columns.begin(), columns.end());
    return std::any_of(keys_.begin(), keys_.end(), [&](const UniqueKey& key) {
      // One that became partial, or of expressions, was changed on purpose.
      return IsWithin(key, list) || ColumnsOf(key) == columns;
    });
  }

  bool HasLike(ast::ConstraintKind kind, const Names& columns) const {
    const auto& constraints = after_.table.constraints;
    return std::any_of(constraints.begin(), constraints.end(),
                       [&](const ast::Constraint& other) {
                         const Names names = ColumnsOf(other, after_.table);
                         return other.kind == kind &&
                                std::includes(names.begin(), names.end(),
                                              columns.begin(), columns.end());
                       });
  }

  TableIn before_;
  TableIn after_;
  std::vector<UniqueKey> keys_;
  std::vector<LostConstraint> lost_;
};

}  // namespace

std::vector<LostConstraint> LostConstraints(TableIn before, TableIn after) {
  return Finder(before, after).Find();
}

}  // namespace palindrome::checks
