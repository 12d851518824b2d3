// Whether a file keeps by hand what it is about to destroy: copies it to
// another place before, and brings it back in its downgrade.
//
// Owned by one run of a rule over one migration, on one thread.
#ifndef PALINDROME_COMPILER_CHECKS_ARCHIVES_H_
#define PALINDROME_COMPILER_CHECKS_ARCHIVES_H_

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "compiler/catalog/effects.h"
#include "compiler/checks/context.h"

namespace palindrome::checks {

class Archives {
 public:
  explicit Archives(const MigrationContext& context);

  // Every stored column of the table is read into a table that remains, by one
  // INSERT before `step`; with `every_row` by one that can leave no row out.
  // And the downgrade inserts into the table.
  bool HasRows(std::size_t step, std::string_view table, bool every_row);

  // The columns whose values go on, as they are or as part of others, in the
  // table that has the name of the dropped one at the end: every row of it is
  // there, and the downgrade does not drop it without filling it again. Folded;
  // no value: rows may be missing.
  std::optional<std::set<std::string>> CarriedColumns(
      std::size_t drop, std::string_view table) const;

  // The column is read, with the table's key, into a table that remains, or
  // into another column of its own row that remains; and the downgrade writes
  // it.
  bool HasColumn(std::size_t step, std::string_view table,
                 std::string_view column) const;

  // Of a column that it has: the value stays in its row, or is read with
  // columns that no two rows of the table have in common.
  bool HasKeyOf(std::size_t step, std::string_view table,
                std::string_view column) const;

 private:
  using Names = std::set<std::string>;

  std::size_t FirstCopy(const Names& names, bool every_row);
  bool CopiesRows(std::size_t step, const Names& names, bool every_row) const;
  bool KeepsElsewhere(std::size_t step, const Names& own_names) const;
  bool KeepsInRow(const catalog::Step& step, const Names& names,
                  std::string_view column) const;
  bool KeepsColumn(std::size_t step, std::string_view table,
                   std::string_view column, bool by_row_key) const;
  bool DowngradeInserts(const Names& names) const;
  bool DowngradeDrops(const std::string& table) const;
  bool DowngradeUpdates(const Names& names, std::string_view column) const;

  const catalog::Simulation& upgrade_;
  const catalog::Simulation& downgrade_section_;
  catalog::Effects downgrade_;
  Names refilled_;  // All names of the tables that the downgrade inserts into.
  // The first step that copies the rows of the table of these names, since a
  // file may delete from one table many times.
  std::map<std::pair<Names, bool>, std::size_t> first_copies_;
};

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_ARCHIVES_H_
