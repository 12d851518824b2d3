// The SQL of archives: what fills one in the upgrade, and what the downgrade
// takes from it. The rules for rows that were changed in between are those of
// compiler/docs/preserve.md. Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_LOWER_SQLITE_ARCHIVE_H_
#define PALINDROME_COMPILER_LOWER_SQLITE_ARCHIVE_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/catalog/simulate.h"
#include "compiler/lower/sqlite/emitted.h"

namespace palindrome::lower::sqlite {

// Before the statement of the step that opens the archive: creates it and
// copies the rows, or sets a trigger that does so for those that the statement
// touches.
std::vector<Emitted> OpenArchive(const ast::Archive& archive,
                                 const catalog::Step& step);
// After the statement of the step that closes it: the values that it left.
std::vector<Emitted> CloseArchive(const ast::Archive& archive,
                                  const catalog::Step& step);

// In front of what reads the archive: stops if it is not there, or if rows that
// it has values of cannot be told apart.
void GuardArchive(const ast::Archive& archive, std::string_view table,
                  std::vector<Emitted>& out);
// Brings back rows and values, and tells of those that it cannot.
std::vector<Emitted> RestoreArchive(const ast::Archive& archive,
                                    const catalog::Step& step);

// For a rebuild that brings values back itself: true of a row of `table` that
// has an archived value for the column, and that value.
struct Archived {
  std::string is_archived;
  std::string value;
};
Archived ArchivedValue(const ast::Archive& archive, std::string_view table,
                       std::string_view column);
// What the rebuild cannot bring back, as RestoreArchive tells it.
void TellUnrestored(const ast::Archive& archive, std::string_view table,
                    std::vector<Emitted>& out);

}  // namespace palindrome::lower::sqlite

#endif  // PALINDROME_COMPILER_LOWER_SQLITE_ARCHIVE_H_
