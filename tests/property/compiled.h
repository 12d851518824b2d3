// A history of migrations as the compiler sees it: its whole pipeline, over
// texts instead of files.
//
// Owns all that its parts point to; one thread.
#ifndef PALINDROME_TESTS_PROPERTY_COMPILED_H_
#define PALINDROME_TESTS_PROPERTY_COMPILED_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/catalog/engine.h"
#include "compiler/config/settings.h"
#include "compiler/driver/pipeline.h"
#include "compiler/driver/shortcuts.h"

namespace palindrome::property {

// The text of the migration of that number in a chain, from 0. `downgrade` is
// a whole section; `allows` are names of rules.
std::string MigrationText(std::size_t number,
                          const std::vector<std::string>& upgrade,
                          const std::string& downgrade,
                          const std::vector<std::string>& allows);

// That of a squash of the migrations from `first` to `last`.
std::string SquashText(std::size_t first, std::size_t last,
                       const std::vector<std::string>& upgrade);

// `DOWNGRADE BEGIN … END;`.
std::string Section(const std::vector<std::string>& statements);

class Compiled {
 public:
  // The chain of migrations, and squashes of it. Rules of style and of
  // deployment are off, and what rows may stop is noted.
  Compiled(const std::vector<std::string>& texts, config::RehearseMode mode,
           catalog::Engine& engine);

  std::size_t size() const { return history_.analysis.size(); }
  // Of a history all of whose migrations can be run.
  driver::Shortcuts FindShortcuts() const {
    return driver::FindShortcuts(folder_.graph, settings_, history_.analysis,
                                 history_.squashes);
  }

  std::size_t UnprovenSquashes() const;

  // Null: not analysed.
  const driver::MigrationAnalysis* analysis(std::size_t number) const {
    return history_.analysis[number].get();
  }
  const ast::Migration& migration(std::size_t number) const {
    return folder_.graph.revisions[number].migration;
  }
  std::vector<const diagnostics::Diagnostic*> Findings(
      std::size_t number) const;
  // The first error of the migration, but for those of that kind; null if there
  // is none.
  const diagnostics::Diagnostic* Error(
      std::size_t number,
      std::optional<diagnostics::Kind> but = std::nullopt) const;
  // Whether a finding of the migration speaks of the table.
  bool Announces(std::size_t number, std::string_view table) const;
  // Its findings, a line each.
  std::string Messages(std::size_t number) const;

 private:
  config::Settings settings_;
  source::Files files_;
  driver::Folder folder_;
  diagnostics::Emitter emitter_;
  driver::CompiledHistory history_;
};

}  // namespace palindrome::property

#endif  // PALINDROME_TESTS_PROPERTY_COMPILED_H_
