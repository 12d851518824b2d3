#include <string>
#include <variant>

#include "compiler/ast/print.h"
#include "compiler/ast/statement.h"

namespace palindrome::ast {

namespace {

std::string Alter(const Name& table) {
  return "ALTER TABLE " + PrintName(table) + " ";
}

std::string AlterColumn(const Name& table, const Name& column) {
  return Alter(table) + "ALTER COLUMN " + PrintName(column) + " ";
}

std::string Drop(const char* kind, bool if_exists, const Name& name) {
  return std::string("DROP ") + kind + (if_exists ? " IF EXISTS " : " ") +
         PrintName(name);
}

// Puts IF NOT EXISTS into what `Print` made of a definition.
std::string Create(std::string text, const char* kind, bool if_not_exists) {
  if (if_not_exists) {
    const std::string words = std::string(kind) + " ";
    text.insert(text.find(words) + words.size(), "IF NOT EXISTS ");
  }
  return text;
}

struct Printer {
  const Statement& statement;

  std::string operator()(const CreateTable& node) const {
    return Create(Print(node.table), "TABLE", node.if_not_exists);
  }
  std::string operator()(const DropTable& node) const {
    return Drop("TABLE", node.if_exists, node.table);
  }
  std::string operator()(const RenameTable& node) const {
    return Alter(node.table) + "RENAME TO " + PrintName(node.to);
  }
  std::string operator()(const AddColumn& node) const {
    return Alter(node.table) + "ADD COLUMN " +
           Print(node.column, node.constraints);
  }
  std::string operator()(const DropColumn& node) const {
    return Alter(node.table) + "DROP COLUMN " + PrintName(node.column);
  }
  std::string operator()(const RenameColumn& node) const {
    return Alter(node.table) + "RENAME COLUMN " + PrintName(node.column) +
           " TO " + PrintName(node.to);
  }
  std::string operator()(const AlterColumnType& node) const {
    std::string text =
        AlterColumn(node.table, node.column) +
        (node.type.empty() ? std::string("DROP TYPE") : "TYPE " + node.type);
    if (!node.using_expression.empty()) {
      text += " USING " + Print(node.using_expression);
    }
    return text;
  }
  std::string operator()(const SetNotNull& node) const {
    return AlterColumn(node.table, node.column) + "SET NOT NULL";
  }
  std::string operator()(const DropNotNull& node) const {
    return AlterColumn(node.table, node.column) + "DROP NOT NULL";
  }
  std::string operator()(const SetDefault& node) const {
    const std::string value = Print(node.value);
    return AlterColumn(node.table, node.column) + "SET DEFAULT " +
           (node.in_parentheses ? "(" + value + ")" : value);
  }
  std::string operator()(const DropDefault& node) const {
    return AlterColumn(node.table, node.column) + "DROP DEFAULT";
  }
  std::string operator()(const AddConstraint& node) const {
    return Alter(node.table) + "ADD " + Print(node.constraint);
  }
  std::string operator()(const DropConstraint& node) const {
    return Alter(node.table) + "DROP CONSTRAINT " + PrintName(node.constraint);
  }
  std::string operator()(const RenameConstraint& node) const {
    return Alter(node.table) + "RENAME CONSTRAINT " +
           PrintName(node.constraint) + " TO " + PrintName(node.to);
  }
  std::string operator()(const CreateIndex& node) const {
    return Create(Print(node.index), "INDEX", node.if_not_exists);
  }
  std::string operator()(const DropIndex& node) const {
    return Drop("INDEX", node.if_exists, node.index);
  }
  std::string operator()(const CreateView& node) const {
    return Create(Print(node.view), "VIEW", node.if_not_exists);
  }
  std::string operator()(const DropView& node) const {
    return Drop("VIEW", node.if_exists, node.view);
  }
  std::string operator()(const CreateTrigger& node) const {
    return Create(Print(node.trigger), "TRIGGER", node.if_not_exists);
  }
  std::string operator()(const DropTrigger& node) const {
    return Drop("TRIGGER", node.if_exists, node.trigger);
  }
  std::string operator()(const PurgeArchive& node) const {
    return "PURGE ARCHIVE OF " + sql::QuoteString(node.revision.text);
  }
  std::string operator()(const Restore& node) const {
    return "RESTORE " + PrintName(node.table) + " FROM " + node.archive;
  }
  std::string operator()(const DropArchive& node) const {
    return "DROP TABLE " + sql::QuoteName(node.archive);
  }
  std::string operator()(const CreateArchive& node) const {
    return Print(node.archive);
  }
  // What is passed through is its own text.
  std::string operator()(const Insert&) const { return Tokens(); }
  std::string operator()(const Update&) const { return Tokens(); }
  std::string operator()(const Delete&) const { return Tokens(); }
  std::string operator()(const Opaque&) const { return Tokens(); }
  std::string operator()(const std::monostate&) const { return Tokens(); }

  std::string Tokens() const { return Print(statement.tokens); }
};

}  // namespace

std::string Print(const Statement& statement) {
  return std::visit(Printer{statement}, statement.node);
}

}  // namespace palindrome::ast
