#include "compiler/reversal/restore.h"

#include <utility>

#include "compiler/reversal/reversal.h"

namespace palindrome::reversal {

namespace {

template <typename Node>
ast::Item MakeItem(Node node) {
  ast::Item item;
  item.statement.node = std::move(node);
  return item;
}

class Restorer {
 public:
  explicit Restorer(const catalog::Step& step)
      : step_(step),
        archive_(std::get<ast::Archive>(step.archive->definition)) {}

  std::vector<ast::Item> Go() && {
    if (step_.closes_archive) {
      AddInverse();
    }
    if (step_.opens_archive) {
      if (!brings_back_itself_ && !is_restored_) {
        AddRestore();
      }
      items_.push_back(MakeItem(ast::DropArchive{archive_.name.text}));
    }
    return std::move(items_);
  }

 private:
  void AddRestore() {
    is_restored_ = true;
    items_.push_back(
        MakeItem(ast::Restore{{archive_.table, {}}, archive_.name.text}));
  }

  void AddInverse() {
    ast::Statement statement = step_.item->statement;
    if (ast::IsDataStatement(statement.kind())) {
      return;
    }
    if (auto* type = std::get_if<ast::AlterColumnType>(&statement.node)) {
      // The old values are there, and need not be computed.
      type->using_expression = {};
    }
    for (ast::Statement& inverse : Invert(statement, step_.before).statements) {
      ast::Item item;
      item.statement = std::move(inverse);
      const ast::StatementKind kind = item.statement.kind();
      if (kind == ast::StatementKind::kAddColumn ||
          kind == ast::StatementKind::kAlterColumnType) {
        item.restores = archive_.name.text;
        brings_back_itself_ = true;
      }
      items_.push_back(std::move(item));
      // The rows come back before the triggers that they would fire.
      if (kind == ast::StatementKind::kCreateTable) {
        AddRestore();
      }
    }
  }

  const catalog::Step& step_;
  const ast::Archive& archive_;
  bool brings_back_itself_ = false;
  bool is_restored_ = false;
  std::vector<ast::Item> items_;
};

}  // namespace

std::vector<ast::Item> RestoreStep(const catalog::Step& step) {
  return Restorer(step).Go();
}

}  // namespace palindrome::reversal
