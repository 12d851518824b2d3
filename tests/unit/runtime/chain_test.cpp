#include "runtime/src/chain.h"

#include <gtest/gtest.h>

#include "runtime/src/sha256.h"

namespace palindrome {
namespace {

TEST(Chain, IsTheDigestThatItsFormatSays) {
  EXPECT_EQ(ChainDigest("a1", "t1:x", {}),
            "c1:" + Sha256Hex("5:chain2:a14:t1:x"));
  EXPECT_EQ(ChainDigest("b2", "t1:y", {"c1:z", "c1:a"}),
            "c1:" + Sha256Hex("5:chain2:b24:t1:y4:c1:a4:c1:z"));
}

// Fixed for ever: ledgers hold such values.
TEST(Chain, HasItsGoldenValue) {
  EXPECT_EQ(
      ChainDigest("a1b2c3d4e5f6", "t1:00", {}),
      "c1:cf99a72f31ae368ab8d1e598f5796e92e56f8136ca3f5c33d51bc510660cbc96");
  EXPECT_EQ(
      ChainDigest("b2c3d4e5f6a1", "t1:01",
                  {ChainDigest("a1b2c3d4e5f6", "t1:00", {})}),
      "c1:dc7cc9dc9f42e848b178b595e3497c551be342505222621f2b9da4eff627d8c6");
}

TEST(Chain, DoesNotDependOnTheOrderOfWhatIsNeeded) {
  EXPECT_EQ(ChainDigest("a", "t", {"x", "y", "z"}),
            ChainDigest("a", "t", {"z", "x", "y", "x"}));
}

TEST(Chain, TellsEveryPartApart) {
  const std::string chain = ChainDigest("a", "t", {"x"});
  EXPECT_NE(chain, ChainDigest("b", "t", {"x"}));
  EXPECT_NE(chain, ChainDigest("a", "u", {"x"}));
  EXPECT_NE(chain, ChainDigest("a", "t", {"y"}));
  EXPECT_NE(chain, ChainDigest("a", "t", {}));
  EXPECT_NE(chain, ChainDigest("a", "tx", {}));
  EXPECT_NE(chain, ChainDigest("at", "x", {}));
}

TEST(Chain, ChangesWithAnythingBelow) {
  std::string plain;
  std::string edited;
  for (int i = 0; i < 20; ++i) {
    const std::string id = std::to_string(i);
    plain = ChainDigest(id, "t" + id, {plain});
    edited = ChainDigest(id, i == 3 ? "edited" : "t" + id, {edited});
    EXPECT_EQ(plain == edited, i < 3) << i;
  }
}

}  // namespace
}  // namespace palindrome
