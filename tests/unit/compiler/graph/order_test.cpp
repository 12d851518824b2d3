#include "compiler/graph/order.h"

#include <gtest/gtest.h>

namespace palindrome::graph {
namespace {

using Nodes = std::vector<std::size_t>;
using Lists = std::vector<Nodes>;

TEST(OrderTest, NeedsComeFirstAndTiesKeepTheirOrder) {
  const Order order = OrderOf({{3}, {}, {0, 1}, {}, {1}});
  EXPECT_EQ(order.sequence, Nodes({1, 3, 0, 2, 4}));
  EXPECT_TRUE(order.cycles.empty());
  EXPECT_TRUE(OrderOf({}).sequence.empty());
}

TEST(OrderTest, CyclesAreFoundAndComeLast) {
  // 0 needs the cycle 1-3-2 without being in it; 4 is sound.
  const Order order = OrderOf({{1}, {3}, {1}, {2}, {}});
  EXPECT_EQ(order.sequence, Nodes({4, 0, 1, 2, 3}));
  EXPECT_EQ(order.cycles, Lists({{1, 3, 2}}));
}

TEST(OrderTest, EveryKnotHasACycle) {
  const Order order = OrderOf({{0}, {2, 0}, {1}, {}, {3, 5}, {4}});
  EXPECT_EQ(order.sequence, Nodes({3, 0, 1, 2, 4, 5}));
  EXPECT_EQ(order.cycles, Lists({{0}, {1, 2}, {4, 5}}));
}

TEST(OrderTest, ANeedNamedTwiceIsOne) {
  EXPECT_EQ(OrderOf({{1, 1}, {}}).sequence, Nodes({1, 0}));
}

TEST(OrderTest, LongHistoriesNeedNoStack) {
  constexpr std::size_t kCount = 200000;
  Lists needs(kCount);
  for (std::size_t node = 0; node + 1 < kCount; ++node) {
    needs[node] = {node + 1};
  }
  EXPECT_EQ(OrderOf(needs).sequence.front(), kCount - 1);
  needs.back() = {0};
  const Order order = OrderOf(needs);
  ASSERT_EQ(order.cycles.size(), 1U);
  EXPECT_EQ(order.cycles.front().size(), kCount);
}

}  // namespace
}  // namespace palindrome::graph
