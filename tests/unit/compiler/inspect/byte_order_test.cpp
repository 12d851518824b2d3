#include "compiler/inspect/byte_order.h"

#include <gtest/gtest.h>

#include "tests/unit/compiler/inspect/inspect_test_support.h"

namespace palindrome::inspect {
namespace {

// A swapped table has the version of the other byte order, so that swapping it
// twice needs a table of either: what a foreign machine's compiler writes.
TEST(ByteOrderTest, ATableOfTheOtherOrderBecomesOneOfThis) {
  const std::string native = testing::TableOf("board", testing::TwoRows());
  const std::string foreign = testing::SwappedBytes(native);
  ASSERT_NE(foreign, native);
  EXPECT_EQ(SwapTable(foreign), native);
  EXPECT_EQ(SwapTable(foreign + "what follows"), native);
}

TEST(ByteOrderTest, WhatIsNoTableStaysNone) {
  const std::string native = testing::TableOf("board", testing::TwoRows());
  const std::string foreign = testing::SwappedBytes(native);
  for (std::size_t size = 0; size < foreign.size(); ++size) {
    EXPECT_NE(SwapTable(foreign.substr(0, size)), native);
  }
  EXPECT_NE(SwapTable(native), native);
}

}  // namespace
}  // namespace palindrome::inspect
