#include <gtest/gtest.h>

#include "tests/unit/compiler/import/import_test.h"

namespace palindrome::importer {
namespace {

constexpr char kPlan[] =
    "%syntax-version=1.0.0\r\n"
    "%project=notes\r\n"
    "\r\n"
    "# The tables.\r\n"
    "users 2025-01-15T14:30:22Z A # B <a@example.org> # All "
    "users.\\nC:\\\\n\r\n"
    "notes [users !old] 2025-01-16T00:00:00Z A <a@example.org>\r\n"
    "@v1 2025-01-17T00:00:00Z A <a@example.org> # First.\r\n"
    "@v2 2025-01-18T00:00:00Z A <a@example.org> # Second.\r\n"
    "users [users@v1] 2025-01-19T00:00:00Z A <a@example.org> # Again.\r\n"
    "@v3 2025-01-20T00:00:00Z A <a@example.org>\r\n";

TEST(SqitchTest, ReadsThePlan) {
  const ForeignHistory history =
      ReadAs("sqitch", {{"sqitch.plan", kPlan},
                        {"sqitch.conf",
                         "[core]\n\tengine = sqlite\n"
                         "\t# top_dir = elsewhere\n"},
                        {"deploy/users@v2.sql", "CREATE TABLE u (a);\r\n"},
                        {"revert/users@v2.sql", "DROP TABLE u;"},
                        {"verify/users@v2.sql", "SELECT a FROM u;\n"},
                        {"deploy/notes.sql", "CREATE TABLE n (a);"},
                        {"verify/notes.sql", "SELECT a FROM n;"},
                        {"deploy/users.sql", "ALTER TABLE u ADD b;"},
                        {"revert/users.sql", ""},
                        {"deploy/stray.sql", "SELECT 1;"},
                        {"README.md", ""}});
  EXPECT_EQ(Names(history), (Texts{"users@v2", "notes", "users"}));
  EXPECT_EQ(Titles(history), (Texts{"users", "notes", "users"}));
  EXPECT_EQ(Dates(history), (Texts{"2025-01-15 14:30:22", "2025-01-16 00:00:00",
                                   "2025-01-19 00:00:00"}));
  EXPECT_EQ(Ups(history),
            (Texts{"CREATE TABLE u (a);\n", "CREATE TABLE n (a);\n",
                   "ALTER TABLE u ADD b;\n"}));
  EXPECT_EQ(Downs(history), (Texts{"DROP TABLE u;\n", "none", ""}));
  EXPECT_EQ(history[0].documentation,
            "All users.\nC:\\n\n\nVerified by:\nSELECT a FROM u;");
  EXPECT_EQ(history[1].documentation, "Verified by:\nSELECT a FROM n;");
  EXPECT_EQ(history[2].documentation, "Again.");
  EXPECT_EQ(history[0].source, "deploy/users@v2.sql");
  EXPECT_EQ(Failures(history), (Texts{"", "", ""}));
}

TEST(SqitchTest, FollowsTheConfiguration) {
  const ForeignHistory history = ReadAs(
      "sqitch",
      {{"sqitch.conf",
        "[core]\r\n  engine = sqlite\r\n  top_dir = ./db\r\n"
        "[engine \"sqlite\"]\r\n  deploy_dir = \"up\"\r\n"
        "  extension = ddl\r\n[engine \"pg\"]\r\n  revert_dir = pg\r\n"},
       {"db/sqitch.plan", "a/b 2025-01-15T14:30:22Z A <a@example.org>\n"},
       {"up/a/b.ddl", "SELECT 1;"},
       {"db/revert/a/b.ddl", "SELECT 2;"}});
  EXPECT_EQ(Names(history), (Texts{"a/b"}));
  EXPECT_EQ(Ups(history), (Texts{"SELECT 1;\n"}));
  EXPECT_EQ(Downs(history), (Texts{"SELECT 2;\n"}));
}

TEST(SqitchTest, SaysWhatItCannotRead) {
  const ForeignHistory history =
      ReadAs("sqitch", {{"sqitch.plan",
                         "@v0 2025-01-15T14:30:22Z A <a@example.org>\n"
                         "lost 2025-13-15T14:30:22Z A <a@example.org>\n"
                         "twice\n"
                         "twice # Again.\n"
                         "-gone [unclosed\n"},
                        {"deploy/twice.sql", "SELECT 1;"},
                        {"deploy/gone.sql", "SELECT 2;"}});
  EXPECT_EQ(Names(history), (Texts{"lost", "twice", "twice", "gone"}));
  EXPECT_EQ(Dates(history), (Texts(4, "")));
  EXPECT_EQ(Failures(history),
            (Texts{"there is no file `deploy/lost.sql`", "",
                   "version `twice` is already that of `deploy/twice.sql`",
                   "the plan takes it back with `-`"}));
  EXPECT_EQ(history[2].documentation, "Again.");
}

TEST(SqitchTest, ReadsEmptyPlans) {
  EXPECT_TRUE(ReadAs("sqitch", {{"sqitch.plan", ""}}).empty());
  EXPECT_TRUE(ReadAs("sqitch", {{"deploy/a.sql", "SELECT 1;"}}).empty());
}

}  // namespace
}  // namespace palindrome::importer
