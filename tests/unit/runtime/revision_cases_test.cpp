// What Alembic answers to questions about revisions, and what we answer; the
// questions are in revision_cases.txt, which describes its own format.
#include "tests/unit/runtime/revision_cases.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/src/revision_graph.h"
#include "runtime/src/revision_place.h"
#include "runtime/src/revision_target.h"

namespace palindrome {
namespace {

using Words = std::vector<std::string>;
using Indexes = std::vector<std::size_t>;
using Case = RevisionCase;

// A list with commas; `-` is the empty one.
Words List(const std::string& text) {
  return text == "-" ? Words() : SplitWords(text, ',');
}

std::string Join(Words words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : ",") + word;
  }
  return text.empty() ? "-" : text;
}

// The lists of an answer in one order: any that is topological is right.
std::string Normal(const std::string& answer) {
  std::string text;
  for (const std::string& word : SplitWords(answer, ' ')) {
    const bool is_word = word == "=>" || word == "!";
    text += (text.empty() ? "" : " ") + (is_word ? word : Join(List(word)));
  }
  return text;
}

class Answers {
 public:
  explicit Answers(const RevisionGraph& graph)
      : graph_(graph), none_(graph.size()), all_(graph.size(), true) {}

  std::string Answer(const Case& test);

 private:
  using Operation = std::function<std::string(const Words&)>;

  std::string Fail(const Status& status) {
    EXPECT_TRUE(status.code() == StatusCode::kBadTarget ||
                status.code() == StatusCode::kUnknownRevision ||
                status.code() == StatusCode::kAmbiguousRevision)
        << status.ToString();
    EXPECT_NE(status.message(), "");
    return "!";
  }

  std::string Ids(const Indexes& indexes) {
    Words ids;
    for (const std::size_t index : indexes) {
      ids.push_back(graph_.node(index).id);
    }
    return Join(ids);
  }

  std::string Ids(const RevisionSet& set) {
    Indexes indexes;
    for (std::size_t i = 0; i < set.size(); ++i) {
      if (set[i]) {
        indexes.push_back(i);
      }
    }
    return Ids(indexes);
  }

  Result<Indexes> Resolve(const std::string& list, const RevisionSet& applied) {
    Indexes indexes;
    for (const std::string& text : List(list)) {
      const auto found = ResolveRevisions(graph_, applied, text);
      if (!found.ok()) {
        return found.status();
      }
      indexes.insert(indexes.end(), found->begin(), found->end());
    }
    return indexes;
  }

  Result<RevisionSet> Applied(const std::string& rows) {
    const auto indexes = Resolve(rows, none_);
    if (!indexes.ok()) {
      return indexes.status();
    }
    return graph_.WithAncestors(*indexes);
  }

  static RevisionSet Minus(RevisionSet left, const RevisionSet& right) {
    for (std::size_t i = 0; i < left.size(); ++i) {
      left[i] = left[i] && !right[i];
    }
    return left;
  }

  RevisionSet Of(const Indexes& indexes) {
    RevisionSet set = none_;
    for (const std::size_t index : indexes) {
      set[index] = true;
    }
    return set;
  }

  // Whatever is applied on the way has all that it needs.
  void CheckOrder(RevisionSet set, const RevisionSet& goal, bool is_upgrade) {
    Indexes order = graph_.order();
    if (!is_upgrade) {
      std::reverse(order.begin(), order.end());
    }
    for (const std::size_t index : order) {
      if (set[index] != goal[index]) {
        set[index] = is_upgrade;
        EXPECT_EQ(graph_.WithAncestors(graph_.HeadsOf(set)), set);
      }
    }
    EXPECT_EQ(set, goal);
  }

