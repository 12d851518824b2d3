// Histories as their tables lie in a file, for the tests of `inspect`.
//
// Pure functions.
#ifndef PALINDROME_TESTS_UNIT_COMPILER_INSPECT_INSPECT_TEST_SUPPORT_H_
#define PALINDROME_TESTS_UNIT_COMPILER_INSPECT_INSPECT_TEST_SUPPORT_H_

#include <string>
#include <vector>

#include "compiler/inspect/histories.h"
#include "tests/unit/migrator/history_blob.h"

namespace palindrome::testing {

// The rows with checksums of their own, where they have none, and their chains.
std::vector<HistoryRow> Chained(std::vector<HistoryRow> rows);

// `a1`, and `b2` that revises it, rebuilds a table and is unproven.
std::vector<HistoryRow> TwoRows();

std::string TableOf(const std::string& name,
                    const std::vector<HistoryRow>& rows);
std::string BytesOf(HistoryBlob& blob);
// The table as the other byte order has it, whatever its version.
std::string SwappedBytes(const std::string& table);

// The histories in a file's bytes; a failure of the test, and none, for an
// error.
std::vector<inspect::History> Read(const std::string& file);
// Why they cannot be read; empty if they can.
std::string ErrorOf(const std::string& file);

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_UNIT_COMPILER_INSPECT_INSPECT_TEST_SUPPORT_H_
