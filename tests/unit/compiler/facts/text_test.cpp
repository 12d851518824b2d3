#include "compiler/facts/text.h"

#include <gtest/gtest.h>

namespace palindrome::facts {
namespace {

// "SELECT " "\x41" " FROM t", in one file: the second literal is an escape.
const Text kText = {
    "SELECT A FROM t", {0, 100, 130}, {{0, 0, 101}, {7, 0, 111}, {8, 0, 117}}};

TEST(TextTest, BytesFollowBytesInALiteral) {
  EXPECT_EQ(PlaceOf(kText, 0, 6), (Place{0, 101, 107}));
  EXPECT_EQ(PlaceOf(kText, 9, 13), (Place{0, 118, 122}));
}

TEST(TextTest, ARangeMaySpanLiterals) {
  EXPECT_EQ(PlaceOf(kText, 0, 8), (Place{0, 101, 112}));
}

TEST(TextTest, TheEndBelongsToTheLiteralBefore) {
  EXPECT_EQ(PlaceOf(kText, 6, 7), (Place{0, 107, 108}));
  EXPECT_EQ(PlaceOf(kText, 7, 7), (Place{0, 111, 112}));
}

TEST(TextTest, WithoutRunsItIsTheExpression) {
  EXPECT_EQ(PlaceOf({"SELECT 1", {2, 5, 9}, {}}, 0, 6), (Place{2, 5, 9}));
}

TEST(TextTest, ARangeOfTwoFilesIsTheExpression) {
  const Text text = {"ab", {0, 10, 20}, {{0, 0, 11}, {1, 1, 40}}};
  EXPECT_EQ(PlaceOf(text, 0, 2), (Place{0, 10, 20}));
  EXPECT_EQ(PlaceOf(text, 1, 2), (Place{1, 40, 41}));
}

}  // namespace
}  // namespace palindrome::facts
