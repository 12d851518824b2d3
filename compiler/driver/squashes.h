// Squashes: each analysed on the schema before its chain, and shown to leave
// what the chain leaves (compiler/docs/squash.md).
//
// One thread. Results point into the graph and the settings, as those of the
// history do.
#ifndef PALINDROME_COMPILER_DRIVER_SQUASHES_H_
#define PALINDROME_COMPILER_DRIVER_SQUASHES_H_

#include <string>
#include <vector>

#include "compiler/driver/history_analysis.h"
#include "compiler/driver/rehearsal_cache.h"

namespace palindrome::driver {

// Reports what is wrong with the headers of the squashes.
void ReportSquashes(const graph::Graph& graph, diagnostics::Emitter& emitter);

// Why the migration can be neither squashed nor a squash, and the statement
// that hinders it: an archive, or another dialect. An empty reason: it can.
struct Obstacle {
  std::string reason;
  source::Range range;
};
Obstacle FindObstacle(const ast::Migration& migration);

// By squash of a sound graph. Null: not analysed, since it or its chain is not
// sound. Reports what is wrong with a squash by itself, and where the
// compiler's schema after it is not the one after its chain.
HistoryAnalysis AnalyseSquashes(const graph::Graph& graph,
                                const HistoryAnalysis& analysis,
                                const config::Settings& settings,
                                catalog::Engine& engine,
                                diagnostics::Emitter& emitter);

// Shows on the engine that each leaves what its chain leaves, and reports and
// forgets one that does not. What the cache knows is not run; it may be null.
void ProveSquashes(const graph::Graph& graph, const HistoryAnalysis& analysis,
                   const config::Settings& settings, RehearsalCache* cache,
                   HistoryAnalysis& squashes, diagnostics::Emitter& emitter);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_SQUASHES_H_
