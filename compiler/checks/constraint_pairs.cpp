#include "compiler/checks/constraint_pairs.h"

#include <string>

#include "llvm/ADT/STLExtras.h"

namespace palindrome::checks {

namespace {

using List = std::vector<const ast::Constraint*>;

ast::Constraint MeaningOf(ast::Constraint constraint,
                          const catalog::Catalog& catalog) {
  constraint.name = {};
  ast::References& references = constraint.references;
  references.match = {};
  if (constraint.kind == ast::ConstraintKind::kForeignKey &&
      references.columns.empty()) {
    if (const auto* parent = catalog.FindTable(references.table.text)) {
      for (std::string& column : ast::PrimaryKey(*parent)) {
        references.columns.push_back({std::move(column), {}});
      }
    }
  }
  return constraint;
}

// Moves each of `left` that has a partner in `right`, and the partner, out.
template <typename IsPartner, typename Found>
void Match(List& left, List& right, const IsPartner& is_partner,
           const Found& found) {
  llvm::erase_if(left, [&](const ast::Constraint* constraint) {
    const auto partner = llvm::find_if(right, [&](const auto* other) {
      return is_partner(*constraint, *other);
    });
    if (partner == right.end()) {
      return false;
    }
    found(constraint, *partner);
    right.erase(partner);
    return true;
  });
}

List Pointers(const ast::Table& table) {
  List list;
  for (const ast::Constraint& constraint : table.constraints) {
    list.push_back(&constraint);
  }
  return list;
}

}  // namespace

ConstraintPairs PairConstraints(TableIn left, TableIn right) {
  ConstraintPairs pairs{{}, Pointers(left.table), Pointers(right.table)};
  Match(
      pairs.only_left, pairs.only_right,
      [](const auto& one, const auto& other) {
        return ast::SameDefinition(one, other);
      },
      [](const auto*, const auto*) {});
  Match(
      pairs.only_left, pairs.only_right,
      [&](const auto& one, const auto& other) {
        return ast::SameDefinition(MeaningOf(one, left.catalog),
                                   MeaningOf(other, right.catalog));
      },
      [&](const auto* one, const auto* other) {
        pairs.same.emplace_back(one, other);
      });
  return pairs;
}

}  // namespace palindrome::checks
