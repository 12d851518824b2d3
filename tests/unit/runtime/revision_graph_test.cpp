#include "runtime/src/revision_graph.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace palindrome {
namespace {

using Indexes = std::vector<std::size_t>;
using Set = std::vector<bool>;

RevisionGraph Build(std::vector<RevisionNode> nodes) {
  Result<RevisionGraph> graph = RevisionGraph::Build(std::move(nodes));
  EXPECT_TRUE(graph.ok()) << graph.status().ToString();
  return graph.ok() ? std::move(graph).value() : *RevisionGraph::Build({});
}

// a <- b, c <- d, and e of its own that d depends on; d is given first.
std::vector<RevisionNode> Diamond() {
  return {{"d", {"b", "c"}, {"e"}, {}},
          {"a", {}, {}, {"main"}},
          {"c", {"a"}, {}, {}},
          {"b", {"a"}, {}, {}},
          {"e", {}, {}, {}}};
}

TEST(RevisionGraph, OrdersParentsAndDependenciesFirst) {
  const RevisionGraph graph = Build(Diamond());
  EXPECT_EQ(graph.size(), 5U);
  EXPECT_EQ(graph.order(), (Indexes{1, 2, 3, 4, 0}));
  EXPECT_EQ(graph.heads(), Indexes{0});
  EXPECT_EQ(graph.needs(0), (Indexes{2, 3, 4}));
  EXPECT_EQ(graph.Find("e"), 4U);
  EXPECT_EQ(graph.Find("E"), std::nullopt);
  EXPECT_EQ(graph.Find(""), std::nullopt);
}

TEST(RevisionGraph, KeepsAnOrderThatIsRight) {
  const RevisionGraph graph = Build({{"x", {}, {}, {}},
                                     {"a", {}, {}, {}},
                                     {"y", {"x"}, {}, {}},
                                     {"b", {"a"}, {}, {}}});
  EXPECT_EQ(graph.order(), (Indexes{0, 1, 2, 3}));
  EXPECT_EQ(graph.heads(), (Indexes{2, 3}));
}

TEST(RevisionGraph, MayBeEmpty) {
  const RevisionGraph graph = Build({});
  EXPECT_EQ(graph.size(), 0U);
  EXPECT_TRUE(graph.heads().empty());
}

TEST(RevisionGraph, CountsARevisionThatIsNeededTwiceOnce) {
  const RevisionGraph graph =
      Build({{"a", {}, {}, {}}, {"b", {"a", "a"}, {"a"}, {}}});
  EXPECT_EQ(graph.needs(1), Indexes{0});
  EXPECT_EQ(graph.order(), (Indexes{0, 1}));
}

TEST(RevisionGraph, FindsWhatIsAboveAndBelow) {
  const RevisionGraph graph = Build(Diamond());
  EXPECT_EQ(graph.WithAncestors({3}), (Set{false, true, false, true, false}));
  EXPECT_EQ(graph.WithAncestors({0}), Set(5, true));
  EXPECT_EQ(graph.WithAncestors({}), Set(5, false));
  EXPECT_EQ(graph.WithDescendants({2}), (Set{true, false, true, false, false}));
  EXPECT_EQ(graph.HeadsOf({false, true, true, true, true}), (Indexes{2, 3, 4}));
  EXPECT_EQ(graph.HeadsOf(Set(5)), Indexes{});
}

struct Unsound {
  std::vector<RevisionNode> nodes;
  std::string_view message;
};

TEST(RevisionGraph, RefusesAnUnsoundHistory) {
  const Unsound all[] = {
      {{{"a", {}, {}, {}}, {"a", {}, {}, {}}}, "revision `a` is there twice"},
      {{{"a", {"z"}, {}, {}}}, "revision `a` needs `z`, which is not there"},
      {{{"a", {}, {"z"}, {}}}, "revision `a` needs `z`, which is not there"},
      {{{"a", {"a"}, {}, {}}}, "revisions need each other in a circle: `a`"},
      {{{"r", {}, {}, {}},
        {"a", {"r", "b"}, {}, {}},
        {"b", {}, {"c"}, {}},
        {"c", {"a"}, {}, {}},
        {"d", {"c"}, {}, {}}},
       "revisions need each other in a circle: `a`, `b`, `c`"},
  };
  for (const Unsound& unsound : all) {
    const Result<RevisionGraph> graph = RevisionGraph::Build(unsound.nodes);
    ASSERT_FALSE(graph.ok()) << unsound.message;
    EXPECT_EQ(graph.status().code(), StatusCode::kMalformedHistory);
    EXPECT_EQ(graph.status().message(), unsound.message);
  }
}

TEST(RevisionGraph, NamesACycleThatANodeAboveLeadsTo) {
  const Result<RevisionGraph> graph = RevisionGraph::Build(
      {{"d", {"c"}, {}, {}}, {"c", {"b"}, {}, {}}, {"b", {"c"}, {}, {}}});
  ASSERT_FALSE(graph.ok());
  EXPECT_EQ(graph.status().message(),
            "revisions need each other in a circle: `c`, `b`");
}

// Deep recursion would end this, and anything quadratic would take minutes.
TEST(RevisionGraph, TakesALongHistory) {
  constexpr std::size_t kSize = 200000;
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < kSize; ++i) {
    ids.push_back("r" + std::to_string(i));
  }
  std::vector<RevisionNode> nodes;
  for (std::size_t i = 0; i < kSize; ++i) {
    // Given heads first.
    RevisionNode node;
    node.id = ids[i];
    if (i + 1 < kSize) {
      node.parents = {ids[i + 1]};
    }
    nodes.push_back(std::move(node));
  }
  const RevisionGraph graph = Build(std::move(nodes));
  ASSERT_EQ(graph.order().size(), kSize);
  EXPECT_EQ(graph.order().front(), kSize - 1);
  EXPECT_EQ(graph.heads(), Indexes{0});
  const Set above = graph.WithDescendants({kSize - 1});
  EXPECT_EQ(std::count(above.begin(), above.end(), true),
            static_cast<std::ptrdiff_t>(kSize));
}

