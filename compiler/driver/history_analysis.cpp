#include "compiler/driver/history_analysis.h"

#include <utility>

#include "compiler/driver/branches.h"

namespace palindrome::driver {

HistoryAnalysis AnalyseHistory(const graph::Graph& graph,
                               const config::Settings& settings,
                               catalog::Engine& engine,
                               diagnostics::Emitter& emitter) {
  HistoryAnalysis analysis(graph.revisions.size());
  Branches branches(graph, analysis, settings, engine, emitter);
  for (std::size_t i = 0; i < graph.revisions.size(); ++i) {
    const graph::Revision& revision = graph.revisions[i];
    if (!revision.migration.upgrade_ok) {
      continue;
    }
    std::vector<std::size_t> needs = revision.parents;
    needs.insert(needs.end(), revision.depends_on.begin(),
                 revision.depends_on.end());
    if (const auto before = branches.Meet(needs)) {
      analysis[i] = std::make_unique<MigrationAnalysis>(AnalyseMigration(
          revision.migration, *before, settings, engine, emitter));
    }
  }
  branches.Meet(graph.heads);
  return analysis;
}

}  // namespace palindrome::driver
