// What a migration does to rows, in one word for its row of the table.
//
// A pure function of the analysis.
#ifndef PALINDROME_COMPILER_DRIVER_LOSS_H_
#define PALINDROME_COMPILER_DRIVER_LOSS_H_

#include "compiler/ast/migration.h"
#include "compiler/driver/migration_analysis.h"
#include "palindrome/table_values.h"

namespace palindrome::driver {

// kUnclassified where it was not rehearsed with rows. What somebody signed
// comes before what the rehearsal found, and what fails before what is lost.
table::Loss ClassifyLoss(const ast::Migration& migration,
                         const MigrationAnalysis& analysis);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_LOSS_H_
