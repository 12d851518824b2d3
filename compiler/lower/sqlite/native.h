// Which changes ALTER TABLE itself can make, by the rules of
// https://sqlite.org/lang_altertable.html. Pure functions of values, for any
// thread.
#ifndef PALINDROME_COMPILER_LOWER_SQLITE_NATIVE_H_
#define PALINDROME_COMPILER_LOWER_SQLITE_NATIVE_H_

#include <cstdint>

#include "compiler/ast/alter_table.h"
#include "compiler/catalog/catalog.h"

namespace palindrome::lower::sqlite {

// ALTER TABLE … DROP COLUMN came with 3.35.0; up to 3.35.4 it could corrupt
// the file (https://sqlite.org/releaselog/3_35_5.html).
inline constexpr std::uint32_t kDropColumn = 3035000;
inline constexpr std::uint32_t kSafeDropColumn = 3035005;
// From here on ADD COLUMN tests a new CHECK, or a generated NOT NULL column,
// on the rows that are there.
inline constexpr std::uint32_t kAddColumnChecksRows = 3037000;

// A default that ADD COLUMN takes on a table with rows.
bool IsConstantDefault(const ast::Column& column);

// True of no DEFAULT clause, and of DEFAULT NULL.
bool DefaultsToNull(const ast::Column& column);

// `before` is the table without the column.
bool CanAddColumn(const ast::AddColumn& statement, const ast::Table& before);

bool CanDropColumn(const ast::DropColumn& statement, const ast::Table& before,
                   const catalog::Catalog& catalog);

}  // namespace palindrome::lower::sqlite

#endif  // PALINDROME_COMPILER_LOWER_SQLITE_NATIVE_H_
