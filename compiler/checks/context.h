// What a rule may look at: one migration with its simulations and rehearsal, in
// its history.
//
// References to values that the pipeline owns and does not change while rules
// run.
#ifndef PALINDROME_COMPILER_CHECKS_CONTEXT_H_
#define PALINDROME_COMPILER_CHECKS_CONTEXT_H_

#include <cstddef>
#include <unordered_map>
#include <vector>

#include "compiler/catalog/simulate.h"
#include "compiler/config/settings.h"
#include "compiler/graph/graph.h"
#include "compiler/lower/program.h"
#include "compiler/rehearse/rehearse.h"

namespace palindrome::checks {

// The revision of each file of the graph, by its number there.
using RevisionOfFile = std::unordered_map<const source::File*, std::size_t>;

// The downgrade that will run: the author's, or the derived one.
struct Downgrade {
  bool is_auto = false;
  std::vector<ast::Item> items;  // Of AUTO; else the section's own are used.
  // For each item of AUTO, the upgrade step that it undoes.
  std::vector<std::size_t> undoes;
  bool derivable = true;           // AUTO met nothing without an inverse.
  catalog::Simulation simulation;  // From the catalog after the upgrade.
  // For each of its problems, whether an ALLOW or the settings let it pass.
  std::vector<bool> tolerated;
};

struct MigrationContext {
  const graph::Graph& graph;
  const graph::Revision& revision;
  const catalog::Simulation& upgrade;
  const Downgrade& downgrade;
  // Null: not rehearsed, since it was switched off or something before it is
  // wrong.
  const rehearse::Result* rehearsal = nullptr;
  const RevisionOfFile& revisions;
  // What the rehearsal ran up. Null: it did not.
  const lower::Program* up_program = nullptr;
  // What the rehearsal ran down, for the step of a statement that failed. Null:
  // not known.
  const lower::Program* down_program = nullptr;
  // What the settings declare of the application's; null: nothing.
  const rehearse::StandIns* stand_ins = nullptr;
  // Conventions and minimum versions; not severities. Null: the defaults.
  const config::Settings* settings = nullptr;

  const ast::Migration& migration() const { return revision.migration; }
  source::Location At(source::Range range) const {
    return {revision.migration.file, range};
  }
};

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_CONTEXT_H_
