// The table rebuild: the changes of a table that ALTER TABLE cannot make.
//
// Follows https://sqlite.org/lang_altertable.html#otheralter. The old table is
// dropped before the new one takes its name, under legacy_alter_table and with
// foreign keys off, so that nothing else in the schema is touched: views,
// triggers of other tables and foreign keys go on naming the table. Pure
// functions of values, for any thread.
#ifndef PALINDROME_COMPILER_LOWER_SQLITE_REBUILD_H_
#define PALINDROME_COMPILER_LOWER_SQLITE_REBUILD_H_

#include <map>
#include <string>
#include <vector>

#include "compiler/catalog/simulate.h"
#include "compiler/lower/sqlite/emitted.h"

namespace palindrome::lower::sqlite {

// The name of the new table until the old one is gone.
std::string InterimName(std::string_view table);

// Points into the catalogs and the step that it was made from.
struct RebuildPlan {
  const ast::Table* before = nullptr;
  const ast::Table* after = nullptr;
  const catalog::Catalog* result = nullptr;  // The catalog that has `after`.
  const ast::Archive* archive = nullptr;     // Whose values come back.
  // By folded name of a new column: its value as SQL over the old row, where
  // that is not the column of the same name.
  std::map<std::string, std::string> values;
  // Queries over the old table that must return no row.
  std::vector<std::string> guards;
};

// The rebuild that a step's statement, an ALTER TABLE, asks for.
RebuildPlan PlanRebuild(const catalog::Step& step);

std::vector<Emitted> EmitRebuild(const RebuildPlan& plan);

}  // namespace palindrome::lower::sqlite

#endif  // PALINDROME_COMPILER_LOWER_SQLITE_REBUILD_H_
