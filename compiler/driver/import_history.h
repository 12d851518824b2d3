// A history of another tool, made into migrations that the pipeline accepts as
// far as it can be without changing what they do.
//
// Values; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_IMPORT_HISTORY_H_
#define PALINDROME_COMPILER_DRIVER_IMPORT_HISTORY_H_

#include <string>
#include <vector>

#include "compiler/config/settings.h"
#include "compiler/driver/environment.h"
#include "compiler/import/convert.h"
#include "compiler/import/foreign.h"
#include "compiler/rehearse/rehearse.h"

namespace palindrome::driver {

struct ImportedMigration {
  std::string source;
  importer::Identity identity;
  std::string file_name;
  std::string text;       // Empty: there is none, for one of two reasons.
  std::string checksum;   // Of the text.
  std::string failure;    // Not empty: it could not be imported, and why.
  bool is_empty = false;  // It does nothing, so that it needs no file.
  // What was changed or left out, one line each.
  std::vector<std::string> notes;
  // What fails the build, "message [rule]" each.
  std::vector<std::string> findings;
};

struct ImportedHistory {
  // In the order of the history.
  std::vector<ImportedMigration> migrations;
  // Functions (of any number of arguments) and collations of the application
  // that it needs and that the settings do not declare.
  rehearse::StandIns stand_ins;
};

struct ImportOptions {
  std::string origin;   // As the reasons of ALLOW name it: "diesel".
  bool repair = false;  // Downgrades that are rejected are derived.
};

// Double-quoted strings become strings, and what can be allowed is allowed with
// the reason that it was so.
ImportedHistory ImportHistory(const importer::ForeignHistory& history,
                              const ImportOptions& options,
                              const config::Settings& settings,
                              Environment& environment);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_IMPORT_HISTORY_H_
