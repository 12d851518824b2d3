#include "compiler/graph/order.h"

#include <algorithm>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "runtime/src/revision_graph.h"

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

// The compiled table stands in the compiler's order, and the runtime plans in
// its own.
TEST(OrderTest, AgreesWithTheRuntimeOnSoundHistories) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    const std::size_t count = 1 + random() % 30;
    std::vector<std::size_t> shuffled(count);
    for (std::size_t node = 0; node < count; ++node) {
      shuffled[node] = node;
    }
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    // Each needs some of those before it in a hidden order.
    Lists needs(count);
    for (std::size_t place = 1; place < count; ++place) {
      for (std::size_t edge = random() % 3; edge > 0; --edge) {
        const std::size_t need = shuffled[random() % place];
        Nodes& list = needs[shuffled[place]];
        if (std::find(list.begin(), list.end(), need) == list.end()) {
          list.push_back(need);
        }
      }
    }
    std::vector<std::string> ids;
    for (std::size_t node = 0; node < count; ++node) {
      ids.push_back("r" + std::to_string(node));
    }
    std::vector<RevisionNode> nodes;
    for (std::size_t node = 0; node < count; ++node) {
      nodes.push_back({ids[node], {}, {}, {}});
      for (const std::size_t need : needs[node]) {
        nodes.back().parents.push_back(ids[need]);
      }
    }
    const Result<RevisionGraph> graph = RevisionGraph::Build(nodes);
    ASSERT_TRUE(graph.ok());
    EXPECT_EQ(OrderOf(needs).sequence, graph->order());
  }
}

TEST(Order, AFollowerComesRightAfter) {
  // 0 <- 2 <- 4, and 0 <- 1 <- 3 beside it.
  const Lists needs = {{}, {0}, {0}, {1}, {2}};
  EXPECT_EQ(OrderOf(needs).sequence, Nodes({0, 1, 2, 3, 4}));
  EXPECT_EQ(OrderOf(needs, {std::nullopt, std::nullopt, 4}).sequence,
            Nodes({0, 1, 2, 4, 3}));
  // One that needs more waits for its turn.
  EXPECT_EQ(OrderOf({{}, {}, {0, 1}}, {2}).sequence, Nodes({0, 1, 2}));
}

}  // namespace
}  // namespace palindrome::graph
