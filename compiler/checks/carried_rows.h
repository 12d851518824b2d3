// Where the rows of a table go that a section copies, drops and has under its
// old name again at the end.
//
// Pure functions of values, for any thread. Names are compared without regard
// to ASCII case.
#ifndef PALINDROME_COMPILER_CHECKS_CARRIED_ROWS_H_
#define PALINDROME_COMPILER_CHECKS_CARRIED_ROWS_H_

#include <optional>
#include <set>
#include <string>

#include "compiler/catalog/simulate.h"

namespace palindrome::checks {

// Words that may make a SELECT leave rows out.
bool MayLeaveRowsOut(const ast::Statement& statement);

// The columns that the table called so had before the section, folded, whose
// values the table of the name has at the end, as they were or as part of
// others. No value: it is the same table, is gone, or may miss rows.
std::optional<std::set<std::string>> ColumnsCarriedOn(
    const catalog::Simulation& section, const std::string& table);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_CARRIED_ROWS_H_
