// The text of a squash: the sections of its chain, put together.
//
// Pure functions but for the engine that tells what a chain leaves; one thread.
#ifndef PALINDROME_COMPILER_DRIVER_SQUASH_TEXT_H_
#define PALINDROME_COMPILER_DRIVER_SQUASH_TEXT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/driver/analysis.h"
#include "compiler/driver/new_migration.h"

namespace palindrome::driver {

struct SquashRequest {
  NewMigration migration;  // Its title, id and parents.
  std::string approved_by;
  std::vector<std::size_t> members;  // A chain of the analysis's graph.
};

// The texts to try, the best first: where the chain begins the history, what it
// leaves, and its statements one after the other; with a derived downgrade, and
// with those of the chain.
std::vector<std::string> SquashTexts(const SquashRequest& request,
                                     const Analysis& analysis, std::time_t now);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_SQUASH_TEXT_H_
