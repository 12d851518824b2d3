// The snapshot of a history: statements that make a new database as all its
// upgrades, one after the other, would leave it.
//
// Shown on the engine: the upgrades run, then the statements do, and schema,
// rows, row numbers and sequences must be equal to the last. Values; any
// thread.
#ifndef PALINDROME_COMPILER_REHEARSE_SNAPSHOT_H_
#define PALINDROME_COMPILER_REHEARSE_SNAPSHOT_H_

#include <string>
#include <vector>

#include "compiler/lower/program.h"
#include "compiler/rehearse/rehearse.h"

namespace palindrome::rehearse {

struct Snapshot {
  std::vector<std::string> statements;
  // Why there is none: the upgrades look at the clock, for example. Empty:
  // there is one.
  std::string obstacle;
};

// `upgrades` in the order in which they are run; `stand_ins` may be null.
Snapshot TakeSnapshot(const std::vector<const lower::Program*>& upgrades,
                      const StandIns* stand_ins);

}  // namespace palindrome::rehearse

#endif  // PALINDROME_COMPILER_REHEARSE_SNAPSHOT_H_
