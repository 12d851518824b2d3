// The engine version that a statement or a table needs, as far as its tokens
// tell for certain. Versions are from https://sqlite.org/changes.html. Pure
// functions of values, for any thread.
#ifndef PALINDROME_COMPILER_LOWER_SQLITE_FEATURES_H_
#define PALINDROME_COMPILER_LOWER_SQLITE_FEATURES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/table.h"

namespace palindrome::lower::sqlite {

// 0: every engine that Palindrome supports has it.
std::uint32_t NeededBy(const ast::Table& table);
std::uint32_t NeededBy(const ast::Column& column);
// The functions of the application that the statement calls, folded, are none
// of SQLite's.
std::uint32_t NeededBy(std::string_view sql,
                       const std::vector<std::string>& stand_ins = {});

}  // namespace palindrome::lower::sqlite

#endif  // PALINDROME_COMPILER_LOWER_SQLITE_FEATURES_H_
