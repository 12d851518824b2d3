#include "tests/property/compiled.h"

#include <algorithm>
#include <utility>

#include "compiler/parse/parse.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::property {

namespace {

std::string Id(std::size_t number) {
  return "m" + std::to_string(number);
}

}  // namespace

std::string MigrationText(std::size_t number,
                          const std::vector<std::string>& upgrade,
                          const std::string& downgrade,
                          const std::vector<std::string>& allows) {
  std::string text = "MIGRATION 'test'\n  REVISION '" + Id(number) +
                     "'\n  REVISES " +
                     (number == 0 ? "NONE" : "'" + Id(number - 1) + "'");
  for (const std::string& rule : allows) {
    text += "\n  ALLOW " + rule + " BECAUSE 'it is meant'";
  }
  text += ";\n\nUPGRADE BEGIN\n";
  for (const std::string& statement : upgrade) {
    text += "  " + statement + ";\n";
  }
  return text + "END;\n\n" + downgrade;
}

std::string SquashText(std::size_t first, std::size_t last,
                       const std::vector<std::string>& upgrade) {
  std::string text = "MIGRATION 'squash'\n  REVISION 'squash'\n  REVISES " +
                     (first == 0 ? "NONE" : "'" + Id(first - 1) + "'") +
                     "\n  SQUASHES '" + Id(first) + "' TO '" + Id(last) +
                     "' APPROVED BY 'a test';\n\nUPGRADE BEGIN\n";
  for (const std::string& statement : upgrade) {
    text += "  " + statement + ";\n";
  }
  return text + "END;\n\nDOWNGRADE AUTO;\n";
}

std::string Section(const std::vector<std::string>& statements) {
  std::string text = "DOWNGRADE BEGIN\n";
  for (const std::string& statement : statements) {
    text += "  " + statement + ";\n";
  }
  return text + "END;\n";
}

Compiled::Compiled(const std::vector<std::string>& texts,
                   config::RehearseMode mode, catalog::Engine& engine) {
  for (const char* setting :
       {"hygiene=off", "compatibility=off", "locking=off",
        // What a definition says, and no row shows.
        "default-type-mismatch=off", "fk-type-mismatch=off",
        "rowid-alias-type=off", "name-as-default=off", "repeated-column=off",
        // Rows may stop these, and where they do not, they are to be compared.
        "set-not-null-without-backfill=note", "index-becomes-unique=note",
        "unique-over-equal-values=note",
        "add-primary-key-on-existing-data=note", "type-change-may-fail=note"}) {
    config::SetSeverity(setting, settings_);
  }
  settings_.rehearse = mode;
  std::vector<ast::Migration> migrations;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    // Sorted as they are numbered.
    const std::string number = std::to_string(100'000 + i);
    const source::File* file =
        files_.Add("20250101_" + number + "_test.sql", texts[i]);
    migrations.push_back(parse::ParseMigration(*file, emitter_));
  }
  folder_.graph = graph::BuildGraph(std::move(migrations), {});
  history_ =
      driver::CompileHistory(folder_, settings_, engine, nullptr, emitter_);
}

std::size_t Compiled::UnprovenSquashes() const {
  return static_cast<std::size_t>(
      std::count(history_.squashes.begin(), history_.squashes.end(), nullptr));
}

std::vector<const diagnostics::Diagnostic*> Compiled::Findings(
    std::size_t number) const {
  std::vector<const diagnostics::Diagnostic*> findings;
  for (const diagnostics::Diagnostic& finding : emitter_.diagnostics()) {
    if (finding.location.file == migration(number).file) {
      findings.push_back(&finding);
    }
  }
  return findings;
}

const diagnostics::Diagnostic* Compiled::Error(
    std::size_t number, std::optional<diagnostics::Kind> but) const {
  for (const diagnostics::Diagnostic* finding : Findings(number)) {
    if (finding->severity == diagnostics::Severity::kError &&
        finding->kind != but) {
      return finding;
    }
  }
  return nullptr;
}

bool Compiled::Announces(std::size_t number, std::string_view table) const {
  const std::string name = "`" + sql::FoldCase(table) + "`";
  for (const diagnostics::Diagnostic* finding : Findings(number)) {
    if (sql::FoldCase(finding->message).find(name) != std::string::npos) {
      return true;
    }
  }
  return false;
}

std::string Compiled::Messages(std::size_t number) const {
  std::string text;
  for (const diagnostics::Diagnostic* finding : Findings(number)) {
    text += diagnostics::SeverityName(finding->severity).str() + ": " +
            finding->message + " [" +
            diagnostics::Info(finding->kind).tag.str() + "]\n";
  }
  return text;
}

}  // namespace palindrome::property
