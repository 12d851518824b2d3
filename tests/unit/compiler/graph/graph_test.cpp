#include "compiler/graph/graph.h"

#include <chrono>

#include <gtest/gtest.h>

#include "compiler/parse/parse.h"

namespace palindrome::graph {
namespace {

using Ids = std::vector<std::string>;

// A graph of headers, with the files that it points to.
class GraphTest : public ::testing::Test {
 protected:
  // `clauses` is what follows MIGRATION 'm'.
  void Add(const std::string& name, const std::string& clauses) {
    const source::File* file = files_.Add(
        "migrations/" + name,
        "MIGRATION 'm' " + clauses +
            ";\nUPGRADE BEGIN DROP TABLE t; END;\nDOWNGRADE AUTO;\n");
    migrations_.push_back(parse::ParseHeader(*file, emitter_));
  }
  Graph Build(const std::string& lock_text = "") {
    Lock lock;
    if (!lock_text.empty()) {
      lock = ParseLock(*files_.Add("migrations.lock", lock_text), emitter_);
    }
    return BuildGraph(std::move(migrations_), std::move(lock));
  }
  static Ids Names(const Graph& graph, const std::vector<std::size_t>& list) {
    Ids names;
    for (const std::size_t index : list) {
      names.push_back(graph.revisions[index].id);
    }
    return names;
  }
  static Ids Names(const Graph& graph) {
    Ids names;
    for (const Revision& revision : graph.revisions) {
      names.push_back(revision.id);
    }
    return names;
  }

  source::Files files_;
  diagnostics::Emitter emitter_;
  std::vector<ast::Migration> migrations_;
};

TEST_F(GraphTest, ParentsAndDependenciesStandFirst) {
  Add("3.sql", "REVISION 'a' REVISES NONE");
  Add("2.sql", "REVISION 'b' REVISES 'a'");
  Add("1.sql", "REVISION 'c' REVISES 'a' DEPENDS ON 'b'");
  Add("4.sql", "REVISION 'd' REVISES 'b', 'c'");
  const Graph graph = Build();
  EXPECT_EQ(Names(graph), Ids({"a", "b", "c", "d"}));
  EXPECT_EQ(Names(graph, graph.heads), Ids({"d"}));
  EXPECT_EQ(Names(graph, graph.roots), Ids({"a"}));
  EXPECT_TRUE(graph.sound);
  EXPECT_EQ(Names(graph, graph.revisions[3].parents), Ids({"b", "c"}));
  EXPECT_EQ(Names(graph, graph.revisions[2].depends_on), Ids({"b"}));
  EXPECT_EQ(graph.Find("C"), 2U);
  EXPECT_EQ(graph.Find("nothing"), std::nullopt);
}

TEST_F(GraphTest, OrderDoesNotDependOnTheOrderOfInput) {
  Add("2.sql", "REVISION 'b' REVISES 'r'");
  Add("1.sql", "REVISION 'a' REVISES 'r'");
  Add("0.sql", "REVISION 'r' REVISES NONE");
  const Graph graph = Build();
  EXPECT_EQ(Names(graph), Ids({"r", "a", "b"}));
  EXPECT_EQ(Names(graph, graph.heads), Ids({"a", "b"}));
}

TEST_F(GraphTest, KeepsWhatIsWrong) {
  Add("1.sql", "REVISION 'a' REVISES NONE");
  Add("2.sql", "REVISION 'b' REVISES 'a', 'lost'");
  Add("3.sql", "REVISION 'a' REVISES 'b'");
  Add("4.sql", "REVISION 'x' REVISES 'y'");
  Add("5.sql", "REVISION 'y' REVISES 'x'");
  const Graph graph = Build();
  EXPECT_FALSE(graph.sound);
  EXPECT_EQ(Names(graph), Ids({"a", "b", "a", "x", "y"}));
  ASSERT_EQ(graph.duplicates.size(), 1U);
  EXPECT_EQ(graph.duplicates[0],
            std::make_pair(std::size_t{0}, std::size_t{2}));
  ASSERT_EQ(graph.cycles.size(), 1U);
  EXPECT_EQ(Names(graph, graph.cycles[0]), Ids({"x", "y"}));
  ASSERT_EQ(graph.revisions[1].references.size(), 2U);
  EXPECT_TRUE(graph.revisions[1].references[0].target);
  EXPECT_FALSE(graph.revisions[1].references[1].target);
  EXPECT_EQ(graph.revisions[1].references[1].text.value, "lost");
  // What rests on something unknown has no chain.
  EXPECT_NE(graph.revisions[0].chain, "");
  EXPECT_EQ(graph.revisions[1].chain, "");
  EXPECT_EQ(graph.revisions[3].chain, "");
}

TEST_F(GraphTest, ChainsFollowTheHistory) {
  Add("1.sql", "REVISION 'a' REVISES NONE");
  Add("2.sql", "REVISION 'b' REVISES 'a'");
  const Graph graph = Build();
  Add("1.sql", "REVISION 'a' REVISES NONE BRANCH 'x'");
  Add("2.sql", "REVISION 'b' REVISES 'a'");
  const Graph edited = Build();
  EXPECT_EQ(graph.revisions[1].checksum, edited.revisions[1].checksum);
  EXPECT_NE(graph.revisions[1].chain, edited.revisions[1].chain);
}

TEST_F(GraphTest, ReportsWhatIsNotLocked) {
  Add("1.sql", "REVISION 'a' REVISES NONE");
  Add("2.sql", "REVISION 'b' REVISES 'a'");
  const Graph graph =
      Build("palindrome-lock 1\na t1:" + std::string(64, '0') + " 1.sql\n");
  EXPECT_TRUE(graph.revisions[0].locked);
  EXPECT_FALSE(graph.revisions[1].locked);
  diagnostics::Emitter emitter;
  CheckLocked(graph, emitter);
  ASSERT_EQ(emitter.diagnostics().size(), 1U);
  const diagnostics::Diagnostic& finding = emitter.diagnostics().front();
  EXPECT_EQ(finding.kind, diagnostics::Kind::kNotLocked);
  EXPECT_EQ(finding.location.file->text(finding.location.range), "'b'");
}

TEST_F(GraphTest, AnEmptyFolderIsSound) {
  const Graph graph = Build();
  EXPECT_TRUE(graph.sound);
  EXPECT_TRUE(graph.heads.empty());
}

TEST_F(GraphTest, TenThousandRevisions) {
  constexpr int kCount = 10000;
  Add("00000.sql", "REVISION 'r0' REVISES NONE");
  for (int number = 1; number < kCount; ++number) {
    // Names against the order.
    Add(std::to_string(99999 - number) + ".sql",
        "REVISION 'r" + std::to_string(number) + "' REVISES 'r" +
            std::to_string(number - 1) + "'");
  }
  const auto start = std::chrono::steady_clock::now();
  const Graph graph = Build();
  const auto elapsed = std::chrono::steady_clock::now() - start;
  EXPECT_TRUE(graph.sound);
  EXPECT_EQ(graph.revisions.back().id, "r9999");
  RecordProperty(
      "milliseconds",
      static_cast<int>(
          std::chrono::duration_cast<std::chrono::milliseconds>(elapsed)
              .count()));
}

}  // namespace
}  // namespace palindrome::graph
