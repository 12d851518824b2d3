// What the rehearsal says of rows, in words, and which statement is to blame.
//
// A RowBlame is owned by one run of a rule over one migration, on one thread.
#ifndef PALINDROME_COMPILER_CHECKS_ROW_CHANGES_H_
#define PALINDROME_COMPILER_CHECKS_ROW_CHANGES_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "llvm/ADT/STLFunctionalExtras.h"

#include "compiler/catalog/effects.h"
#include "compiler/checks/context.h"

namespace palindrome::checks {

// Whether an ALLOW of dml-without-inverse says that rows stay behind.
bool SignsRows(const ast::Migration& migration);

// "column `c` of table `t` is NULL instead of 'x' after the downgrade, in the
// row `id = 1`".
std::string DescribeChange(const rehearse::RowChange& change,
                           const std::string& when);

// A rule that knows why rows do not fit speaks of the statement there.
bool IsToldAt(const MigrationContext& context, source::Location place);
// The same of rows from before the file, which the upgrade refuses.
bool IsToldOfOldRows(const MigrationContext& context, source::Location place);

class RowBlame {
 public:
  explicit RowBlame(const MigrationContext& context);

  // The last statement of the upgrade that changes the column or the rows; else
  // the last of the downgrade that does, else the downgrade.
  source::Location Of(const rehearse::RowChange& change) const;

  // The last statement of the downgrade that does, else the downgrade.
  source::Location OfDowngrade(const rehearse::RowChange& change) const;

  // Another rule speaks of a statement that changes the column or the rows, or
  // would if an ALLOW did not silence it.
  bool IsTold(const rehearse::RowChange& change) const;

  // The downgrade has an UPDATE or DELETE of the table.
  bool DowngradeWrites(const rehearse::RowChange& change) const;

 private:
  const MigrationContext& context_;
  std::set<std::uint32_t> told_;  // Where statements of findings begin.
  catalog::Effects downgrade_;
};

// The first change at each statement that is to blame: it speaks for the
// others.
struct FirstChange {
  source::Location place;
  const rehearse::RowChange* change;
};
std::vector<FirstChange> FirstChanges(
    const std::vector<rehearse::RowChange>& changes,
    llvm::function_ref<source::Location(const rehearse::RowChange&)> blame,
    llvm::function_ref<bool(const rehearse::RowChange&)> matters);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_ROW_CHANGES_H_
