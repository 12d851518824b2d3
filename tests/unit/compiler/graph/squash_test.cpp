// Squashes: which revisions they stand for, and what keeps them from it.
#include "compiler/graph/squash.h"

#include <gtest/gtest.h>

#include "compiler/parse/parse.h"

namespace palindrome::graph {
namespace {

using Ids = std::vector<std::string>;

class SquashTest : public ::testing::Test {
 protected:
  void Add(const std::string& name, const std::string& clauses) {
    const source::File* file = files_.Add(
        name, "MIGRATION 'm' " + clauses +
                  ";\nUPGRADE BEGIN DROP TABLE t; END;\nDOWNGRADE AUTO;\n");
    migrations_.push_back(parse::ParseHeader(*file, emitter_));
  }

  // a1 <- b2 <- c3 <- d4.
  void AddLine() {
    Add("migrations/1.sql", "REVISION 'a1' REVISES NONE");
    Add("migrations/2.sql", "REVISION 'b2' REVISES 'a1'");
    Add("migrations/3.sql", "REVISION 'c3' REVISES 'b2'");
    Add("migrations/4.sql", "REVISION 'd4' REVISES 'c3'");
  }

  Graph Build() {
    return BuildGraph(std::move(migrations_), {}, "migrations/squashed");
  }

  // The problem of the only squash, which must have one.
  std::string Problem() {
    const Graph graph = Build();
    if (graph.squashes.size() != 1 || graph.squashes[0].problems.empty()) {
      return "there is none";
    }
    EXPECT_FALSE(graph.squashes[0].sound());
    EXPECT_EQ(graph.squashes[0].problems[0].kind,
              diagnostics::Kind::kInvalidSquash);
    return graph.squashes[0].problems[0].message;
  }

  static Ids Members(const Graph& graph, const Squash& squash) {
    Ids ids;
    for (const std::size_t member : squash.members) {
      ids.push_back(graph.revisions[member].id);
    }
    return ids;
  }

