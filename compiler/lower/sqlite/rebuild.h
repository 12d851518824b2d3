// The table rebuild: the changes of a table that ALTER TABLE cannot make.
//
// Follows https://sqlite.org/lang_altertable.html#otheralter. The old table is
// dropped before the new one takes its name, under legacy_alter_table and with
// foreign keys off, so that nothing else in the schema is touched: views,
// triggers of other tables and foreign keys go on naming the table. Pure
// functions of values, for any thread.
#ifndef PALINDROME_COMPILER_LOWER_SQLITE_REBUILD_H_
#define PALINDROME_COMPILER_LOWER_SQLITE_REBUILD_H_

#include <string>
#include <vector>

#include "compiler/catalog/simulate.h"
#include "compiler/lower/sqlite/emitted.h"

namespace palindrome::lower::sqlite {

// The name of the new table until the old one is gone.
std::string InterimName(std::string_view table);

// The rebuild that a step's statement, an ALTER TABLE, asks for.
std::vector<Emitted> Rebuild(const catalog::Step& step);

}  // namespace palindrome::lower::sqlite

#endif  // PALINDROME_COMPILER_LOWER_SQLITE_REBUILD_H_
