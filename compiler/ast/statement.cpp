#include "compiler/ast/statement.h"

#include <variant>

namespace palindrome::ast {

namespace {

struct TableFinder {
  std::string_view operator()(const CreateTable& node) const {
    return node.table.name.text;
  }
  std::string_view operator()(const CreateIndex& node) const {
    return node.index.table.text;
  }
  std::string_view operator()(const CreateView& node) const {
    return node.view.name.text;
  }
  std::string_view operator()(const CreateTrigger& node) const {
    return node.trigger.table.text;
  }
  std::string_view operator()(const DropView& node) const {
    return node.view.text;
  }
  std::string_view operator()(const DropIndex&) const { return {}; }
  std::string_view operator()(const DropTrigger&) const { return {}; }
  std::string_view operator()(const PurgeArchive&) const { return {}; }
  std::string_view operator()(const DropArchive&) const { return {}; }
  std::string_view operator()(const CreateArchive&) const { return {}; }
  std::string_view operator()(const Opaque&) const { return {}; }
  std::string_view operator()(const std::monostate&) const { return {}; }
  template <typename Node>
  std::string_view operator()(const Node& node) const {
    return node.table.text;
  }
};

}  // namespace

std::string_view StatementKindName(StatementKind kind) {
  switch (kind) {
#define PALINDROME_STATEMENT(Node, Text) \
  case StatementKind::k##Node:           \
    return Text;
#include "compiler/ast/statement_kinds.def"
  }
  return "";
}

bool IsDataStatement(StatementKind kind) {
  return kind == StatementKind::kInsert || kind == StatementKind::kUpdate ||
         kind == StatementKind::kDelete;
}

bool IsSchemaStatement(StatementKind kind) {
  return !IsDataStatement(kind) && kind != StatementKind::kOpaque &&
         kind != StatementKind::kRestore;
}

std::string_view TableOf(const Statement& statement) {
  return std::visit(TableFinder{}, statement.node);
}

}  // namespace palindrome::ast
