// Merging: upgrades that follow one another as one program, in which rebuilds
// of one table that follow one another are one rebuild.
//
// A merged rebuild copies each row once, into the table as the last of them
// leaves it. That is the same only where nothing shows between them: every
// constraint that one adds is still there at the end, where the engine tests
// it, so that a row that one of them would refuse is refused; and values are
// computed from columns that are as they were before the first. Steps that
// restore or fill an archive, or change a key, are left as they are. Pure
// functions of values, for any thread.
#ifndef PALINDROME_COMPILER_LOWER_SQLITE_MERGE_H_
#define PALINDROME_COMPILER_LOWER_SQLITE_MERGE_H_

#include <optional>
#include <vector>

#include "compiler/catalog/simulate.h"
#include "compiler/lower/program.h"

namespace palindrome::lower::sqlite {

struct Lowered {
  const catalog::Simulation* simulation = nullptr;
  const Program* program = nullptr;  // What it was lowered to.
};

// One migration; no value where it has nothing to merge.
std::optional<Program> MergeWithin(const Lowered& migration);

// Of the migrations from the first on, which are in the order in which they are
// run, as many as are nothing but rebuilds of one table that become one.
struct MergedMigrations {
  std::size_t count = 0;  // Less than 2: there is nothing to merge.
  Program program;
};
MergedMigrations MergeAcross(const std::vector<Lowered>& migrations);

}  // namespace palindrome::lower::sqlite

#endif  // PALINDROME_COMPILER_LOWER_SQLITE_MERGE_H_
