// Reads all of a compiled history, for tests of those that are spoilt.
//
// A pure function; links neither LLVM nor gtest.
#ifndef PALINDROME_TESTS_SUPPORT_READ_TABLE_H_
#define PALINDROME_TESTS_SUPPORT_READ_TABLE_H_

#include <cstddef>

#include "runtime/src/history_table.h"

namespace palindrome::testing {

// Counts every byte that the accessors reach, and its bits, so that all is
// read; also of a table that Validate refuses.
std::size_t ReadAll(const HistoryTable& table);

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_SUPPORT_READ_TABLE_H_
