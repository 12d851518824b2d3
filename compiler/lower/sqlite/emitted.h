// A statement that lowering makes. A value.
#ifndef PALINDROME_COMPILER_LOWER_SQLITE_EMITTED_H_
#define PALINDROME_COMPILER_LOWER_SQLITE_EMITTED_H_

#include <cstdint>
#include <string>

namespace palindrome::lower::sqlite {

struct Emitted {
  std::uint32_t flags = 0;  // palindrome::table::StatementFlag
  std::string sql;
};

}  // namespace palindrome::lower::sqlite

#endif  // PALINDROME_COMPILER_LOWER_SQLITE_EMITTED_H_
