// What rules ask that look for rows from before the file which a statement may
// refuse: whether they were mended, and what the rehearsal made of them.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CHECKS_OLD_ROWS_H_
#define PALINDROME_COMPILER_CHECKS_OLD_ROWS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/checks/context.h"
#include "compiler/diagnostics/emitter.h"

namespace palindrome::checks {

// Whether a statement before step `step` of the upgrade, or of an ancestor, may
// have mended the rows of the table with regard to one of the columns: an
// UPDATE of it, or a DELETE that looks at it. The names are those before the
// step. The rows of a table that an unlocked revision creates, where there is a
// lock file, are nobody's yet and need no mending.
bool IsMended(const MigrationContext& context, std::size_t step,
              std::string_view table, const std::vector<std::string>& columns);

// The same of ancestors alone: the rows of a rehearsal know nothing of them.
bool IsMendedByAncestor(const MigrationContext& context, std::size_t step,
                        std::string_view table,
                        const std::vector<std::string>& columns);

// Whether the table, which is called so before the step, is one that an
// unlocked revision creates, where there is a lock file.
bool IsOfNobody(const MigrationContext& context, std::size_t step,
                std::string_view table);

// Whether an ancestor made a unique index of that name, which has gone since.
bool HadUniqueIndex(const MigrationContext& context, std::string_view name);

// Whether the rehearsal had rows that the upgrade refuses at the step.
bool IsRefusedAt(const MigrationContext& context, std::size_t step);

// Whether the upgrade took all rows of the rehearsal, with some in the table,
// which is called so before the file.
bool IsShownSafe(const MigrationContext& context, std::string_view table);

// With a note that has the row which the rehearsal was refused at the step, if
// it was.
diagnostics::Diagnostic WithRefusedRow(const MigrationContext& context,
                                       std::size_t step,
                                       diagnostics::Diagnostic diagnostic);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_OLD_ROWS_H_
