// Whether a file keeps by hand what it is about to destroy: copies it to
// another place before, and brings it back in its downgrade.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CHECKS_ARCHIVES_H_
#define PALINDROME_COMPILER_CHECKS_ARCHIVES_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "compiler/checks/context.h"

namespace palindrome::checks {

// Every stored column of the table is read into a table that remains, by one
// INSERT before `step`; with `every_row` by one that can leave no row out.
// And the downgrade inserts into the table.
bool RowsAreArchived(const MigrationContext& context, std::size_t step,
                     std::string_view table, bool every_row);

// The column is read, with the table's key, into a table that remains, or into
// another column of its own row that remains; and the downgrade writes it.
bool ColumnIsArchived(const MigrationContext& context, std::size_t step,
                      std::string_view table, std::string_view column);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_ARCHIVES_H_
