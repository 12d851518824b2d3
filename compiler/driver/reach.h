// Where the upgrades of a folder lead: the schema after a revision.
//
// The engine is used on the caller's thread.
#ifndef PALINDROME_COMPILER_DRIVER_REACH_H_
#define PALINDROME_COMPILER_DRIVER_REACH_H_

#include "compiler/catalog/simulate.h"
#include "compiler/graph/graph.h"

namespace palindrome::driver {

// A revision where its history has led; its simulation points into it.
struct Reached {
  ast::Migration migration;
  catalog::Simulation upgrade;
};

// Runs the upgrades up to that of `last`, a revision or squash of the graph;
// what hinders it is in the emitter.
Reached Reach(const graph::Graph& graph, const graph::Revision& last,
              catalog::Engine& engine, diagnostics::Emitter& emitter);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_REACH_H_
