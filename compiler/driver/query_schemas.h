// The schemas that the SQL of a program is checked against: that of the heads,
// and those on the way to it that no database need be at yet.
//
// Owns what its parts point to; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_QUERY_SCHEMAS_H_
#define PALINDROME_COMPILER_DRIVER_QUERY_SCHEMAS_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "compiler/catalog/simulate.h"
#include "compiler/config/settings.h"
#include "compiler/driver/environment.h"
#include "compiler/driver/options.h"
#include "compiler/driver/pipeline.h"

namespace palindrome::driver {

// A migration that is not locked, and its upgrade; that points into it.
struct Unlocked {
  std::size_t revision = 0;  // Of the graph.
  std::unique_ptr<ast::Migration> migration;
  catalog::Simulation upgrade;
};

struct QuerySchemas {
  source::Files files;
  config::Settings settings;
  Folder folder;
  // Before the first migration that is not locked.
  catalog::Catalog deployed;
  std::vector<Unlocked> unlocked;  // In the order of the graph.
  catalog::Catalog head;           // After all.
  diagnostics::Emitter emitter;
};

// Reads the folder of the options. What hinders it is in `emitter`.
std::unique_ptr<QuerySchemas> ReadQuerySchemas(const Options& options,
                                               Environment& environment);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_QUERY_SCHEMAS_H_
