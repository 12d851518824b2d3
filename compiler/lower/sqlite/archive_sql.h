// Inside archive_capture.cpp and archive_restore.cpp: how the row of an archive
// is found, and compared with that of its table. Pure functions of values, for
// any thread.
#ifndef PALINDROME_COMPILER_LOWER_SQLITE_ARCHIVE_SQL_H_
#define PALINDROME_COMPILER_LOWER_SQLITE_ARCHIVE_SQL_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/archive.h"
#include "compiler/lower/sqlite/emitted.h"

namespace palindrome::lower::sqlite {

// What a query calls the archive, since no table of a schema is called so.
inline constexpr char kArchiveAlias[] = "palindrome_archive";

// A list with `make` of each column, behind what is in it already.
template <typename Columns, typename Make>
void Append(const Columns& columns, const Make& make, std::string_view between,
            std::string& list) {
  for (const auto& column : columns) {
    list += (list.empty() ? "" : between);
    list += make(column);
  }
}
template <typename Columns, typename Make>
std::string List(const Columns& columns, const Make& make,
                 std::string_view between = ", ") {
  std::string list;
  Append(columns, make, between, list);
  return list;
}

// The archive's name, and `row.column`, quoted.
std::string Name(const ast::Archive& archive);
std::string Of(std::string_view row, std::string_view column);

// Whether the database has the archive.
std::string IsThere(const ast::Archive& archive);
// ` FROM archive AS alias `.
std::string FromArchive(const ast::Archive& archive);

// True of the row of the archive that is of the row: `archived` and `row`
// qualify them. The archive is searched by its key.
std::string SameKey(const ast::Archive& archive, std::string_view archived,
                    std::string_view row);
// True of a row that the archive has.
std::string IsArchived(const ast::Archive& archive, std::string_view row);

// Whether the row, of the table, has the value in a column of its key. The
// table is searched by that key.
std::string HasKey(const ast::Archive::KeyColumn& column, std::string_view row,
                   const std::string& value);
// True as SameKey is, where the table is searched.
std::string FindsRow(const ast::Archive& archive, std::string_view archived,
                     std::string_view row);

// Exactly the same value: 1 is not 1.0, and 'a' is not 'A'.
std::string SameValue(const std::string& archived, const std::string& value);
// All columns have the values that the upgrade gave them; empty: there are
// none.
std::string IsUnchanged(const ast::Archive& archive, std::string_view row);

// Stops where rows of the table, of which `where` is true, hold NULL in the key
// and cannot be told apart.
void GuardNullKeys(const ast::Archive& archive, std::string_view table,
                   const std::string& where, std::vector<Emitted>& out);

// Gives the table `to` the AUTOINCREMENT counter of the table `from`.
void CopySequence(const std::string& from, const std::string& to,
                  std::vector<Emitted>& out);

}  // namespace palindrome::lower::sqlite

#endif  // PALINDROME_COMPILER_LOWER_SQLITE_ARCHIVE_SQL_H_
