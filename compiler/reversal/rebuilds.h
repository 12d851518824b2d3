// Tables that an upgrade rebuilds by hand: the new one is created under an
// interim name, gets the rows, and takes the name of the old one, which is
// dropped. The downgrade does the same in the other direction. It must not
// rename the table away first: the foreign keys of its children would follow.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_REVERSAL_REBUILDS_H_
#define PALINDROME_COMPILER_REVERSAL_REBUILDS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/reversal/reversal.h"

namespace palindrome::reversal {

struct HandRebuild {
  std::size_t create = 0;  // Steps of the upgrade.
  std::size_t drop = 0;
  std::size_t rename = 0;
  std::string interim;
  std::string name;
};

// In the order of their renames. Without those whose interim table is used in a
// way that only its own name serves.
std::vector<HandRebuild> FindHandRebuilds(const catalog::Simulation& upgrade);

// What builds the old table again with its rows, indexes and triggers, in the
// order in which it runs; each with the step that it undoes.
struct RebuildBack {
  std::vector<ast::Statement> statements;
  std::vector<std::size_t> undoes;
};
RebuildBack InvertRebuild(const catalog::Simulation& upgrade,
                          const HandRebuild& rebuild);

// Whether the rebuild back undoes the step, or undoing it has become needless.
bool Covers(const HandRebuild& rebuild, const catalog::Simulation& upgrade,
            std::size_t step);

}  // namespace palindrome::reversal

#endif  // PALINDROME_COMPILER_REVERSAL_REBUILDS_H_
