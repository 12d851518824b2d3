// The engine version that a statement or a table needs, as far as its tokens
// tell for certain. Versions are from https://sqlite.org/changes.html. Pure
// functions of values, for any thread.
#ifndef PALINDROME_COMPILER_LOWER_SQLITE_FEATURES_H_
#define PALINDROME_COMPILER_LOWER_SQLITE_FEATURES_H_

#include <cstdint>
#include <string_view>

#include "compiler/ast/definition.h"

namespace palindrome::lower::sqlite {

// 0: every engine that Palindrome supports has it.
std::uint32_t NeededBy(const ast::Table& table);
std::uint32_t NeededBy(const ast::Column& column);
std::uint32_t NeededBy(std::string_view sql);

}  // namespace palindrome::lower::sqlite

#endif  // PALINDROME_COMPILER_LOWER_SQLITE_FEATURES_H_
