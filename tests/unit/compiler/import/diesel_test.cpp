#include <gtest/gtest.h>

#include "tests/unit/compiler/import/import_test.h"

namespace palindrome::importer {
namespace {

TEST(DieselTest, ReadsFoldersInOrderOfTheirVersions) {
  const ForeignHistory history =
      ReadAs("diesel",
             {{"00000000000000_initial_setup/up.sql", ""},
              {"00000000000000_initial_setup/down.sql", ""},
              {"2018-01-14-171611_create_posts/up.sql", "CREATE TABLE p (a);"},
              {"2018-01-14-171611_create_posts/down.sql", "DROP TABLE p;"},
              {"2018-01-14-171611_create_posts/metadata.toml",
               "run_in_transaction = false\n"},
              {"20170101000000_create_users/up.sql", "CREATE TABLE u (a);"},
              {"first/up.sql", "SELECT 1;"},
              {".hidden_one/up.sql", "SELECT 2;"},
              {"2019_nested/more/up.sql", "SELECT 3;"},
              {".gitkeep", ""},
              {"schema.rs", ""}});
  EXPECT_EQ(Names(history), (Texts{"00000000000000_initial_setup",
                                   "20170101000000_create_users",
                                   "2018-01-14-171611_create_posts", "first"}));
  EXPECT_EQ(Titles(history),
            (Texts{"initial setup", "create users", "create posts", "first"}));
  EXPECT_EQ(Dates(history),
            (Texts{"", "2017-01-01 00:00:00", "2018-01-14 17:16:11", ""}));
  EXPECT_EQ(Ups(history), (Texts{"", "CREATE TABLE u (a);\n",
                                 "CREATE TABLE p (a);\n", "SELECT 1;\n"}));
  EXPECT_EQ(Downs(history), (Texts{"", "none", "DROP TABLE p;\n", "none"}));
  EXPECT_EQ(Failures(history), (Texts{"", "", "", ""}));
  EXPECT_EQ(history.back().source, "first");
}

TEST(DieselTest, ComparesVersionsAsTextWithoutDashes) {
  const ForeignHistory history =
      ReadAs("diesel",
             {{"10_b/up.sql", ""}, {"2_a/up.sql", ""}, {"1-1_c/up.sql", ""}});
  EXPECT_EQ(Names(history), (Texts{"10_b", "1-1_c", "2_a"}));
}

TEST(DieselTest, RefusesDoublesAndDownsAlone) {
  const ForeignHistory history = ReadAs(
      "diesel",
      {{"1_a/up.sql", ""}, {"1_b/up.sql", ""}, {"2_c/down.sql", "SELECT 1;"}});
  EXPECT_EQ(Names(history), (Texts{"1_a", "1_b", "2_c"}));
  EXPECT_EQ(Failures(history),
            (Texts{"", "version `1` is already that of `1_a`",
                   "it has no `up.sql`"}));
}

}  // namespace
}  // namespace palindrome::importer
