#include "tests/support/parse_properties.h"

#include <optional>
#include <variant>

#include "llvm/Support/raw_ostream.h"

#include "compiler/diagnostics/console.h"
#include "compiler/graph/graph.h"
#include "compiler/parse/parse.h"

namespace palindrome::testing {
namespace {

// What printing may not change of a statement, beside what is printed.
bool IsSame(const ast::Statement& left, const ast::Statement& right) {
  if (left.kind() != right.kind() ||
      ast::TableOf(left) != ast::TableOf(right)) {
    return false;
  }
  if (const auto* table = std::get_if<ast::CreateTable>(&left.node)) {
    return SameDefinition(table->table,
                          std::get<ast::CreateTable>(right.node).table);
  }
  if (const auto* index = std::get_if<ast::CreateIndex>(&left.node)) {
    return SameDefinition(index->index,
                          std::get<ast::CreateIndex>(right.node).index);
  }
  if (const auto* view = std::get_if<ast::CreateView>(&left.node)) {
    return SameDefinition(view->view,
                          std::get<ast::CreateView>(right.node).view);
  }
  if (const auto* trigger = std::get_if<ast::CreateTrigger>(&left.node)) {
    return SameDefinition(trigger->trigger,
                          std::get<ast::CreateTrigger>(right.node).trigger);
  }
  if (const auto* add = std::get_if<ast::AddColumn>(&left.node)) {
    return SameDefinition(add->column,
                          std::get<ast::AddColumn>(right.node).column);
  }
  if (const auto* add = std::get_if<ast::AddConstraint>(&left.node)) {
    return SameDefinition(add->constraint,
                          std::get<ast::AddConstraint>(right.node).constraint);
  }
  return ast::IsSchemaStatement(left.kind()) ||
         SameTokens(left.tokens, right.tokens);
}

std::string MessagesOf(const diagnostics::Emitter& emitter) {
  std::string console;
  llvm::raw_string_ostream out(console);
  diagnostics::WriteConsole(emitter.diagnostics(), out);
  return console;
}

bool LiesWithin(const source::Location& location, const source::File& file) {
  return location.file == &file && location.range.begin <= location.range.end &&
         location.range.end <= file.text().size();
}

std::string FindPlaceFault(const diagnostics::Emitter& emitter,
                           const source::File& file) {
  for (const diagnostics::Diagnostic& each : emitter.diagnostics()) {
    bool within = LiesWithin(each.location, file);
    for (const diagnostics::Note& note : each.notes) {
      within = within && LiesWithin(note.location, file);
    }
    if (!within) {
      return "outside of the file: " + each.message;
    }
  }
  MessagesOf(emitter);
  return "";
}

std::string FindItemsFault(const ast::Section& section) {
  for (const ast::Item& item : section.items) {
    if (item.dialect.empty() || item.dialect == "sqlite") {
      if (std::string fault = FindRoundTripFault(item.statement);
          !fault.empty()) {
        return fault;
      }
    }
  }
  return "";
}

std::string FindHeaderFault(const ast::Migration& migration) {
  diagnostics::Emitter emitter;
  const ast::Migration alone = parse::ParseHeader(*migration.file, emitter);
  const ast::Header& header = migration.header;
  const bool is_same =
      alone.header_ok == migration.header_ok &&
      alone.header.title.value == header.title.value &&
      alone.header.revision.has_value() == header.revision.has_value() &&
      alone.header.documentation == header.documentation &&
      alone.header.parents.size() == header.parents.size();
  return is_same ? "" : "the header alone reads otherwise";
}

}  // namespace

std::string FindRoundTripFault(const ast::Statement& statement) {
  const std::string printed = ast::Print(statement);
  const source::File file("printed.sql", printed);
  diagnostics::Emitter emitter;
  const auto again = parse::ParseStatement(file, emitter);
  if (!again || !emitter.diagnostics().empty()) {
    return "what is printed does not parse:\n" + MessagesOf(emitter) + printed;
  }
  if (!IsSame(statement, *again)) {
    return "what is printed means something else:\n" + printed;
  }
  const std::string twice = ast::Print(*again);
  return twice == printed
             ? ""
             : "printed again it differs:\n" + printed + "\n" + twice;
}

std::string FindStatementFault(const std::string& text) {
  const source::File file("s.sql", text);
  diagnostics::Emitter emitter;
  const auto statement = parse::ParseStatement(file, emitter);
  if (std::string fault = FindPlaceFault(emitter, file); !fault.empty()) {
    return fault;
  }
  if (statement.has_value() != emitter.diagnostics().empty()) {
    return "a statement and errors, or neither:\n" + MessagesOf(emitter);
  }
  return statement ? FindRoundTripFault(*statement) : "";
}

std::string FindMigrationFault(const std::string& text) {
  const source::File file("m.sql", text);
  diagnostics::Emitter emitter;
  const ast::Migration migration = parse::ParseMigration(file, emitter);
  std::string fault = FindPlaceFault(emitter, file);
  if (fault.empty()) {
    fault = FindHeaderFault(migration);
  }
  const bool is_sound = migration.header_ok && migration.body_ok;
  if (fault.empty() && is_sound != emitter.diagnostics().empty()) {
    fault = "sound and errors, or neither:\n" + MessagesOf(emitter);
  }
  if (!fault.empty() || !is_sound) {
    return fault;
  }
  fault = FindItemsFault(migration.upgrade);
  if (fault.empty() && migration.downgrade) {
    fault = FindItemsFault(*migration.downgrade);
  }
  const source::File commented("m.sql", text + "\n-- A comment.\n");
  if (fault.empty() && graph::Checksum(commented) != graph::Checksum(file)) {
    fault = "a comment changes the checksum";
  }
  return fault;
}

}  // namespace palindrome::testing
