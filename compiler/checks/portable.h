// What rules of portability share: which steps they look at, the expressions
// of a statement, and the words that engines reserve.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CHECKS_PORTABLE_H_
#define PALINDROME_COMPILER_CHECKS_PORTABLE_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/checks/context.h"

namespace palindrome::checks {

// Not written FOR one dialect.
bool IsPortable(const catalog::Step& step);

// A name that a statement gives to something: what is created, added or renamed
// and is still called so at the end.
struct GivenName {
  const catalog::Step* step = nullptr;
  std::string_view kind;  // "table", "column", "index", "foreign key", …
  const ast::Name* name = nullptr;
};
std::vector<GivenName> GivenNames(const catalog::Simulation& section);

// The expressions that the statement holds: defaults, checks, keys, bodies. Of
// a data statement all of its tokens.
std::vector<const ast::Expression*> ExpressionsOf(
    const ast::Statement& statement);

// The type without its arguments, lower case: `varchar` of `VARCHAR(20)`.
std::string BaseType(std::string_view type);
// `(20)` of `VARCHAR(20)`, or empty.
std::string TypeArguments(std::string_view type);

// Whether the type, which has INTEGER affinity, means integers: SQLite finds
// the letters INT in INTERVAL and POINT as well.
bool MeansInteger(std::string_view type);

// Whether a CHECK of the table mentions the column.
bool IsChecked(const ast::Table& table, std::string_view column);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_PORTABLE_H_
