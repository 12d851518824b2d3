// Queries that must return no row: what the rows of a table must not hold when
// a change takes place. The first column of a row says what is wrong, with
// names in backticks. Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_LOWER_SQLITE_GUARDS_H_
#define PALINDROME_COMPILER_LOWER_SQLITE_GUARDS_H_

#include <string>
#include <string_view>

#include "compiler/ast/table.h"

namespace palindrome::lower::sqlite {

// "column `t`.`c` holds NULL in 3 rows"
std::string GuardNotNull(std::string_view table, std::string_view column);

// "column `t`.`c` is NOT NULL without a default, and `t` holds 3 rows"
// Of the rows of which `where` is true, or of all.
std::string GuardNoRows(std::string_view table, std::string_view column,
                        std::string_view where = {});

// "column `t`.`c` holds '012', which `INTEGER` would change"; `lossy` is true
// of such a row.
std::string GuardConversion(std::string_view table, std::string_view column,
                            std::string_view type, std::string_view lossy);

// "`a`, `b` of table `t` repeat in 2 groups of rows", for a UNIQUE or PRIMARY
// KEY constraint.
std::string GuardUnique(std::string_view table,
                        const ast::Constraint& constraint);

// "3 rows of table `t` violate check `c`"
std::string GuardCheck(std::string_view table,
                       const ast::Constraint& constraint);

// "1 of 3 rows of table `t` did not arrive in its new form"
std::string GuardSameCount(std::string_view table, std::string_view copy);

}  // namespace palindrome::lower::sqlite

#endif  // PALINDROME_COMPILER_LOWER_SQLITE_GUARDS_H_
