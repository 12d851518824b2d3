#include <gtest/gtest.h>

#include "tests/unit/compiler/import/import_test.h"

namespace palindrome::importer {
namespace {

TEST(FlywayTest, ReadsVersionsUndosAndRepeatables) {
  const ForeignHistory history =
      ReadAs("flyway", {{"V2__add_notes.sql", "CREATE TABLE n (a);\r\n"},
                        {"V1_10__Ten.sql", "SELECT 10;"},
                        {"V1.9__Nine.sql", "SELECT 9;"},
                        {"old/V1__Create users.sql", "CREATE TABLE u (a);"},
                        {"U1.0__Undo.sql", "DROP TABLE u;"},
                        {"V20250115143022.sql", "SELECT 3;"},
                        {"R__b_view.sql", "CREATE VIEW b AS SELECT 1;"},
                        {"R__a_view.sql", "CREATE VIEW a AS SELECT 1;"},
                        {"beforeMigrate.sql", "SELECT 4;"},
                        {"Version.sql", "SELECT 5;"},
                        {"V1__a.sql.conf", ""},
                        {"README.md", ""}});
  EXPECT_EQ(
      Names(history),
      (Texts{"V1__Create users", "V1.9__Nine", "V1_10__Ten", "V2__add_notes",
             "V20250115143022", "R__a_view", "R__b_view"}));
  EXPECT_EQ(Titles(history), (Texts{"create users", "nine", "ten", "add notes",
                                    "v20250115143022", "a view", "b view"}));
  EXPECT_EQ(Dates(history),
            (Texts{"", "", "", "", "2025-01-15 14:30:22", "", ""}));
  EXPECT_EQ(Downs(history), (Texts{"DROP TABLE u;\n", "none", "none", "none",
                                   "none", "none", "none"}));
  EXPECT_EQ(history[3].up, "CREATE TABLE n (a);\n");
  EXPECT_EQ(history[0].source, "old/V1__Create users.sql");
  EXPECT_EQ(Failures(history), (Texts(7, "")));
}

constexpr char kBaseline[] =
    "a baseline stands for all versions up to its own, which are imported "
    "themselves";

TEST(FlywayTest, SaysWhatItCannotRead) {
  const ForeignHistory history =
      ReadAs("flyway", {{"V1__a.sql", ""},
                        {"V1.0__b.sql", ""},
                        {"B1__base.sql", "SELECT 1;"},
                        {"U7__c.sql", "SELECT 2;"},
                        {"V2__d.java", "class V2__d {}"},
                        {"V3__e.sql", "CREATE TABLE ${name} (a);"},
                        {"x/R__v.sql", ""},
                        {"y/R__v.sql", ""}});
  EXPECT_EQ(Names(history), (Texts{"V1.0__b", "V1__a", "B1__base", "V2__d",
                                   "V3__e", "U7__c", "R__v", "R__v"}));
  EXPECT_EQ(Failures(history),
            (Texts{"", "version `1` is already that of `V1.0__b.sql`",
                   kBaseline, "it is written in Java; write it in SQL first",
                   "it uses the placeholder `${name}`; write its value instead",
                   "it takes version `7` back, which no file applies", "",
                   "version `v` is already that of `x/R__v.sql`"}));
}

TEST(FlywayTest, GivesEachUndoToItsVersion) {
  const ForeignHistory history = ReadAs("flyway", {{"V1__a.sql", ""},
                                                   {"U1__a.sql", "SELECT 1;"},
                                                   {"U1__b.sql", "SELECT 2;"}});
  EXPECT_EQ(Names(history), (Texts{"V1__a", "U1__b"}));
  EXPECT_EQ(Downs(history), (Texts{"SELECT 1;\n", "SELECT 2;\n"}));
  EXPECT_EQ(Failures(history),
            (Texts{"", "another file takes version `1` back already"}));
}

}  // namespace
}  // namespace palindrome::importer
