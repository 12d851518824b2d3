// A history whose past is one migration.

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "compiler/driver/import_session.h"
#include "compiler/import/database.h"
#include "compiler/import/sql_text.h"

namespace palindrome::driver {

namespace {

llvm::Error Refused(const std::string& why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), why.c_str());
}

// The statements of the upgrades, in SQLite's own words.
llvm::Expected<std::vector<std::string>> StatementsOf(
    const ImportedHistory& imported, const config::Settings& settings,
    Environment& environment) {
  std::vector<std::string> statements;
  const auto trial = Try(imported.migrations, "", settings, environment);
  for (const ImportedMigration& migration : imported.migrations) {
    if (migration.text.empty()) {
      continue;
    }
    const ast::Migration* parsed = trial->Parsed(migration);
    if (parsed == nullptr || !parsed->upgrade_ok) {
      return Refused("`" + migration.source + "` cannot be read");
    }
    for (const ast::Item& item : parsed->upgrade.items) {
      statements.emplace_back(parsed->file->text(item.statement.range));
    }
  }
  return statements;
}

std::vector<std::string> Split(const std::string& sql) {
  std::vector<std::string> statements;
  for (const importer::SqlStatement& statement :
       importer::SplitStatements(sql)) {
    if (!statement.text.empty()) {
      statements.emplace_back(statement.text);
    }
  }
  return statements;
}

bool ByName(const catalog::EngineObject& left,
            const catalog::EngineObject& right) {
  return std::tie(left.type, left.name) < std::tie(right.type, right.name);
}

bool IsNamed(const importer::ForeignMigration& migration,
             const std::string& name) {
  return migration.name == name || migration.source == name;
}

}  // namespace

llvm::Expected<importer::ForeignHistory> FoldHistory(
    const importer::ForeignHistory& history, const std::string& name,
    const ImportOptions& options, const config::Settings& settings,
    Environment& environment) {
  const auto last = std::find_if(
      history.begin(), history.end(),
      [&](const auto& migration) { return IsNamed(migration, name); });
  if (last == history.end()) {
    return Refused("there is no migration `" + name + "` to fold up to");
  }
  const importer::ForeignHistory past(history.begin(), std::next(last));
  const ImportedHistory imported =
      ImportHistory(past, {options.origin, false}, settings, environment);
  auto statements = StatementsOf(imported, settings, environment);
  if (!statements) {
    return statements.takeError();
  }
  rehearse::StandIns stand_ins = settings.stand_ins;
  stand_ins.functions.insert(stand_ins.functions.end(),
                             imported.stand_ins.functions.begin(),
                             imported.stand_ins.functions.end());
  stand_ins.collations.insert(stand_ins.collations.end(),
                              imported.stand_ins.collations.begin(),
                              imported.stand_ins.collations.end());
  auto contents = environment.run_all(*statements, stand_ins);
  if (!contents) {
    return Refused("what comes up to `" + name +
                   "` does not apply: " + llvm::toString(contents.takeError()));
  }
  importer::ForeignMigration baseline =
      importer::FromDatabase(contents->objects, contents->rows, last->source);
  baseline.name = last->name;
  baseline.title = "create the schema of " + last->title;
  baseline.date = last->date;
  auto again = environment.run_all(Split(baseline.up), stand_ins);
  if (!again) {
    return Refused("the migrations up to `" + name +
                   "` cannot be folded: " + llvm::toString(again.takeError()));
  }
  std::sort(contents->objects.begin(), contents->objects.end(), ByName);
  std::sort(again->objects.begin(), again->objects.end(), ByName);
  std::sort(contents->rows.begin(), contents->rows.end());
  std::sort(again->rows.begin(), again->rows.end());
  if (!(*contents == *again)) {
    return Refused("the migrations up to `" + name +
                   "` cannot be folded: one migration leaves something else "
                   "behind");
  }
  importer::ForeignHistory folded{std::move(baseline)};
  folded.insert(folded.end(), std::next(last), history.end());
  return folded;
}

}  // namespace palindrome::driver
