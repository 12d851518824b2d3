// Where targets lead, on a line, on a diamond, with two heads, and on branches.
#include "runtime/src/revision_target.h"

#include <ostream>
#include <string>

#include <gtest/gtest.h>

#include "runtime/src/revision_graph.h"

namespace palindrome {
namespace {

using Direction = RevisionGraph::Direction;

enum class Shape { kLine, kDiamond, kTwoHeads, kTwoRoots, kBranches, kEmpty };

RevisionGraph Build(Shape shape) {
  std::vector<RevisionNode> nodes;
  switch (shape) {
    case Shape::kEmpty:
      break;
    case Shape::kLine:
      nodes = {{"a1", {}, {}, {}},
               {"b2", {"a1"}, {}, {}},
               {"c3", {"b2"}, {}, {}},
               {"d4", {"c3"}, {}, {}}};
      break;
    case Shape::kDiamond:
      nodes = {{"a1", {}, {}, {}},
               {"b2", {"a1"}, {}, {}},
               {"c3", {"a1"}, {}, {}},
               {"d4", {"b2", "c3"}, {}, {}}};
      break;
    case Shape::kTwoHeads:
      nodes = {
          {"a1", {}, {}, {}}, {"b2", {"a1"}, {}, {}}, {"c3", {"a1"}, {}, {}}};
      break;
    case Shape::kTwoRoots:
      nodes = {
          {"a1", {}, {}, {}}, {"x1", {}, {}, {}}, {"b2", {"a1"}, {"x1"}, {}}};
      break;
    case Shape::kBranches:
      nodes = {{"a1", {}, {}, {}},
               {"b2", {"a1"}, {}, {"left-side"}},
               {"c3", {"a1"}, {}, {"right"}},
               {"d4", {"c3"}, {}, {"twice"}},
               {"x1", {}, {}, {"other", "twice"}},
               {"y2", {"x1"}, {"b2"}, {}}};
      break;
  }
  return *RevisionGraph::Build(std::move(nodes));
}

// The ids of a set, separated by spaces.
std::string Join(const RevisionGraph& graph, const std::vector<bool>& set) {
  std::string text;
  for (std::size_t index = 0; index < set.size(); ++index) {
    if (set[index]) {
      text += (text.empty() ? "" : " ") + std::string(graph.node(index).id);
    }
  }
  return text;
}

std::vector<bool> Split(const RevisionGraph& graph, const std::string& ids) {
  std::vector<bool> set(graph.size());
  for (std::size_t index = 0; index < graph.size(); ++index) {
    set[index] = ids.find(graph.node(index).id) != std::string::npos;
  }
  return set;
}

// What a target gives: the ids afterwards, or the message of the error.
struct Case {
  Shape shape;
  std::string applied;
  Direction direction;
  std::string target;
  std::string expected;
  StatusCode code = StatusCode::kOk;
};

void PrintTo(const Case& test, std::ostream* out) {
  *out << (test.direction == Direction::kUpgrade ? "upgrade " : "downgrade ")
       << test.target << " from `" << test.applied << "`";
}

constexpr Direction kUp = Direction::kUpgrade;
constexpr Direction kDown = Direction::kDowngrade;
constexpr StatusCode kBad = StatusCode::kBadTarget;

const Case kCases[] = {
    // A line, upwards.
    {Shape::kLine, "", kUp, "head", "a1 b2 c3 d4"},
    {Shape::kLine, "", kUp, "heads", "a1 b2 c3 d4"},
    {Shape::kLine, "a1 b2", kUp, "head", "a1 b2 c3 d4"},
    {Shape::kLine, "a1 b2 c3 d4", kUp, "head", "a1 b2 c3 d4"},
    {Shape::kLine, "", kUp, "+1", "a1"},
    {Shape::kLine, "a1", kUp, "+2", "a1 b2 c3"},
    {Shape::kLine, "a1", kUp, "+3", "a1 b2 c3 d4"},
    {Shape::kLine, "a1", kUp, "c3", "a1 b2 c3"},
    {Shape::kLine, "a1", kUp, "C", "a1 b2 c3"},
    {Shape::kLine, "a1 b2", kUp, "b2", "a1 b2"},
    {Shape::kLine, "", kUp, "base", ""},
    {Shape::kLine, "a1 b2", kUp, "a1",
     "revision `a1` is below the current revision; downgrade leads there",
     kBad},
    {Shape::kLine, "a1", kUp, "base",
     "`base` is below the current revision; downgrade leads there", kBad},
    {Shape::kLine, "a1", kUp, "-1", "`-1` leads down; downgrade takes it",
     kBad},
    {Shape::kLine, "a1", kUp, "+4",
     "`+4` runs past the head; 3 revisions are pending", kBad},
    {Shape::kLine, "a1 b2 c3", kUp, "+99999999999999999999999",
     "`+99999999999999999999999` runs past the head; 1 revision is pending",
     kBad},
    {Shape::kLine, "", kUp, "b3", "there is no revision `b3`",
     StatusCode::kUnknownRevision},
    // A line, downwards.
    {Shape::kLine, "a1 b2 c3", kDown, "base", ""},
    {Shape::kLine, "a1 b2 c3", kDown, "-1", "a1 b2"},
    {Shape::kLine, "a1 b2 c3", kDown, "-3", ""},
    {Shape::kLine, "a1 b2 c3", kDown, "a1", "a1"},
    {Shape::kLine, "a1 b2 c3", kDown, "a", "a1"},
    {Shape::kLine, "a1 b2 c3", kDown, "c3", "a1 b2 c3"},
    {Shape::kLine, "", kDown, "base", ""},
    {Shape::kLine, "a1 b2 c3 d4", kDown, "head", "a1 b2 c3 d4"},
    {Shape::kLine, "a1 b2 c3", kDown, "d4",
     "revision `d4` is not applied; upgrade leads there", kBad},
    {Shape::kLine, "a1 b2 c3", kDown, "head",
     "`head` is not below the current revision; upgrade leads there", kBad},
    {Shape::kLine, "a1 b2 c3", kDown, "+1", "`+1` leads up; upgrade takes it",
     kBad},
    {Shape::kLine, "a1 b2 c3", kDown, "-4",
     "`-4` runs past the base; 3 revisions are applied", kBad},
    {Shape::kLine, "", kDown, "-1",
     "`-1` runs past the base; 0 revisions are applied", kBad},
    // A diamond: what could end in two ways has to be named.
    {Shape::kDiamond, "", kUp, "head", "a1 b2 c3 d4"},
    {Shape::kDiamond, "a1", kUp, "+1",
     "`+1` is ambiguous: it could end at `b2`, `c3`; name one", kBad},
    {Shape::kDiamond, "a1", kUp, "+2", "a1 b2 c3"},
    {Shape::kDiamond, "a1 c3", kUp, "+1", "a1 b2 c3"},
    {Shape::kDiamond, "a1", kUp, "+3", "a1 b2 c3 d4"},
    {Shape::kDiamond, "a1", kUp, "c3", "a1 c3"},
    {Shape::kDiamond, "a1 b2", kUp, "c3", "a1 b2 c3"},
    {Shape::kDiamond, "a1 b2 c3 d4", kDown, "-1", "a1 b2 c3"},
    {Shape::kDiamond, "a1 b2 c3 d4", kDown, "-2",
     "`-2` is ambiguous: it could end at `b2`, `c3`; name one", kBad},
    {Shape::kDiamond, "a1 b2 c3 d4", kDown, "-3", "a1"},
    {Shape::kDiamond, "a1 b2 c3 d4", kDown, "b2", "a1 b2 c3"},
    {Shape::kDiamond, "a1 b2 c3", kDown, "-1",
     "`-1` is ambiguous: it could end at `b2`, `c3`; name one", kBad},
    {Shape::kDiamond, "a1 b2 c3", kDown, "-2", "a1"},
    {Shape::kDiamond, "a1 c3", kDown, "-1", "a1"},
    // Two heads.
    {Shape::kTwoHeads, "", kUp, "head",
     "`head` is ambiguous: the history has the heads `b2`, `c3`; name one of "
     "them, or `heads` for all",
     kBad},
    {Shape::kTwoHeads, "", kUp, "heads", "a1 b2 c3"},
    {Shape::kTwoHeads, "", kUp, "c3", "a1 c3"},
    {Shape::kTwoHeads, "", kUp, "+1", "a1"},
    {Shape::kTwoHeads, "a1 b2", kUp, "a1",
     "revision `a1` is below the current revision; downgrade leads there",
     kBad},
    {Shape::kTwoHeads, "a1 b2 c3", kUp, "b2", "a1 b2 c3"},
    {Shape::kTwoHeads, "a1 b2 c3", kDown, "base", ""},
    {Shape::kTwoHeads, "a1 b2 c3", kDown, "b2", "a1 b2 c3"},
    {Shape::kTwoHeads, "a1 b2 c3", kDown, "a1", "a1"},
    // A dependency across branches counts as a parent does.
    {Shape::kTwoRoots, "", kUp, "b2", "a1 x1 b2"},
    {Shape::kTwoRoots, "a1 x1 b2", kDown, "x1", "a1 x1"},
    {Shape::kTwoRoots, "", kUp, "+1",
     "`+1` is ambiguous: it could end at `a1`, `x1`; name one", kBad},
    // Branches, forked and on their own.
    {Shape::kBranches, "", kUp, "right", "a1 c3"},
    {Shape::kBranches, "", kUp, "RIGHT@HEAD", "there is no revision `HEAD`",
     StatusCode::kUnknownRevision},
    {Shape::kBranches, "", kUp, "RIGHT@head", "a1 c3 d4"},
    {Shape::kBranches, "", kUp, "left-side@head", "a1 b2"},
    {Shape::kBranches, "", kUp, "left-side@+2", "a1 b2"},
    {Shape::kBranches, "a1 c3", kUp, "left-side@+1", "a1 b2 c3"},
    {Shape::kBranches, "", kUp, "left-side@+3",
     "`left-side@+3` runs past the head", kBad},
    {Shape::kBranches, "", kUp, "a1@+2",
     "`a1@+2` is ambiguous: its way leads to `b2`, `c3`; name one, or a "
     "branch before an `@`",
     kBad},
    {Shape::kBranches, "", kUp, "a1@head",
     "`a1@head` is ambiguous: the branch has the heads `b2`, `d4`; name one "
     "of them, or `heads` for all",
     kBad},
    {Shape::kBranches, "", kUp, "a1@heads", "a1 b2 c3 d4"},
    {Shape::kBranches, "", kUp, "other@+2", "a1 b2 x1 y2"},
    {Shape::kBranches, "", kUp, "y2-1", "x1"},
    {Shape::kBranches, "", kUp, "d4-3", ""},
    {Shape::kBranches, "", kUp, "d4-4", "`d4-4` runs past the base", kBad},
    {Shape::kBranches, "", kUp, "y2-99999999999999999999",
     "`y2-99999999999999999999` runs past the base", kBad},
    {Shape::kBranches, "", kUp, "head",
     "`head` is ambiguous: the history has the heads `d4`, `y2`; name one of "
     "them, or `heads` for all",
     kBad},
    {Shape::kBranches, "", kUp, "right@y2",
     "revision `y2` is not on that branch", StatusCode::kUnknownRevision},
    {Shape::kBranches, "", kUp, "twice",
     "revision `twice` is ambiguous: it could be `d4`, `x1`; give more of its "
     "characters",
     StatusCode::kAmbiguousRevision},
    {Shape::kBranches, "a1 b2 c3", kUp, "left-side@a1",
     "revision `a1` is below the current revision; downgrade leads there",
     kBad},
    {Shape::kBranches, "a1 c3", kUp, "left-side@a1", "a1 c3"},
    {Shape::kBranches, "a1", kUp, "other@base", "a1"},
    {Shape::kBranches, "a1", kUp, "right@base",
     "`right@base` is below the current revision; downgrade leads there", kBad},
    {Shape::kBranches, "a1", kUp, "right@-1",
     "`right@-1` leads down; downgrade takes it", kBad},
    {Shape::kBranches, "a1", kUp, "current",
     "`current` is where the database is; name where it shall be", kBad},
    {Shape::kBranches, "a1 b2 c3 d4", kDown, "right@a1", "a1 b2"},
    {Shape::kBranches, "a1 b2 c3 d4", kDown, "right@-1", "a1 b2 c3"},
    {Shape::kBranches, "a1 b2 c3 d4", kDown, "a1@-1",
     "`a1@-1` is ambiguous: it could start at `b2`, `d4`; name one, or a "
     "branch before an `@`",
     kBad},
    {Shape::kBranches, "a1 b2 c3 d4", kDown, "right@+1",
     "`right@+1` leads up; upgrade takes it", kBad},
    {Shape::kBranches, "a1 b2 c3", kDown, "d4-2", "a1"},
    {Shape::kBranches, "a1 b2 x1 y2", kDown, "left-side@a1", "a1 x1"},
    {Shape::kBranches, "a1 b2 x1 y2", kDown, "left-side@head", "a1 b2 x1 y2"},
    {Shape::kBranches, "a1 b2 x1 y2", kDown, "b2", "a1 b2 x1"},
    {Shape::kBranches, "a1 b2 x1 y2", kDown, "other@base", "a1 b2"},
    {Shape::kBranches, "a1 b2 x1 y2", kDown, "x1-1", "a1 b2"},
    {Shape::kBranches, "a1 b2 x1 y2", kDown, "right@c3",
     "revision `c3` is not applied; upgrade leads there", kBad},
    // Nothing at all.
    {Shape::kEmpty, "", kUp, "head", ""},
    {Shape::kEmpty, "", kDown, "base", ""},
    {Shape::kEmpty, "", kUp, "+1",
     "`+1` runs past the head; 0 revisions are pending", kBad},
    {Shape::kEmpty, "", kUp, "a1", "there is no revision `a1`",
     StatusCode::kUnknownRevision},
};

class TargetTest : public ::testing::TestWithParam<Case> {};

TEST_P(TargetTest, LeadsWhereItShould) {
  const Case& test = GetParam();
  const RevisionGraph graph = Build(test.shape);
  const Result<std::vector<bool>> after = graph.ResolveTarget(
      test.target, Split(graph, test.applied), test.direction);
  EXPECT_EQ(after.status().code(), test.code);
  EXPECT_EQ(after.ok() ? Join(graph, *after) : after.status().message(),
            test.expected);
}

INSTANTIATE_TEST_SUITE_P(All, TargetTest, ::testing::ValuesIn(kCases));

TEST(MalformedTarget, IsRefused) {
  const RevisionGraph graph = Build(Shape::kLine);
  const std::vector<bool> none(graph.size());
  for (const Direction direction : {kUp, kDown}) {
    for (const std::string_view target :
         {"",          "+",     "-",   "+0",  "-0",    "+x",    "+1x",
          "--1",       "+-1",   "-+1", "+ 1", " head", "a1+",   "a1+1+1",
          "a1-0",      "@head", "@",   "a1@", "a1@+",  "a1:b2", "a1 ",
          "a\xc3\xa4", "`",     "%",   "+0x1"}) {
      const auto after = graph.ResolveTarget(target, none, direction);
      ASSERT_FALSE(after.ok()) << target;
      EXPECT_EQ(after.status().code(), StatusCode::kBadTarget) << target;
    }
  }
}

TEST(MalformedTarget, WithANulIsRefused) {
  const RevisionGraph graph = Build(Shape::kLine);
  const auto after = graph.ResolveTarget(std::string_view("a1\0", 3),
                                         std::vector<bool>(4), kUp);
  EXPECT_EQ(after.status().code(), StatusCode::kBadTarget);
}

// What a stamp leaves.
TEST(StampTarget, LeavesWhatIsUnrelated) {
  const RevisionGraph graph = Build(Shape::kBranches);
  const std::string cases[][3] = {{"a1 b2 c3 d4", "c3", "a1 b2 c3"},
                                  {"a1 b2 c3 d4", "a1", "a1"},
                                  {"a1 b2 x1 y2", "d4", "a1 b2 c3 d4 x1 y2"},
                                  {"a1 b2 x1 y2", "b2", "a1 b2"},
                                  {"a1 b2 x1", "other@base", "a1 b2"},
                                  {"a1 b2 x1", "x1-1", "a1 b2"},
                                  {"a1 b2 x1", "base", ""},
                                  {"", "heads", "a1 b2 c3 d4 x1 y2"},
                                  {"a1 c3", "right@+1", "a1 c3 d4"},
                                  {"a1 c3", "right@-1", "a1"}};
  for (const auto& [applied, text, expected] : cases) {
    const auto after =
        ResolveStamp(graph, Split(graph, applied), *ParseTarget(text));
    ASSERT_TRUE(after.ok()) << after.status().ToString();
    EXPECT_EQ(Join(graph, *after), expected) << applied << " to " << text;
  }
  for (const char* text : {"current", "head", "d4+1", "a1-2", "heads-1"}) {
    const auto after =
        ResolveStamp(graph, Split(graph, "a1"), *ParseTarget(text));
    EXPECT_EQ(after.status().code(), StatusCode::kBadTarget) << text;
  }
}

// Up and down again by the same number leads back, or is refused.
TEST(RelativeTarget, ReadsTheSameForwardsAndBackwards) {
  for (const Shape shape :
       {Shape::kLine, Shape::kDiamond, Shape::kTwoHeads, Shape::kTwoRoots}) {
    const RevisionGraph graph = Build(shape);
    const std::vector<bool> none(graph.size());
    for (std::size_t count = 1; count <= graph.size(); ++count) {
      const std::string number = std::to_string(count);
      const auto up = graph.ResolveTarget("+" + number, none, kUp);
      if (up.ok()) {
        const auto down = graph.ResolveTarget("-" + number, *up, kDown);
        ASSERT_TRUE(down.ok()) << down.status().ToString();
        EXPECT_EQ(*down, none);
      }
    }
  }
}

}  // namespace
}  // namespace palindrome
