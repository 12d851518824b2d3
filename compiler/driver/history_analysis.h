// The analysis of a history: every migration simulated, reversed, lowered and
// rehearsed.
//
// Owned by the pipeline; constant once made, but for the rehearsals, which run
// on threads of their own and each write one result.
#ifndef PALINDROME_COMPILER_DRIVER_HISTORY_ANALYSIS_H_
#define PALINDROME_COMPILER_DRIVER_HISTORY_ANALYSIS_H_

#include <memory>
#include <vector>

#include "compiler/catalog/engine.h"
#include "compiler/config/settings.h"
#include "compiler/diagnostics/emitter.h"
#include "compiler/driver/migration_analysis.h"
#include "compiler/graph/graph.h"

namespace palindrome::driver {

// By revision, in the order of the graph. Null: not analysed, since it or
// something before it cannot be read or does not apply.
using HistoryAnalysis = std::vector<std::unique_ptr<MigrationAnalysis>>;

// Simulates and lowers the history of a sound graph. Reports what is wrong with
// the upgrades, where AUTO meets a statement without an inverse, and branches
// whose order matters.
HistoryAnalysis AnalyseHistory(const graph::Graph& graph,
                               const config::Settings& settings,
                               catalog::Engine& engine,
                               diagnostics::Emitter& emitter);

// Reports what the rehearsal says of the upgrade of the revision: it fails, the
// engine and the compiler disagree, or it cannot be repeated. What it says of
// the downgrade is for the rules.
void ReportRehearsal(const graph::Revision& revision,
                     const MigrationAnalysis& analysis,
                     diagnostics::Emitter& emitter);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_HISTORY_ANALYSIS_H_
