// The rows of tables, and what differs between two readings of them. Values.
#ifndef PALINDROME_COMPILER_REHEARSE_SQLITE_CONTENTS_H_
#define PALINDROME_COMPILER_REHEARSE_SQLITE_CONTENTS_H_

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/rehearse/sqlite/connection.h"

namespace palindrome::rehearse::sqlite {

// What is read of a table.
struct Shape {
  std::string table;
  // Without generated columns, since they follow from the others.
  std::vector<std::string> columns;
  // Positions in `columns` of the PRIMARY KEY; empty if there is none.
  std::vector<std::size_t> key;
  // Names of columns whose types differ in the two slices: there a number is
  // the same as text, as integer and as real.
  std::set<std::string> converted = {};
};

// Of the tables of the slice, in its order.
std::vector<Shape> ShapesOf(const catalog::Slice& slice);

// Of the tables that both slices have: the columns of the same name, but for
// the names (of a table with an empty column) that mean another in each.
std::vector<Shape> CommonShapes(const catalog::Slice& left,
                                const catalog::Slice& right,
                                const std::vector<catalog::Use>& exchanged);

struct TableRows {
  // Values as SQL literals; sorted.
  std::vector<std::vector<std::string>> rows;
  bool readable = true;  // The table is there with all its columns.
};

// In the order of the shapes.
std::vector<TableRows> ReadContents(const std::vector<Shape>& shapes,
                                    Connection& connection);

// The first row and column that differs of each table.
std::vector<RowChange> CompareContents(const std::vector<Shape>& shapes,
                                       const std::vector<TableRows>& before,
                                       const std::vector<TableRows>& after);

// The rows as INSERT statements.
std::vector<TableInserts> InsertsOf(const std::vector<Shape>& shapes,
                                    const std::vector<TableRows>& contents);

// A literal that fits into a message.
std::string Shortened(std::string_view literal);

}  // namespace palindrome::rehearse::sqlite

#endif  // PALINDROME_COMPILER_REHEARSE_SQLITE_CONTENTS_H_
