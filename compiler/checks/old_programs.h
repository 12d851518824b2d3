// What programs that were built before a migration know of the schema, and
// where the migration changes it.
//
// Without a lock file every revision before it counts as released, and so known
// to them; with one those that are locked. Pure functions of values, for any
// thread.
#ifndef PALINDROME_COMPILER_CHECKS_OLD_PROGRAMS_H_
#define PALINDROME_COMPILER_CHECKS_OLD_PROGRAMS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "llvm/ADT/STLFunctionalExtras.h"

#include "compiler/checks/context.h"

namespace palindrome::checks {

// The tables that such programs know and that the upgrade changes or takes
// away, by name: before, after (null: there is none). None for a squash, whose
// members are looked at themselves.
struct KnownTable {
  const ast::Table* before;
  const ast::Table* after;
};
std::vector<KnownTable> ChangedTables(const MigrationContext& context);

// The columns of those that are there before and after, computed or not as they
// were, but for those that such programs cannot know.
struct KnownColumn {
  const KnownTable* table;
  const ast::Column* before;
  const ast::Column* after;
};
std::vector<KnownColumn> KeptColumns(const MigrationContext& context,
                                     const std::vector<KnownTable>& tables);
bool IsKnownColumn(const MigrationContext& context, const ast::Table& table,
                   std::string_view column);

// A table, view or column that such programs name and that is not there
// afterwards under its name.
struct Gone {
  std::string table;
  std::string column;  // Empty: the table.
  bool is_view = false;
  std::size_t step = 0;  // That takes it away, or makes the table without it.
  std::string renamed_to;
};
std::vector<Gone> GoneOf(const MigrationContext& context);

// The step that copies what goes into a column or table that the file creates
// and leaves; no value: there is none.
std::optional<std::size_t> CopyOf(const MigrationContext& context,
                                  const Gone& gone);

// Where the last step stands that makes the column of that name at the end
// differ, or its definition in the CREATE TABLE of a table that replaces the
// old one. `before` is null there.
source::Location PlaceOfChange(
    const MigrationContext& context, std::string_view table,
    std::string_view column,
    llvm::function_ref<bool(const ast::Column* before,
                            const ast::Column& after)>
        differs);

// Whether NULL can never stand in the column.
bool IsNeverNull(const ast::Table& table, const ast::Column& column);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_OLD_PROGRAMS_H_
