// The proof of a squash: that one upgrade leaves behind what a chain of
// upgrades leaves behind.
//
// Shown on the engine, after the upgrades before the chain: schema, the order
// of columns and triggers, rows, row numbers and counters must be equal,
// without rows of anybody's and with rows in the tables that the chain touches.
// Values; any thread.
#ifndef PALINDROME_COMPILER_REHEARSE_SQUASH_H_
#define PALINDROME_COMPILER_REHEARSE_SQUASH_H_

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/lower/program.h"
#include "compiler/rehearse/rehearse.h"

namespace palindrome::rehearse {

struct SquashTask {
  // Upgrades in the order in which they are run.
  std::vector<const lower::Program*> before;
  std::vector<const lower::Program*> chain;
  const lower::Program* squash = nullptr;
  // Of the schema before the chain, what gets rows. Empty: nothing does.
  catalog::Slice with_rows;
  catalog::Slice after;  // The whole schema after the chain.
  Literals literals;
  std::uint64_t seed = 0;
  const StandIns* stand_ins = nullptr;
};

// The first thing that the squash leaves otherwise, as a message says it after
// "it does not leave what its revisions do: "; empty: nothing is.
std::string ProveSquash(const SquashTask& task);

// What the programs leave behind in an empty database, in the form of
// sqlite::RunAll; `problem` says why that cannot be told for good.
struct Left {
  Contents contents;
  std::string problem;
};
Left RunForContents(const std::vector<const lower::Program*>& programs,
                    const StandIns* stand_ins);

}  // namespace palindrome::rehearse

#endif  // PALINDROME_COMPILER_REHEARSE_SQUASH_H_
