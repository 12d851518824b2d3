// Units as JSON, and again.
#include "compiler/facts/unit.h"

#include <gtest/gtest.h>

namespace palindrome::facts {
namespace {

Unit MakeUnit() {
  Unit unit;
  unit.files = {{"/a.cpp", "0"}};
  Source source;
  source.sink = Sink::kSqlite;
  source.callee = "sqlite3_exec";
  source.place = {0, 1, 9};
  source.constants = {{"SELECT 1", {0, 1, 9}, {{0, 0, 2}}, "an old layout"},
                      {"SELECT 2", {0, 1, 9}, {}, ""}};
  source.unchecked = "another reason";
  source.binds = Binds{{1, 3, 4294967295U}, true};
  source.branches = {{{0, 0, 20}, true, true, false},
                     {{0, 0, 15}, false, false, false}};
  unit.calls.sources = {source};
  return unit;
}

TEST(UnitTest, TheSameAgainFromJson) {
  const Unit unit = MakeUnit();
  const auto again = ReadUnit(WriteUnit(unit));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(*again, unit);
  EXPECT_EQ(again->calls.sources[0].constants[0].unchecked, "an old layout");
  EXPECT_EQ(again->calls.sources[0].constants[1].unchecked, "");
}

// Each difference is told, so that none gets lost on the way.
TEST(UnitTest, NothingOfItIsLost) {
  const Unit unit = MakeUnit();
  const auto changed = [&](auto change) {
    Unit other = unit;
    change(other.calls.sources[0]);
    return ReadUnit(WriteUnit(other)) != unit;
  };
  EXPECT_TRUE(changed([](Source& each) { each.constants[0].unchecked = ""; }));
  EXPECT_TRUE(changed([](Source& each) { each.unchecked = ""; }));
  EXPECT_TRUE(changed([](Source& each) { each.is_change = true; }));
  EXPECT_TRUE(changed([](Source& each) { each.binds->bound = {1, 3}; }));
  EXPECT_TRUE(changed([](Source& each) { each.binds->complete = false; }));
  EXPECT_TRUE(changed([](Source& each) { each.binds.reset(); }));
  EXPECT_TRUE(changed([](Source& each) { each.branches[1].is_else = true; }));
  EXPECT_TRUE(changed([](Source& each) { each.branches[0].asks = false; }));
  EXPECT_TRUE(changed([](Source& each) { each.branches[0].is_loop = true; }));
}

TEST(UnitTest, ANumberThatIsTooLargeIsNone) {
  std::string json = WriteUnit(MakeUnit());
  json.replace(json.find("4294967295"), 10, "4294967296");
  EXPECT_FALSE(ReadUnit(json).has_value());
}

}  // namespace
}  // namespace palindrome::facts
