// Where text stood before edits: against a text whose bytes carry their places.
#include "compiler/driver/origin.h"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace palindrome::driver {
namespace {

constexpr std::uint32_t kInserted = 1000;

// Each element is where it stood at first, or kInserted.
std::vector<std::uint32_t> Apply(std::vector<std::uint32_t> text,
                                 const std::vector<TextEdit>& edits) {
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    const auto at = text.begin() + edit->range.begin;
    text.erase(at, text.begin() + edit->range.end);
    text.insert(text.begin() + edit->range.begin, edit->text.size(), kInserted);
  }
  return text;
}

TEST(OriginTest, FollowsWhatStays) {
  std::mt19937 random(1);
  const auto below = [&random](std::size_t end) {
    return static_cast<std::uint32_t>(random() % (end + 1));
  };
  for (int round = 0; round < 200; ++round) {
    std::vector<std::uint32_t> text(below(60));
    for (std::uint32_t i = 0; i < text.size(); ++i) {
      text[i] = i;
    }
    Origin origin(static_cast<std::uint32_t>(text.size()));
    for (int edit_round = 0; edit_round < 4; ++edit_round) {
      std::vector<TextEdit> edits;
      for (std::uint32_t at = below(20); at + 6 < text.size();
           at += 7 + below(10)) {
        edits.push_back({{at, at + below(6)}, std::string(below(4), 'x')});
      }
      text = Apply(text, edits);
      origin.Apply(edits);
    }
    std::uint32_t last = 0;
    for (std::uint32_t i = 0; i < text.size(); ++i) {
      const std::uint32_t then = origin.Of(i);
      EXPECT_GE(then, last);
      last = then;
      if (text[i] != kInserted) {
        EXPECT_EQ(then, text[i]) << i;
      }
    }
  }
}

TEST(OriginTest, WhatIsInsertedStandsWhereItWasInserted) {
  Origin origin(10);
  origin.Apply({{{8, 8}, "xx"}, {{2, 5}, "y"}});  // 01y567xx89
  EXPECT_EQ(origin.Of(2), 2U);
  EXPECT_EQ(origin.Of(3), 5U);
  EXPECT_EQ(origin.Of(6), 8U);
  EXPECT_EQ(origin.Of(7), 8U);
  EXPECT_EQ(origin.Of(8), 8U);
  EXPECT_EQ(origin.Of(10), 10U);
}

}  // namespace
}  // namespace palindrome::driver
