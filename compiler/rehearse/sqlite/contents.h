// The rows of tables as text, for comparison. Values.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_CONTENTS_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_CONTENTS_H_

#include <string>
#include <vector>

#include "compiler/rehearse/sqlite/connection.h"

namespace palindrome::rehearse::sqlite {

struct TableRows {
  std::string table;
  // A row is its values as SQL literals, by column name; sorted. A generated
  // column is left out, since it follows from the others.
  std::vector<std::string> rows;
  bool readable = true;  // The table is there with all its columns.
};

// Of the tables of the slice, in its order.
std::vector<TableRows> ReadContents(const catalog::Slice& slice,
                                    Connection& connection);

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_CONTENTS_H_
