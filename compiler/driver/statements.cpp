#include "compiler/driver/statements.h"

#include <variant>

#include "compiler/catalog/slice.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::driver {

namespace {

// Those behind REFERENCES are no part of a body.
std::set<std::string> TablesOf(const ast::Statement& statement) {
  std::set<std::string> tables = catalog::NamedTables(statement.tokens);
  const auto& tokens = statement.tokens.tokens;
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    if (sql::EqualsIgnoringCase(tokens[i - 1].spelling, "references")) {
      tables.insert(sql::FoldCase(ast::Meaning(tokens[i])));
    }
  }
  return tables;
}

}  // namespace

Statements::Statements(const graph::Graph& graph) {
  for (const graph::Revision* revision : graph.All()) {
    const ast::Migration& migration = revision->migration;
    const std::size_t number = files_.size();
    File& file = files_[migration.file];
    file.number = number;
    for (const ast::Item& item : migration.upgrade.items) {
      file.statements.push_back(&item.statement);
    }
    if (migration.downgrade) {
      for (const ast::Item& item : migration.downgrade->items) {
        file.statements.push_back(&item.statement);
      }
    }
  }
}

const ast::Statement* Statements::Find(source::Location place) const {
  const auto found = files_.find(place.file);
  if (found != files_.end()) {
    for (const ast::Statement* statement : found->second.statements) {
      if (statement->range.contains(place.range)) {
        return statement;
      }
    }
  }
  return nullptr;
}

std::size_t Statements::NumberOf(const source::File* file) const {
  const auto found = files_.find(file);
  return found == files_.end() ? files_.size() : found->second.number;
}

std::set<std::string> Statements::TablesAt(source::Location place) const {
  const ast::Statement* statement = Find(place);
  if (statement == nullptr) {
    return TablesIn(place.file);
  }
  std::set<std::string> tables = TablesOf(*statement);
  tables.merge(TableAt(place));
  return tables;
}

std::set<std::string> Statements::TablesIn(const source::File* file) const {
  std::set<std::string> tables;
  const auto found = files_.find(file);
  if (found != files_.end()) {
    for (const ast::Statement* statement : found->second.statements) {
      tables.merge(TablesAt({file, statement->range}));
    }
  }
  return tables;
}

std::set<std::string> Statements::TableAt(source::Location place) const {
  const ast::Statement* statement = Find(place);
  if (statement == nullptr || ast::TableOf(*statement).empty()) {
    return {};
  }
  std::set<std::string> names = {sql::FoldCase(ast::TableOf(*statement))};
  for (const ast::Statement* later : files_.at(place.file).statements) {
    const auto* rename = std::get_if<ast::RenameTable>(&later->node);
    if (rename != nullptr && later->range.begin >= statement->range.begin &&
        names.contains(sql::FoldCase(rename->table.text))) {
      names.insert(sql::FoldCase(rename->to.text));
    }
  }
  return names;
}

}  // namespace palindrome::driver
