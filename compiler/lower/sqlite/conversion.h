// How the values of a column become values of another type, and which of them
// would not survive it.
//
// A conversion may change how a value is stored, but must not change or lose
// it: what comes out, cast back to the class that went in, is the value that
// went in. A blob becomes no text or number unless USING says so. Pure
// functions of values, for any thread.
#ifndef PALINDROME_COMPILER_LOWER_SQLITE_CONVERSION_H_
#define PALINDROME_COMPILER_LOWER_SQLITE_CONVERSION_H_

#include <string>

#include "compiler/ast/alter_table.h"

namespace palindrome::lower::sqlite {

struct Conversion {
  std::string value;  // SQL: the new value, from the row of the old table.
  std::string lossy;  // SQL: true of a row that must not pass; empty: none is.
};

// `before` is the table that holds the column as it was.
Conversion ConversionOf(const ast::AlterColumnType& statement,
                        const ast::Table& before);

}  // namespace palindrome::lower::sqlite

#endif  // PALINDROME_COMPILER_LOWER_SQLITE_CONVERSION_H_
