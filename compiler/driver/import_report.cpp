#include "compiler/driver/import_report.h"

#include "llvm/ADT/StringExtras.h"

#include "compiler/driver/path.h"
#include "compiler/driver/report.h"

namespace palindrome::driver {

namespace {

llvm::StringRef StatusName(const ImportedMigration& migration) {
  if (!migration.failure.empty()) {
    return "failed";
  }
  if (migration.is_empty) {
    return "skipped";
  }
  return migration.findings.empty() ? "imported" : "findings";
}

// What is to be said of it, one line each.
std::vector<std::string> LinesOf(const ImportedMigration& migration) {
  std::vector<std::string> lines;
  if (!migration.failure.empty()) {
    lines.push_back(migration.failure);
  }
  if (migration.is_empty) {
    lines.emplace_back("there is no statement in it");
  }
  for (const auto* more : {&migration.findings, &migration.notes}) {
    lines.insert(lines.end(), more->begin(), more->end());
  }
  return lines;
}

}  // namespace

ImportTotals CountImported(const std::vector<ImportedMigration>& migrations) {
  ImportTotals totals;
  for (const ImportedMigration& migration : migrations) {
    ++(!migration.failure.empty()    ? totals.failed
       : migration.is_empty          ? totals.skipped
       : !migration.findings.empty() ? totals.findings
                                     : totals.imported);
  }
  return totals;
}

void PrintImported(const std::vector<ImportedMigration>& migrations,
                   llvm::raw_ostream& out) {
  for (const ImportedMigration& migration : migrations) {
    out << StatusName(migration) << "  " << migration.source;
    if (!migration.text.empty()) {
      out << "  ->  " << migration.file_name;
    }
    out << '\n';
    for (const std::string& line : LinesOf(migration)) {
      out << "    " << line << '\n';
    }
  }
  const ImportTotals totals = CountImported(migrations);
  out << migrations.size()
      << (migrations.size() == 1 ? " migration: " : " migrations: ")
      << totals.imported << " imported, " << totals.findings
      << " imported with findings, " << totals.skipped << " skipped, "
      << totals.failed << " not imported\n";
}

void PrintImportedAsJson(const std::vector<ImportedMigration>& migrations,
                         llvm::raw_ostream& out) {
  llvm::json::Array rows;
  for (const ImportedMigration& migration : migrations) {
    const bool is_there = !migration.text.empty();
    rows.push_back(llvm::json::Object{
        {"source", JsonText(migration.source)},
        {"file", is_there ? JsonText(migration.file_name) : JsonText("")},
        {"revision", is_there ? migration.identity.revision : ""},
        {"status", StatusName(migration)},
        {"reason", JsonText(llvm::join(LinesOf(migration), "; "))}});
  }
  const ImportTotals totals = CountImported(migrations);
  PrintJson(
      llvm::json::Object{
          {"migrations", std::move(rows)},
          {"totals", llvm::json::Object{{"imported", totals.imported},
                                        {"findings", totals.findings},
                                        {"skipped", totals.skipped},
                                        {"failed", totals.failed}}}},
      out);
}

std::string ConfigurationOf(const rehearse::StandIns& stand_ins) {
  std::string text = "[sqlite]\n";
  if (!stand_ins.functions.empty()) {
    text += "functions = {";
    for (const auto& [name, arguments] : stand_ins.functions) {
      text += (text.back() == '{' ? " " : ", ") + name + " = " +
              std::to_string(arguments);
    }
    text += " }\n";
  }
  if (!stand_ins.collations.empty()) {
    text += "collations = [";
    for (const std::string& name : stand_ins.collations) {
      text += (text.back() == '[' ? "\"" : ", \"") + name + '"';
    }
    text += "]\n";
  }
  return text;
}

std::vector<graph::LockEntry> LockOf(
    const std::vector<ImportedMigration>& migrations) {
  std::vector<graph::LockEntry> lock;
  for (const ImportedMigration& migration : migrations) {
    if (!migration.findings.empty() || !migration.failure.empty()) {
      break;
    }
    if (!migration.text.empty()) {
      lock.push_back({migration.identity.revision,
                      migration.checksum,
                      diagnostics::CurrentRuleSet(),
                      migration.file_name,
                      {}});
    }
  }
  return lock;
}

std::vector<OutputFile> ImportedFiles(
    const std::vector<ImportedMigration>& migrations,
    const std::string& directory) {
  std::vector<OutputFile> files;
  for (const ImportedMigration& migration : migrations) {
    if (!migration.text.empty()) {
      files.push_back(
          {JoinPath(directory, migration.file_name), migration.text});
    }
  }
  const auto lock = LockOf(migrations);
  if (!lock.empty()) {
    files.push_back(
        {JoinPath(directory, "migrations.lock"), graph::FormatLock(lock)});
  }
  return files;
}

}  // namespace palindrome::driver
