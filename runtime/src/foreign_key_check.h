// Which foreign key violations are new. Pure functions.
#ifndef PALINDROME_RUNTIME_SRC_FOREIGN_KEY_CHECK_H_
#define PALINDROME_RUNTIME_SRC_FOREIGN_KEY_CHECK_H_

#include <string>
#include <vector>

#include <palindrome/database.h>

namespace palindrome {

// What `after` has more often than `before`, as multisets, whatever types the
// values have. A violation that
// only moved with a renamed column or table is not new: of a key that is gone
// and one that was not there before, what is left is matched again without the
// columns, without the table, and without both.
std::vector<ForeignKeyViolation> NewViolations(const ForeignKeyReport& before,
                                               const ForeignKeyReport& after);

// The first of `violations`, of which there is one, with how many more there
// are. Long values are cut short.
std::string DescribeViolations(
    const std::vector<ForeignKeyViolation>& violations);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_FOREIGN_KEY_CHECK_H_