  std::string Migrate(const Words& arguments, bool is_upgrade) {
    const auto applied = Applied(arguments.at(0));
    if (!applied.ok()) {
      return Fail(applied.status());
    }
    const auto goal =
        graph_.ResolveTarget(arguments.at(1), *applied,
                             is_upgrade ? RevisionGraph::Direction::kUpgrade
                                        : RevisionGraph::Direction::kDowngrade);
    if (!goal.ok()) {
      return Fail(goal.status());
    }
    CheckOrder(*applied, *goal, is_upgrade);
    return Ids(is_upgrade ? Minus(*goal, *applied) : Minus(*applied, *goal)) +
           " => " + Ids(graph_.HeadsOf(*goal));
  }

  std::string Stamp(const Words& arguments) {
    auto applied = Applied(arguments.at(0));
    for (const std::string& text : List(arguments.at(1))) {
      const auto target = ParseTarget(text);
      if (!target.ok()) {
        return Fail(target.status());
      }
      applied = ResolveStamp(graph_, *applied, *target);
      if (!applied.ok()) {
        return Fail(applied.status());
      }
    }
    return Ids(graph_.HeadsOf(*applied));
  }

  std::string Row(const Words& arguments, bool is_upgrade) {
    auto applied = Applied(arguments.at(0));
    (*applied)[*graph_.Find(arguments.at(1))] = is_upgrade;
    return Ids(graph_.HeadsOf(*applied));
  }

  std::string One(const Words& arguments) {
    const auto found = ResolveRevision(graph_, none_, arguments.at(0));
    if (!found.ok()) {
      return Fail(found.status());
    }
    return *found ? graph_.node(**found).id : "base";
  }

  std::string Many(const RevisionSet& applied, const std::string& text) {
    const auto found = Resolve(text, applied);
    if (!found.ok()) {
      return Fail(found.status());
    }
    return found->empty() ? "base" : Ids(*found);
  }

  // Each of a list means one revision.
  std::string Parents(const Words& arguments) {
    Words parents;
    for (const std::string& text : List(arguments.at(0))) {
      parents.push_back(One({text}));
    }
    return Join(parents);
  }

  std::string Range(const Words& arguments) {
    const auto range =
        ResolveRange(graph_, *Applied(arguments.at(0)), arguments.at(1));
    return range.ok() ? Ids(*range) : Fail(range.status());
  }

  std::string BetweenEnds(const Words& arguments, bool with_lower) {
    const std::string& lower = arguments.at(0);
    const std::string& upper = arguments.at(1);
    const auto ends = Resolve(lower, none_);
    const bool is_text = List(lower).size() == 1 && List(upper).size() == 1;
    const auto range = is_text
                           ? ResolveRange(graph_, none_, lower + ":" + upper)
                           : Between(graph_, *ends, *Resolve(upper, none_));
    if (!range.ok()) {
      return Fail(range.status());
    }
    return Ids(with_lower ? *range : Minus(*range, Of(*ends)));
  }

  std::string Apply(const Words& arguments, bool with_lower) {
    const auto lower = Resolve(arguments.at(0), none_);
    const RevisionSet applied = graph_.WithAncestors(*lower);
    RevisionSet goal = applied;
    for (const std::string& target : List(arguments.at(1))) {
      const auto next = graph_.ResolveTarget(
          target, goal, RevisionGraph::Direction::kUpgrade);
      if (!next.ok()) {
        return Fail(next.status());
      }
      goal = *next;
    }
    CheckOrder(applied, goal, /*is_upgrade=*/true);
    return Ids(Minus(goal, with_lower ? Minus(applied, Of(*lower)) : applied));
  }

  std::string Undo(const Words& arguments, bool with_lower) {
    std::string target = arguments.at(1);
    if (with_lower && !target.ends_with("base")) {
      target += "-1";
    }
    const auto applied = Applied(arguments.at(0));
    const auto goal = graph_.ResolveTarget(
        target, *applied, RevisionGraph::Direction::kDowngrade);
    if (!goal.ok()) {
      return Fail(goal.status());
    }
    CheckOrder(*applied, *goal, /*is_upgrade=*/false);
    return Ids(Minus(*applied, *goal));
  }

