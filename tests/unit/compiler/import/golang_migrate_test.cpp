#include <gtest/gtest.h>

#include "tests/unit/compiler/import/import_test.h"

namespace palindrome::importer {
namespace {

TEST(GolangMigrateTest, ReadsPairsInOrderOfTheirNumbers) {
  const ForeignHistory history = ReadAs(
      "golang-migrate",
      {{"10_drop_notes.up.sql", "DROP TABLE notes;"},
       {"2_add_notes.up.sql", "-- Notes.\r\nCREATE TABLE notes (a);\r\n"},
       {"2_add_notes.down.sql", "DROP TABLE notes;\n"},
       {"10_drop_notes.down.sql", ""},
       {"20250115143022_CreateUsers.up.sql", "CREATE TABLE u (a);"},
       {"README.md", "# Notes"},
       {"embed.go", "package migrations"},
       {"schema.sql", "CREATE TABLE notes (a);"},
       {"old/1_a.up.sql", "SELECT 1;"}});
  EXPECT_EQ(Names(history), (Texts{"2_add_notes", "10_drop_notes",
                                   "20250115143022_CreateUsers"}));
  EXPECT_EQ(Titles(history),
            (Texts{"add notes", "drop notes", "create users"}));
  EXPECT_EQ(Dates(history), (Texts{"", "", "2025-01-15 14:30:22"}));
  EXPECT_EQ(Ups(history),
            (Texts{"-- Notes.\nCREATE TABLE notes (a);\n",
                   "DROP TABLE notes;\n", "CREATE TABLE u (a);\n"}));
  EXPECT_EQ(Downs(history), (Texts{"DROP TABLE notes;\n", "", "none"}));
  EXPECT_EQ(Failures(history), (Texts{"", "", ""}));
  EXPECT_EQ(history.front().source, "2_add_notes.up.sql");
}

TEST(GolangMigrateTest, ReadsSimpleFilesOfSqlx) {
  const ForeignHistory history =
      ReadAs("golang-migrate", {{"1_a.sql", "SELECT 1;"},
                                {"2_b.up.sql", "SELECT 2;"},
                                {"2_b.down.sql", "SELECT 3;"}});
  EXPECT_EQ(Names(history), (Texts{"1_a", "2_b"}));
  EXPECT_EQ(Downs(history), (Texts{"none", "SELECT 3;\n"}));
}

TEST(GolangMigrateTest, KeepsBothUpsOfAVersion) {
  const ForeignHistory history =
      ReadAs("golang-migrate", {{"1_a.up.sql", "SELECT 1;"},
                                {"01_b.up.sql", "SELECT 2;"},
                                {"1_a.down.sql", "SELECT 3;"},
                                {"001_c.down.sql", "SELECT 4;"},
                                {"1_d.down.sql", "SELECT 5;"}});
  EXPECT_EQ(Names(history), (Texts{"01_b", "1_a", "1_d"}));
  EXPECT_EQ(Downs(history),
            (Texts{"SELECT 4;\n", "SELECT 3;\n", "SELECT 5;\n"}));
  EXPECT_EQ(Failures(history),
            (Texts{"", "version `1` is already that of `01_b.up.sql`",
                   "another file takes version `1` back already"}));
}

TEST(GolangMigrateTest, FindsTheDownOfAnotherName) {
  const ForeignHistory history =
      ReadAs("golang-migrate", {{"1_create.up.sql", "SELECT 1;"},
                                {"001_drop.down.sql", "SELECT 2;"},
                                {"3_lost.down.sql", "SELECT 3;"}});
  EXPECT_EQ(Names(history), (Texts{"1_create", "3_lost"}));
  EXPECT_EQ(Downs(history), (Texts{"SELECT 2;\n", "SELECT 3;\n"}));
  EXPECT_EQ(Failures(history),
            (Texts{"", "it takes version `3` back, which no file applies"}));
}

TEST(GolangMigrateTest, NamesWithoutWordsHaveTitles) {
  const ForeignHistory history = ReadAs(
      "golang-migrate", {{"1_.up.sql", ""}, {"2_a.b.up.sql", "SELECT 1;"}});
  EXPECT_EQ(Names(history), (Texts{"1_", "2_a.b"}));
  EXPECT_EQ(Titles(history), (Texts{"1", "a b"}));
  EXPECT_EQ(Ups(history), (Texts{"", "SELECT 1;\n"}));
}

}  // namespace
}  // namespace palindrome::importer
