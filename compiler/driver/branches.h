// Branches of a history: what the catalog is where they meet, and whether the
// order in which a database takes their migrations matters.
//
// A new database takes them in the order of the graph, line among line; one
// that has taken some of a branch already takes the others on top. So a
// migration is analysed once more after those of other branches that touch what
// it mentions, as far as a database may have come with them, and has to give
// the same programs everywhere (parallel-branch-conflict). One thread; the
// references outlive it.
#ifndef PALINDROME_COMPILER_DRIVER_BRANCHES_H_
#define PALINDROME_COMPILER_DRIVER_BRANCHES_H_

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/catalog/engine.h"
#include "compiler/config/settings.h"
#include "compiler/diagnostics/emitter.h"
#include "compiler/driver/history_analysis.h"
#include "compiler/graph/graph.h"

namespace palindrome::driver {

class Branches {
 public:
  using Revisions = std::vector<std::size_t>;

  Branches(const graph::Graph& graph, const HistoryAnalysis& analysis,
           const config::Settings& settings, catalog::Engine& engine,
           diagnostics::Emitter& emitter)
      : graph_(graph),
        analysis_(analysis),
        settings_(settings),
        engine_(engine),
        emitter_(emitter) {}

  // The catalog of a new database after these revisions and all that they need.
  // No value if one of those was not analysed or does not apply, or if there is
  // a conflict, which is reported.
  std::optional<catalog::Catalog> Meet(const Revisions& revisions);

 private:
  // What a migration has to do with others: the names that it may change, and
  // those of all that it needs or changes.
  struct Names {
    std::set<std::string> touched;
    std::set<std::string> all;
  };

  const Names& NamesOf(std::size_t revision);
  bool AreRelated(std::size_t one, std::size_t other);
  // By index; the revision itself and all that it needs.
  const std::vector<bool>& Line(std::size_t revision);
  // Without those that another one needs; sorted.
  Revisions Ends(Revisions revisions);

  // The catalog after all that the ends need, in the order of the graph.
  std::optional<catalog::Catalog> InOrder(const Revisions& ends);
  // The same with the last end's line first.
  std::optional<catalog::Catalog> LastLineFirst(const Revisions& ends);
  // Looks at every two revisions that no end has both of.
  bool CheckPairs(const Revisions& ends);
  // Those of `others` that have to do with the revision, with what they need
  // beyond its line.
  Revisions Relevant(std::size_t revision, const Revisions& others);
  bool CheckAfter(std::size_t revision, const Revisions& others);

  // The catalog after the revision, from another one than it was compiled for.
  // `rivals` are the revisions that it may clash with.
  std::optional<catalog::Catalog> Replay(std::size_t revision,
                                         const catalog::Catalog& before,
                                         const Revisions& rivals);
  // The one of `rivals` that most likely clashes with the revision.
  std::size_t Rival(std::size_t revision, const Revisions& rivals);

  const graph::Graph& graph_;
  const HistoryAnalysis& analysis_;
  const config::Settings& settings_;
  catalog::Engine& engine_;
  diagnostics::Emitter& emitter_;
  std::map<std::size_t, Names> names_;
  std::map<std::size_t, std::vector<bool>> lines_;
  std::map<Revisions, catalog::Catalog> in_order_;
};

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_BRANCHES_H_
