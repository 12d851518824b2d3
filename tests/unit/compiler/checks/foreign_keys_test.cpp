#include "compiler/checks/foreign_keys.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/simulation.h"

namespace palindrome::checks {
namespace {

struct Case {
  std::string name;
  std::string parent;
  std::string reference;  // Of column `a` or columns `a` and `b` of the child.
  std::string problem;
};

class ForeignKeysTest : public ::testing::TestWithParam<Case> {};

TEST_P(ForeignKeysTest, SaysWhyTheEngineWouldRefuseRows) {
  const auto simulated = testing::SimulateStatements(
      GetParam().parent + "CREATE TABLE child (a INTEGER, b INTEGER, " +
      GetParam().reference + ");");
  ASSERT_EQ(testing::Messages(simulated->simulation), "");
  const catalog::Catalog& after = simulated->simulation.after;
  const auto keys =
      ForeignKeysOf(after.Find(catalog::ObjectKind::kTable, "child"));
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_EQ(ProblemOf(after, *keys[0].constraint), GetParam().problem);
}

constexpr char kParent[] =
    "CREATE TABLE parent (id INTEGER PRIMARY KEY, x INTEGER, y INTEGER, "
    "word TEXT COLLATE NOCASE);";

const Case kCases[] = {
    {"PrimaryKey", kParent, "FOREIGN KEY (a) REFERENCES parent (id)", ""},
    {"ImpliedPrimaryKey", kParent, "FOREIGN KEY (a) REFERENCES parent", ""},
    {"OtherCase", kParent, "FOREIGN KEY (a) REFERENCES PARENT (ID)", ""},
    {"NotUnique", kParent, "FOREIGN KEY (a) REFERENCES parent (x)",
     "`x` of table `parent` is neither its PRIMARY KEY nor UNIQUE"},
    {"UniqueConstraint", "CREATE TABLE parent (x INTEGER UNIQUE);",
     "FOREIGN KEY (a) REFERENCES parent (x)", ""},
    {"UniqueIndexInOtherOrder",
     std::string(kParent) + "CREATE UNIQUE INDEX u ON parent (y, x);",
     "FOREIGN KEY (a, b) REFERENCES parent (x, y)", ""},
    {"UniqueIndexOverMore",
     std::string(kParent) + "CREATE UNIQUE INDEX u ON parent (x, y);",
     "FOREIGN KEY (a) REFERENCES parent (x)",
     "`x` of table `parent` is neither its PRIMARY KEY nor UNIQUE"},
    {"PartialIndex",
     std::string(kParent) + "CREATE UNIQUE INDEX u ON parent (x) WHERE y = 1;",
     "FOREIGN KEY (a) REFERENCES parent (x)",
     "`x` of table `parent` is neither its PRIMARY KEY nor UNIQUE"},
    {"IndexOfAnotherCollation",
     std::string(kParent) +
         "CREATE UNIQUE INDEX u ON parent (word COLLATE BINARY);",
     "FOREIGN KEY (a) REFERENCES parent (word)",
     "`word` of table `parent` is neither its PRIMARY KEY nor UNIQUE"},
    {"IndexOfOwnCollation",
     std::string(kParent) +
         "CREATE UNIQUE INDEX u ON parent (word COLLATE NOCASE);",
     "FOREIGN KEY (a) REFERENCES parent (word)", ""},
    {"View", std::string(kParent) + "CREATE VIEW v AS SELECT id FROM parent;",
     "FOREIGN KEY (a) REFERENCES v (id)", "`v` is a view"},
    {"NoTable", kParent, "FOREIGN KEY (a) REFERENCES parents (id)",
     "there is no table `parents`; did you mean `parent`?"},
    {"NoColumn", kParent, "FOREIGN KEY (a) REFERENCES parent (wort)",
     "table `parent` has no column `wort`; did you mean `word`?"},
    {"NoPrimaryKey", "CREATE TABLE parent (x INTEGER);",
     "FOREIGN KEY (a) REFERENCES parent", "table `parent` has no primary key"},
    {"ImpliedKeyOfMoreColumns",
     "CREATE TABLE parent (x INTEGER, y INTEGER, PRIMARY KEY (x, y));",
     "FOREIGN KEY (a) REFERENCES parent",
     "it has 1 column, and the key of `parent` has 2 columns"},
};

INSTANTIATE_TEST_SUITE_P(Cases, ForeignKeysTest, ::testing::ValuesIn(kCases),
                         [](const auto& of) { return of.param.name; });

TEST(ForeignKeysToTest, FindsOwnAndOthers) {
  const auto simulated = testing::SimulateStatements(
      "CREATE TABLE tree (id INTEGER PRIMARY KEY, "
      "up INTEGER REFERENCES tree (id));"
      "CREATE TABLE leaf (tree_id INTEGER, "
      "CONSTRAINT on_tree FOREIGN KEY (tree_id) REFERENCES Tree (id));");
  const auto keys = ForeignKeysTo(simulated->simulation.after, "tree");
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(Describe(keys[0]), "foreign key `on_tree` of table `leaf`");
  EXPECT_EQ(Describe(keys[1]), "the foreign key on `up` of table `tree`");
}

}  // namespace
}  // namespace palindrome::checks
