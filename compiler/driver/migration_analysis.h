// The analysis of one migration on the catalog before it: simulated, reversed
// and lowered.
//
// A value that points into the migration and the settings; its owner is the
// analysis of the history. Constant once made, but for the rehearsal.
#ifndef PALINDROME_COMPILER_DRIVER_MIGRATION_ANALYSIS_H_
#define PALINDROME_COMPILER_DRIVER_MIGRATION_ANALYSIS_H_

#include <optional>

#include "compiler/catalog/engine.h"
#include "compiler/catalog/simulate.h"
#include "compiler/checks/context.h"
#include "compiler/config/settings.h"
#include "compiler/diagnostics/emitter.h"
#include "compiler/rehearse/rehearse.h"

namespace palindrome::driver {

struct MigrationAnalysis {
  catalog::Simulation upgrade;
  checks::Downgrade downgrade;
  // Made if the upgrade applies and nothing forbids to run it.
  std::optional<rehearse::Task> task;
  std::optional<rehearse::Result> rehearsal;
};

// Reports what is wrong with the upgrade, and where AUTO meets a statement
// without an inverse.
MigrationAnalysis AnalyseMigration(const ast::Migration& migration,
                                   const catalog::Catalog& before,
                                   const config::Settings& settings,
                                   catalog::Engine& engine,
                                   diagnostics::Emitter& emitter);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_MIGRATION_ANALYSIS_H_