  source::Files files_;
  diagnostics::Emitter emitter_;
  std::vector<ast::Migration> migrations_;
};

TEST_F(SquashTest, StandsForTheRevisionsOfItsChain) {
  AddLine();
  Add("migrations/5.sql", "REVISION 's1' REVISES 'a1' SQUASHES 'b2' TO 'c3'");
  const Graph graph = Build();
  EXPECT_TRUE(graph.sound);
  ASSERT_EQ(graph.squashes.size(), 1U);
  EXPECT_TRUE(graph.squashes[0].sound());
  EXPECT_EQ(Members(graph, graph.squashes[0]), Ids({"b2", "c3"}));
  // It is no revision.
  EXPECT_EQ(graph.revisions.size(), 4U);
  EXPECT_EQ(graph.heads.size(), 1U);
  EXPECT_FALSE(graph.Find("s1"));
  EXPECT_EQ(graph.FindSquash("S1"), &graph.squashes[0]);
  EXPECT_EQ(graph.SquashOf(0), nullptr);
  EXPECT_EQ(graph.SquashOf(2), &graph.squashes[0]);
  EXPECT_EQ(graph.All().size(), 5U);
}

TEST_F(SquashTest, ItsMembersFollowOneAnother) {
  Add("migrations/1.sql", "REVISION 'a1' REVISES NONE");
  Add("migrations/2.sql", "REVISION 'b2' REVISES 'a1'");
  Add("migrations/3.sql", "REVISION 'x1' REVISES 'a1'");
  Add("migrations/4.sql", "REVISION 'c3' REVISES 'b2'");
  Add("migrations/5.sql", "REVISION 's1' REVISES 'a1' SQUASHES 'b2' TO 'c3'");
  const Graph graph = Build();
  const auto& members = graph.squashes.at(0).members;
  EXPECT_EQ(members, std::vector<std::size_t>({1, 2}));
  EXPECT_EQ(graph.revisions[3].id, "x1");
}

TEST_F(SquashTest, FilesThatWereSetAsideAreNamedSo) {
  Add("migrations/squashed/1.sql", "REVISION 'a1' REVISES NONE");
  Add("migrations/2.sql", "REVISION 'b2' REVISES 'a1'");
  Add("other/squashed/3.sql", "REVISION 'c3' REVISES 'b2'");
  const Graph graph = Build();
  EXPECT_EQ(graph.revisions[0].file_name, "squashed/1.sql");
  EXPECT_EQ(graph.revisions[1].file_name, "2.sql");
  EXPECT_EQ(graph.revisions[2].file_name, "3.sql");
}

TEST_F(SquashTest, ARevisionThatIsGone) {
  AddLine();
  Add("migrations/5.sql", "REVISION 's1' REVISES NONE SQUASHES 'a0' TO 'c3'");
  EXPECT_EQ(Problem(),
            "there is no revision `a0`; the migrations of a squash stay, in "
            "`squashed/`, since databases that are at one of them need them");
}

TEST_F(SquashTest, NoLine) {
  AddLine();
  Add("migrations/5.sql", "REVISION 's1' REVISES NONE SQUASHES 'c3' TO 'a1'");
  EXPECT_EQ(Problem(),
            "the revisions from `c3` to `a1` cannot be squashed: they are no "
            "line; `a1` revises nothing");
}

TEST_F(SquashTest, AMergeIsNoLine) {
  AddLine();
  Add("migrations/5.sql", "REVISION 'x1' REVISES 'a1'");
  Add("migrations/6.sql", "REVISION 'e5' REVISES 'd4', 'x1'");
  Add("migrations/7.sql", "REVISION 's1' REVISES 'c3' SQUASHES 'd4' TO 'e5'");
  EXPECT_EQ(Problem(),
            "the revisions from `d4` to `e5` cannot be squashed: they are no "
            "line; `e5` revises several");
}

TEST_F(SquashTest, ADependencyIsNoLine) {
  AddLine();
  Add("migrations/5.sql", "REVISION 'x1' REVISES 'd4'");
  Add("migrations/6.sql", "REVISION 'e5' REVISES 'd4' DEPENDS ON 'x1'");
  Add("migrations/7.sql", "REVISION 's1' REVISES 'c3' SQUASHES 'd4' TO 'e5'");
  EXPECT_EQ(Problem(),
            "the revisions from `d4` to `e5` cannot be squashed: they are no "
            "line; `e5` also depends on others");
}

TEST_F(SquashTest, ABranchAmongThem) {
  AddLine();
  Add("migrations/5.sql", "REVISION 'x1' REVISES 'b2'");
  Add("migrations/6.sql", "REVISION 's1' REVISES NONE SQUASHES 'a1' TO 'c3'");
  EXPECT_EQ(Problem(),
            "the revisions from `a1` to `c3` cannot be squashed: the history "
            "branches among them; `x1` builds on one that is not the last");
}

TEST_F(SquashTest, OneRevision) {
  AddLine();
  Add("migrations/5.sql", "REVISION 's1' REVISES 'a1' SQUASHES 'b2' TO 'b2'");
  EXPECT_EQ(Problem(),
            "the revisions from `b2` to `b2` cannot be squashed: a squash "
            "stands for two revisions at least");
}

TEST_F(SquashTest, OtherParents) {
  AddLine();
  Add("migrations/5.sql", "REVISION 's1' REVISES NONE SQUASHES 'b2' TO 'c3'");
  EXPECT_EQ(Problem(),
            "a squash of revisions from `b2` on revises what `b2` does: `a1`");
}

TEST_F(SquashTest, ABranchLabel) {
  AddLine();
  Add("migrations/5.sql",
      "REVISION 's1' REVISES 'a1' SQUASHES 'b2' TO 'c3' BRANCH 'web'");
  EXPECT_EQ(Problem(),
            "a squash has no branch label; those of its revisions stay with "
            "them");
}

TEST_F(SquashTest, SaysNothingThatFollowsFromAnotherHeader) {
  const char* const kRests[] = {
      "RVEISION 'b2' REVISES 'a1'", "REVISION 'b2' RVEISES 'a1'",
      "REVISION 'b2' REVISES '1a'", "REVISION '2b' REVISES 'a1'",
      "REVISION 'b2' REVISES 'a1' x"};
  for (const char* second : kRests) {
    migrations_.clear();
    Add("migrations/1.sql", "REVISION 'a1' REVISES NONE");
    Add("migrations/2.sql", second);
    Add("migrations/3.sql", "REVISION 'c3' REVISES 'b2'");
    Add("migrations/5.sql", "REVISION 's1' REVISES 'a1' SQUASHES 'b2' TO 'c3'");
    const Graph graph = Build();
    EXPECT_FALSE(graph.sound) << second;
    ASSERT_EQ(graph.squashes.size(), 1U) << second;
    EXPECT_TRUE(graph.squashes[0].problems.empty())
        << second << ": " << graph.squashes[0].problems[0].message;
  }
  // Nor of its own that could not be read.
  migrations_.clear();
  AddLine();
  Add("migrations/5.sql", "REVISION 's1' RVEISES 'a1' SQUASHES 'b2' TO 'c3'");
  EXPECT_TRUE(Build().squashes.at(0).problems.empty());
  // What all headers say is there is not.
  migrations_.clear();
  AddLine();
  Add("migrations/5.sql", "REVISION 's1' REVISES 'a1' SQUASHES 'b2' TO 'x1'");
  EXPECT_EQ(Build().squashes.at(0).problems.size(), 1U);
}

TEST_F(SquashTest, TwoOfOneRevision) {
  AddLine();
  Add("migrations/5.sql", "REVISION 's1' REVISES 'a1' SQUASHES 'b2' TO 'c3'");
  Add("migrations/6.sql", "REVISION 's2' REVISES 'b2' SQUASHES 'c3' TO 'd4'");
  const Graph graph = Build();
  EXPECT_TRUE(graph.squashes.at(0).sound());
  ASSERT_EQ(graph.squashes.at(1).problems.size(), 1U);
  EXPECT_EQ(graph.squashes[1].problems[0].message,
            "revision `c3` is squashed already by `s1`");
}

TEST_F(SquashTest, AnIdThatIsTaken) {
  AddLine();
  Add("migrations/5.sql", "REVISION 'd4' REVISES 'a1' SQUASHES 'b2' TO 'c3'");
  const Graph graph = Build();
  EXPECT_FALSE(graph.sound);
  ASSERT_EQ(graph.duplicates.size(), 1U);
  EXPECT_EQ(graph.duplicates[0], std::pair(std::size_t{3}, std::size_t{4}));
}

TEST_F(SquashTest, ACircle) {
  Add("migrations/1.sql", "REVISION 'a1' REVISES 'b2'");
  Add("migrations/2.sql", "REVISION 'b2' REVISES 'a1'");
  Add("migrations/3.sql", "REVISION 'c3' REVISES NONE");
  Add("migrations/4.sql", "REVISION 's1' REVISES NONE SQUASHES 'c3' TO 'b2'");
  EXPECT_EQ(Problem(),
            "the revisions from `c3` to `b2` cannot be squashed: they are no "
            "line");
}

}  // namespace
}  // namespace palindrome::graph
