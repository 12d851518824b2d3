// Branches of a history: what the catalog is where they meet, and whether it
// is the same whichever of them a database took first.
//
// A database that has one branch already applies the other on top of it. So
// the migrations of each are analysed again after those of the other, and have
// to give the same programs, and all orders the same catalog
// (parallel-branch-conflict). One thread; the references outlive it.
#ifndef PALINDROME_COMPILER_DRIVER_BRANCHES_H_
#define PALINDROME_COMPILER_DRIVER_BRANCHES_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "compiler/catalog/engine.h"
#include "compiler/config/settings.h"
#include "compiler/diagnostics/emitter.h"
#include "compiler/driver/history_analysis.h"
#include "compiler/graph/graph.h"

namespace palindrome::driver {

class Branches {
 public:
  Branches(const graph::Graph& graph, const HistoryAnalysis& analysis,
           const config::Settings& settings, catalog::Engine& engine,
           diagnostics::Emitter& emitter)
      : graph_(graph),
        analysis_(analysis),
        settings_(settings),
        engine_(engine),
        emitter_(emitter) {}

  // The catalog after these revisions and all that they need. No value if one
  // of those was not analysed or does not apply, or if there is a conflict,
  // which is reported.
  std::optional<catalog::Catalog> Meet(
      const std::vector<std::size_t>& revisions) const;

 private:
  // The catalog after the lines that end in these revisions, one line after
  // the other.
  std::optional<catalog::Catalog> Follow(
      const std::vector<std::size_t>& ends) const;
  // The catalog after the revision, from another one than it was compiled for.
  std::optional<catalog::Catalog> Replay(std::size_t revision,
                                         const catalog::Catalog& before,
                                         const std::vector<bool>& there) const;
  // The revision of another branch that the replayed one most likely clashes
  // with: the last of those that mention and change most of what it mentions.
  std::size_t Rival(std::size_t revision, const std::vector<bool>& there) const;

  const graph::Graph& graph_;
  const HistoryAnalysis& analysis_;
  const config::Settings& settings_;
  catalog::Engine& engine_;
  diagnostics::Emitter& emitter_;
};

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_BRANCHES_H_
