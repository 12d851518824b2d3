// Simulation: applies the statements of a section to a catalog, one after the
// other, and keeps the catalog before and after each.
//
// A statement that does not apply leaves the catalog as it was and keeps its
// diagnostics; the next one goes on, so that one run finds all. The result
// points to the items, which outlive it.
#ifndef PALINDROME_COMPILER_CATALOG_SIMULATE_H_
#define PALINDROME_COMPILER_CATALOG_SIMULATE_H_

#include <optional>
#include <string>
#include <vector>

#include "compiler/ast/migration.h"
#include "compiler/catalog/catalog.h"
#include "compiler/catalog/engine.h"
#include "compiler/diagnostics/emitter.h"

namespace palindrome::catalog {

struct Applied {
  Catalog after;
  // What the engine says of a data statement, view or trigger.
  Access access;
  // Why the statement does not apply, or what a rule has to say of it.
  std::vector<diagnostics::Diagnostic> problems;
  // What the engine says of the same: news only where all problems are let
  // pass.
  std::vector<diagnostics::Diagnostic> consequences;
  // False: `after` is the catalog before the statement.
  bool applies = true;
  // Foreign keys whose parent was dropped: a problem only if it is still gone
  // at the end of the section, since the order of drops is free.
  struct OrphanedKeys {
    std::string parent;  // Folded.
    diagnostics::Diagnostic problem;
  };
  std::optional<OrphanedKeys> orphaned;
};

// Applies one statement of `file`.
Applied Apply(const ast::Statement& statement, const source::File* file,
              const Catalog& before, Engine& engine);

struct Step {
  const ast::Item* item = nullptr;
  Catalog before;
  Catalog after;
  Access access;
  bool applies = true;
  // What a PRESERVE archives: before the step that opens the archive, and as it
  // is after the step that closes it. Those are one step, but for SET NOT NULL,
  // whose archive is of the statements that fill the column as well.
  ObjectPtr archive;
  bool opens_archive = false;
  bool closes_archive = false;
};

// What it changes, or writes rows of, is temporary.
bool IsTemporaryWork(const Step& step);

struct Simulation {
  Catalog before;
  Catalog after;
  std::vector<Step> steps;
  // The numbers of those that change the catalog: a file of rows has few.
  std::vector<std::size_t> changes;
  std::vector<diagnostics::Diagnostic> problems;
  std::vector<diagnostics::Diagnostic> consequences;  // As in Applied.
  bool applies = true;                                // Every step does.
};

Simulation Simulate(const std::vector<ast::Item>& items,
                    const source::File* file, const Catalog& before,
                    Engine& engine);

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_SIMULATE_H_
