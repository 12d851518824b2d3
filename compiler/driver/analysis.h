// What `check` and `compile` share: their options, and the run of the pipeline.
//
// An analysis owns all that its parts point to; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_ANALYSIS_H_
#define PALINDROME_COMPILER_DRIVER_ANALYSIS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/environment.h"
#include "compiler/driver/options.h"
#include "compiler/driver/pipeline.h"
#include "compiler/driver/suggest.h"
#include "palindrome/table_values.h"

namespace palindrome::driver {

struct Analysis {
  source::Files files;
  config::Settings settings;
  Folder folder;
  std::vector<std::string> inputs;  // Every path that was read.
  std::vector<codegen::CompiledMigration> migrations;
  HistoryAnalysis history;   // By revision of the folder's graph.
  HistoryAnalysis squashes;  // By squash of it.
  std::vector<Suggestion> suggestions;
  // As in CompiledHistory.
  std::size_t rehearsals_run = 0;
  std::size_t row_runs = 0;
  diagnostics::Emitter emitter;
  std::string usage_problem;  // Not empty: an option is wrong, nothing was run.
};

// --rules, --dialects, --minimum-sqlite, --rehearse, --deployment, --cache,
// --warnings-as-errors, --require-locked and --lint-locked, beside those of the
// folder.
void AddAnalysisOptions(Options& options);

// Reads the configuration, lets the options override it, and runs the
// pipeline.
std::unique_ptr<Analysis> Analyze(const Options& options,
                                  Environment& environment);

// The class of loss of a revision; no value where it is not known, since
// something fails the build in it or before it.
std::optional<table::Loss> LossOf(const Analysis& analysis, std::size_t index);
// The bits of table::Compatibility of a revision; no value where its upgrade
// does not apply.
std::optional<std::uint32_t> CompatibilityOf(const Analysis& analysis,
                                             std::size_t index);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_ANALYSIS_H_
