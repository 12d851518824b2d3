// What a statement destroys of rows, or may refuse of them.

#include <algorithm>

#include "compiler/reversal/reversal.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::reversal {

namespace {

std::vector<Loss> One(LossKind kind, const ast::Name& table,
                      const ast::Name& column = {}) {
  return {{kind, table.text, column.text}};
}

struct Losses {
  const catalog::Catalog& before;

  std::vector<Loss> operator()(const ast::DropTable& node) const {
    return before.FindTable(node.table.text) == nullptr
               ? std::vector<Loss>()
               : One(LossKind::kDropsTable, node.table);
  }
  std::vector<Loss> operator()(const ast::DropColumn& node) const {
    const ast::Table* table = before.FindTable(node.table.text);
    const bool is_generated =
        table != nullptr &&
        std::any_of(table->columns.begin(), table->columns.end(),
                    [&](const ast::Column& column) {
                      return column.generated &&
                             sql::EqualsIgnoringCase(column.name.text,
                                                     node.column.text);
                    });
    return is_generated ? std::vector<Loss>()
                        : One(LossKind::kDropsColumn, node.table, node.column);
  }
  std::vector<Loss> operator()(const ast::AlterColumnType& node) const {
    return One(node.using_expression.empty() ? LossKind::kMayRefuseRows
                                             : LossKind::kConvertsValues,
               node.table, node.column);
  }
  std::vector<Loss> operator()(const ast::SetNotNull& node) const {
    return One(LossKind::kMayRefuseRows, node.table, node.column);
  }
  std::vector<Loss> operator()(const ast::AddConstraint& node) const {
    return One(LossKind::kMayRefuseRows, node.table);
  }
  std::vector<Loss> operator()(const ast::CreateIndex& node) const {
    return node.index.unique ? One(LossKind::kMayRefuseRows, node.index.table)
                             : std::vector<Loss>();
  }
  std::vector<Loss> operator()(const ast::Insert& node) const {
    return One(LossKind::kAddsRows, node.table);
  }
  std::vector<Loss> operator()(const ast::Update& node) const {
    return One(LossKind::kChangesRows, node.table);
  }
  std::vector<Loss> operator()(const ast::Delete& node) const {
    return One(LossKind::kDeletesRows, node.table);
  }
  std::vector<Loss> operator()(const ast::PurgeArchive&) const {
    return {{LossKind::kDropsArchive, "", ""}};
  }
  // The statements that keep every row as it is.
  template <typename Node>
  std::vector<Loss> operator()(const Node&) const {
    return {};
  }
};

}  // namespace

std::vector<Loss> Loses(const ast::Statement& statement,
                        const catalog::Catalog& before) {
  return std::visit(Losses{before}, statement.node);
}

}  // namespace palindrome::reversal
