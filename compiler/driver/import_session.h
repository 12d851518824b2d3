// Inside the import: what its files share.
//
// Values; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_IMPORT_SESSION_H_
#define PALINDROME_COMPILER_DRIVER_IMPORT_SESSION_H_

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/import_history.h"
#include "compiler/driver/pipeline.h"

namespace palindrome::driver {

// File names, revisions, titles and dates for the history; nothing else yet.
std::vector<ImportedMigration> NameMigrations(
    const importer::ForeignHistory& history);

// One run of the whole pipeline over the migrations as they are now, with the
// text of their lock file; empty: nothing is locked.
struct Trial {
  source::Files files;
  Folder folder;
  diagnostics::Emitter emitter;
  std::map<std::string, std::size_t, std::less<>> by_file_name;
  std::vector<bool> judged;  // Of each revision of the folder's graph.

  // The migration that the diagnostic stands in; no value: in none.
  std::optional<std::size_t> MigrationOf(
      const diagnostics::Diagnostic& diagnostic) const;
  // As it was read.
  const ast::Migration* Parsed(const ImportedMigration& migration) const;
};
std::unique_ptr<Trial> Try(const std::vector<ImportedMigration>& migrations,
                           const std::string& lock,
                           const config::Settings& settings,
                           Environment& environment);

// A change of a migration's text.
struct Edit {
  std::size_t migration = 0;
  source::Range range;  // What is replaced.
  std::string text;
};

// The history with everything up to the migration `name` as its first one. An
// error if there is no such migration, one of those does not apply, or what the
// new one leaves behind is not what they do.
llvm::Expected<importer::ForeignHistory> FoldHistory(
    const importer::ForeignHistory& history, const std::string& name,
    const ImportOptions& options, const config::Settings& settings,
    Environment& environment);

// What would answer the errors of the trial: ALLOWs, and strings for names in
// double quotes. Each place once.
std::vector<Edit> FindEdits(const Trial& trial,
                            const std::vector<ImportedMigration>& migrations,
                            const std::string& reason);
// Strings for names in double quotes that the diagnostics of one migration say
// are none.
std::vector<Edit> FindStrings(
    std::size_t index, const ast::Migration& migration,
    const std::vector<diagnostics::Diagnostic>& diagnostics);
void ApplyEdits(std::vector<Edit> edits,
                std::vector<ImportedMigration>& migrations);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_IMPORT_SESSION_H_
