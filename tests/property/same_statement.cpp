#include "tests/property/same_statement.h"

#include <algorithm>

namespace palindrome::property {

namespace {

bool Same(const ast::Name& left, const ast::Name& right) {
  return left.text == right.text;
}

struct Comparison {
  const ast::Statement& left;
  const ast::Statement& right;

  template <typename Node>
  const Node& Other() const {
    return std::get<Node>(right.node);
  }

  bool operator()(const ast::CreateTable& node) const {
    const auto& other = Other<ast::CreateTable>();
    return node.if_not_exists == other.if_not_exists &&
           SameDefinition(node.table, other.table);
  }
  bool operator()(const ast::CreateIndex& node) const {
    const auto& other = Other<ast::CreateIndex>();
    return node.if_not_exists == other.if_not_exists &&
           SameDefinition(node.index, other.index);
  }
  bool operator()(const ast::CreateView& node) const {
    const auto& other = Other<ast::CreateView>();
    return node.if_not_exists == other.if_not_exists &&
           SameDefinition(node.view, other.view);
  }
  bool operator()(const ast::CreateTrigger& node) const {
    const auto& other = Other<ast::CreateTrigger>();
    return node.if_not_exists == other.if_not_exists &&
           SameDefinition(node.trigger, other.trigger);
  }
  bool operator()(const ast::DropTable& node) const {
    const auto& other = Other<ast::DropTable>();
    return node.if_exists == other.if_exists && Same(node.table, other.table);
  }
  bool operator()(const ast::DropIndex& node) const {
    const auto& other = Other<ast::DropIndex>();
    return node.if_exists == other.if_exists && Same(node.index, other.index);
  }
  bool operator()(const ast::DropView& node) const {
    const auto& other = Other<ast::DropView>();
    return node.if_exists == other.if_exists && Same(node.view, other.view);
  }
  bool operator()(const ast::DropTrigger& node) const {
    const auto& other = Other<ast::DropTrigger>();
    return node.if_exists == other.if_exists &&
           Same(node.trigger, other.trigger);
  }
  bool operator()(const ast::RenameTable& node) const {
    const auto& other = Other<ast::RenameTable>();
    return Same(node.table, other.table) && Same(node.to, other.to);
  }
  bool operator()(const ast::AddColumn& node) const {
    const auto& other = Other<ast::AddColumn>();
    return Same(node.table, other.table) &&
           SameDefinition(node.column, other.column) &&
           std::equal(node.constraints.begin(), node.constraints.end(),
                      other.constraints.begin(), other.constraints.end(),
                      [](const auto& one, const auto& two) {
                        return SameDefinition(one, two);
                      });
  }
  template <typename Node>
  bool SameColumn(const Node& node) const {
    const auto& other = Other<Node>();
    return Same(node.table, other.table) && Same(node.column, other.column);
  }
  bool operator()(const ast::DropColumn& node) const {
    return SameColumn(node);
  }
  bool operator()(const ast::RenameColumn& node) const {
    return SameColumn(node) && Same(node.to, Other<ast::RenameColumn>().to);
  }
  bool operator()(const ast::AlterColumnType& node) const {
    const auto& other = Other<ast::AlterColumnType>();
    return SameColumn(node) && node.type == other.type &&
           SameTokens(node.using_expression, other.using_expression);
  }
  bool operator()(const ast::SetNotNull& node) const {
    return SameColumn(node);
  }
  bool operator()(const ast::DropNotNull& node) const {
    return SameColumn(node);
  }
  bool operator()(const ast::SetDefault& node) const {
    const auto& other = Other<ast::SetDefault>();
    return SameColumn(node) && node.in_parentheses == other.in_parentheses &&
           SameTokens(node.value, other.value);
  }
  bool operator()(const ast::DropDefault& node) const {
    return SameColumn(node);
  }
  bool operator()(const ast::AddConstraint& node) const {
    const auto& other = Other<ast::AddConstraint>();
    return Same(node.table, other.table) &&
           SameDefinition(node.constraint, other.constraint);
  }
  bool operator()(const ast::DropConstraint& node) const {
    const auto& other = Other<ast::DropConstraint>();
    return Same(node.table, other.table) &&
           Same(node.constraint, other.constraint);
  }
  bool operator()(const ast::RenameConstraint& node) const {
    const auto& other = Other<ast::RenameConstraint>();
    return Same(node.table, other.table) &&
           Same(node.constraint, other.constraint) && Same(node.to, other.to);
  }
  bool operator()(const ast::Insert&) const { return Tokens(); }
  bool operator()(const ast::Update&) const { return Tokens(); }
  bool operator()(const ast::Delete&) const { return Tokens(); }
  bool operator()(const ast::PurgeArchive& node) const {
    return node.revision.text == Other<ast::PurgeArchive>().revision.text;
  }
  // Only AUTO makes them.
  bool operator()(const ast::Restore&) const { return false; }
  bool operator()(const ast::DropArchive&) const { return false; }
  bool operator()(const ast::CreateArchive&) const { return false; }
  bool operator()(const ast::Opaque&) const { return Tokens(); }
  bool operator()(const std::monostate&) const { return Tokens(); }

  bool Tokens() const { return SameTokens(left.tokens, right.tokens); }
};

}  // namespace

bool SameStatement(const ast::Statement& left, const ast::Statement& right) {
  return left.kind() == right.kind() &&
         std::visit(Comparison{left, right}, left.node);
}

}  // namespace palindrome::property