RevisionGraph Named() {
  return Build({{"a1b2c3", {}, {}, {}},
                {"a1b2d4", {}, {}, {}},
                {"a1", {}, {}, {}},
                {"ffee00", {}, {}, {}}});
}

TEST(RevisionGraph, ResolvesIdsAndPrefixes) {
  const RevisionGraph graph = Named();
  EXPECT_EQ(*graph.Resolve("a1b2c3"), 0U);
  EXPECT_EQ(*graph.Resolve("a1b2c"), 0U);
  EXPECT_EQ(*graph.Resolve("f"), 3U);
  EXPECT_EQ(*graph.Resolve("FFEE"), 3U);
  // An id beats the two that begin with it.
  EXPECT_EQ(*graph.Resolve("a1"), 2U);
  EXPECT_EQ(*graph.Resolve("A1"), 2U);
}

TEST(RevisionGraph, NamesTheCandidatesOfAPrefix) {
  const Result<std::size_t> resolved = Named().Resolve("a1b2");
  ASSERT_FALSE(resolved.ok());
  EXPECT_EQ(resolved.status().code(), StatusCode::kAmbiguousRevision);
  EXPECT_EQ(resolved.status().message(),
            "revision `a1b2` is ambiguous: it could be `a1b2c3`, `a1b2d4`; "
            "give more of its characters");
}

TEST(RevisionGraph, NamesOnlyTheFirstOfManyCandidates) {
  const Result<std::size_t> resolved = Build({{"x1", {}, {}, {}},
                                              {"x2", {}, {}, {}},
                                              {"x3", {}, {}, {}},
                                              {"x4", {}, {}, {}},
                                              {"x5", {}, {}, {}},
                                              {"x6", {}, {}, {}},
                                              {"x7", {}, {}, {}}})
                                           .Resolve("x");
  ASSERT_FALSE(resolved.ok());
  EXPECT_EQ(resolved.status().message(),
            "revision `x` is ambiguous: it could be `x1`, `x2`, `x3`, `x4`, "
            "`x5` and 2 more; give more of its characters");
}

TEST(RevisionGraph, SuggestsTheNearestRevision) {
  const RevisionGraph graph = Named();
  const std::pair<std::string, std::string_view> cases[] = {
      {"a1b2c4", "a1b2c3"},   // One of two that are one edit away.
      {"feee01", "ffee00"},   // Two of six characters may be wrong.
      {"ffe0", "ffee00"},     // The beginning is one edit away.
      {"ffee000", "ffee00"},  // One too many.
      {"afb2c3", "a1b2c3"},
      {"haed", "head"},  // Two letters have changed places.
      {"haeds", "heads"},
      {"bse", "base"}};
  for (const auto& [text, nearest] : cases) {
    const Result<std::size_t> resolved = graph.Resolve(text);
    ASSERT_FALSE(resolved.ok()) << text;
    EXPECT_EQ(resolved.status().code(), StatusCode::kUnknownRevision);
    EXPECT_EQ(resolved.status().message(), "there is no revision `" + text +
                                               "`; did you mean `" +
                                               std::string(nearest) + "`?");
  }
  for (const std::string& text :
       {std::string(), std::string("zz"), std::string("zzzzzz"),
        std::string(100000, 'a')}) {
    EXPECT_EQ(graph.Resolve(text).status().message(),
              "there is no revision `" + text + "`");
  }
}

}  // namespace
}  // namespace palindrome