  std::string AtHeads(const Words& arguments) {
    const auto applied = Applied(arguments.at(0));
    const auto goal = graph_.ResolveTarget("heads", *applied,
                                           RevisionGraph::Direction::kUpgrade);
    return goal.ok() && *goal == *applied ? "yes" : "no";
  }

  const RevisionGraph& graph_;
  const RevisionSet none_;
  const RevisionSet all_;
};

std::string Answers::Answer(const Case& test) {
  const std::map<std::string, Operation> operations = {
      {"heads", [&](const Words&) { return Ids(graph_.heads()); }},
      {"bases", [&](const Words&) { return Ids(BasesOn(graph_, all_)); }},
      {"branchpoint",
       [&](const Words& words) {
         return Ids(graph_.children(*graph_.Find(words.at(0))));
       }},
      {"current",
       [&](const Words& words) {
         return Ids(graph_.HeadsOf(*Applied(words.at(0))));
       }},
      {"at-heads", [&](const Words& words) { return AtHeads(words); }},
      {"resolve-one", [&](const Words& words) { return One(words); }},
      {"parents", [&](const Words& words) { return Parents(words); }},
      {"resolve-many",
       [&](const Words& words) { return Many(none_, words.at(0)); }},
      {"resolve-current",
       [&](const Words& words) {
         return Many(*Applied(words.at(0)), words.at(1));
       }},
      {"upgrade", [&](const Words& words) { return Migrate(words, true); }},
      {"downgrade", [&](const Words& words) { return Migrate(words, false); }},
      {"stamp", [&](const Words& words) { return Stamp(words); }},
      {"row-up", [&](const Words& words) { return Row(words, true); }},
      {"row-down", [&](const Words& words) { return Row(words, false); }},
      {"range", [&](const Words& words) { return Range(words); }},
      {"between",
       [&](const Words& words) { return BetweenEnds(words, false); }},
      {"between-with",
       [&](const Words& words) { return BetweenEnds(words, true); }},
      {"apply", [&](const Words& words) { return Apply(words, false); }},
      {"apply-with", [&](const Words& words) { return Apply(words, true); }},
      {"undo", [&](const Words& words) { return Undo(words, false); }},
      {"undo-with", [&](const Words& words) { return Undo(words, true); }},
  };
  return operations.at(test.operation)(test.arguments);
}

std::string Answer(const Case& test) {
  std::vector<RevisionNode> nodes = test.graph;
  if (test.operation == "add") {
    nodes.push_back({test.arguments.at(0), List(test.arguments.at(1)), {}, {}});
  }
  const auto graph = RevisionGraph::Build(nodes);
  if (test.operation == "build") {
    return graph.status().code() == StatusCode::kMalformedHistory ? "!" : "ok";
  }
  if (!graph.ok()) {
    return graph.status().ToString();
  }
  Case asked = test;
  if (test.operation == "add") {
    asked.operation = "heads";
  }
  return Answers(*graph).Answer(asked);
}

TEST(RevisionCases, AreAnsweredAsTheTableSays) {
  const std::vector<Case> cases = ReadRevisionCases();
  std::map<std::string, std::size_t> counts;
  std::set<std::string> ids;
  for (const Case& test : cases) {
    SCOPED_TRACE(test.id + " " + test.operation);
    EXPECT_TRUE(ids.insert(test.id).second);
    ++counts[test.verdict];
    if (test.verdict == "none") {
      continue;
    }
    const std::string answer = Normal(Answer(test));
    EXPECT_EQ(answer, Normal(test.expected));
    if (test.verdict == "differs") {
      EXPECT_NE(answer, Normal(test.theirs));
    }
  }
  EXPECT_EQ(cases.size(), 241U);
  EXPECT_EQ(counts["same"] + counts["differs"] + counts["none"], cases.size());
}

}  // namespace
}  // namespace palindrome
