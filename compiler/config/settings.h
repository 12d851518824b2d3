// What the user has configured: `palindrome.toml` in the migrations folder, and
// the options of a command, which override it.
//
// A value; any thread may read it.
#ifndef PALINDROME_COMPILER_CONFIG_SETTINGS_H_
#define PALINDROME_COMPILER_CONFIG_SETTINGS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/diagnostics/emitter.h"
#include "compiler/diagnostics/kind.h"
#include "compiler/lower/sqlite/lower.h"
#include "compiler/rehearse/rehearse.h"
#include "compiler/rehearse/sqlite/facts.h"
#include "compiler/source/source.h"

namespace palindrome::config {

enum class RehearseMode : std::uint8_t { kNone, kSchema, kData };

// What rules about style go by.
struct Conventions {
  std::int64_t most_operations = 8;  // Of a file, on tables that are there.
  std::int64_t most_columns = 40;    // Of a table.
  bool needs_comments = false;       // Every new table and column.
  // Extended regular expressions that whole names match, by what they name:
  // `table`, `column`, `index`, `foreign_key`, `check`, `unique`.
  std::map<std::string, std::string> names;
};

struct Settings {
  std::uint32_t minimum_sqlite = lower::sqlite::kDefaultMinimum;
  bool declares_minimum = false;  // Be it the default.
  // Severities that differ from the defaults.
  std::map<diagnostics::Kind, diagnostics::Severity> severities;
  // The rules that were set by their own name, which a group leaves alone.
  std::set<diagnostics::Kind> set_by_name;
  bool warnings_as_errors = false;
  bool require_locked = false;
  // Locked migrations are held to rules that came after them, too.
  bool lint_locked = false;
  // Programs of the old version run while the new one is brought out.
  bool rolling = false;
  Conventions conventions;
  RehearseMode rehearse = RehearseMode::kData;
  rehearse::StandIns stand_ins;
  // Functions of C++ that are given SQL, as facts::ReadOptions has them, and
  // those whose SQL is not checked, by their qualified names.
  std::vector<std::string> query_functions;
  std::vector<std::string> unchecked_functions;
  // Tables that no struct is, on purpose.
  std::vector<std::string> unmodelled_tables;

  // What was set; else the default, which for rules of compatibility is another
  // one if the deployment is rolling. Rules of portability are off unless set,
  // since there is one dialect.
  diagnostics::Severity SeverityOf(diagnostics::Kind kind) const;
};

// What is wrong with a setting; empty: nothing.
struct Problem {
  Problem() = default;
  Problem(const char* what) : text(what) {}
  Problem(std::string what, diagnostics::Meant instead = {})
      : text(std::move(what)), meant(std::move(instead)) {}

  bool empty() const { return text.empty(); }
  // With what was meant.
  std::string ToString() const;

  std::string text;
  diagnostics::Meant meant;
};

// Reads palindrome.toml:
//
//   dialects = ["sqlite"]
//   warnings_as_errors = false
//   rehearse = "data"
//   deployment = "rolling"
//   comments = "required"
//   [limits]
//   operations = 8
//   columns = 40
//   [names]
//   index = "ix_[a-z0-9_]+"
//   [minimum]
//   sqlite = "3.35"
//   [rules]
//   slug-not-imperative = "warning"
//   [sqlite]
//   functions = { uuid = 0, regexp = 2 }
//   collations = ["german"]
//   [queries]
//   functions = ["db::Query:2"]
//   unchecked = ["db::LegacyUpgrade"]
//   [models]
//   unmodelled = ["search_cache"]
//
// A key that is unknown or of the wrong type is kConfiguration at its place,
// and so is what contradicts the engine that rehearses.
void ReadConfiguration(const source::File& file,
                       const rehearse::sqlite::EngineFacts& engine,
                       Settings& settings, diagnostics::Emitter& emitter);

// `rule=severity` or `group=severity`, as options and CMake give it. A rule
// behind a law cannot be changed; a rule's own setting beats its group's.
Problem SetSeverity(std::string_view setting, Settings& settings);

// `data`, `schema` or `none`.
Problem SetRehearse(std::string_view mode, Settings& settings);

// `rolling` or `stop`.
Problem SetDeployment(std::string_view deployment, Settings& settings);

// `3.35` or `3.35.2`, not older than programs can be made for, nor newer than
// the engine that rehearses.
Problem SetMinimumSqlite(std::string_view version, std::uint32_t engine,
                         Settings& settings);

// The name of a dialect that this version compiles to.
Problem CheckDialect(std::string_view dialect);

// `3.35` or `3.35.2` as 3035000 or 3035002. No value if it is no version.
std::optional<std::uint32_t> ParseVersion(std::string_view text);

}  // namespace palindrome::config

#endif  // PALINDROME_COMPILER_CONFIG_SETTINGS_H_
