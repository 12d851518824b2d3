// What a statement does to rows, the triggers that it fires included.
//
// The engine says what a data statement writes itself. What its triggers write
// follows from their bodies, which are plain lists of INSERT, UPDATE, DELETE
// and SELECT. Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CATALOG_EFFECTS_H_
#define PALINDROME_COMPILER_CATALOG_EFFECTS_H_

#include "compiler/ast/definition.h"
#include "compiler/catalog/simulate.h"

namespace palindrome::catalog {

// Names folded, sorted, each once.
struct Effects {
  std::vector<Use> updates;  // Table and column.
  std::vector<std::string> inserts;
  std::vector<std::string> deletes;
  // The tables of `updates` but for those where triggers write nothing but the
  // row that was added, as by `WHERE id = NEW.id`.
  std::vector<std::string> rewrites;
};

// What the statements of the trigger's body write themselves.
Effects EffectsOfBody(const ast::Trigger& trigger);
// With what the triggers write that these fire.
Effects EffectsOf(const ast::Trigger& trigger, const Catalog& catalog);

// What the step writes, directly or by triggers of triggers. Nothing if it is
// no data statement that applies.
Effects EffectsOf(const Step& step);
// What all its steps write.
Effects EffectsOf(const Simulation& section);

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_EFFECTS_H_
