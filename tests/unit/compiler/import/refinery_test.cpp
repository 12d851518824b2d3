#include <gtest/gtest.h>

#include "tests/unit/compiler/import/import_test.h"

namespace palindrome::importer {
namespace {

TEST(RefineryTest, ReadsBothKindsInOneLine) {
  const ForeignHistory history =
      ReadAs("refinery", {{"V10__add_notes.sql", "CREATE TABLE n (a);\r\n"},
                          {"sub/V2__CreateUsers.sql", "CREATE TABLE u (a);"},
                          {"U20250115143022__late.sql", "SELECT 1;"},
                          {"mod.rs", ""},
                          {"V3_wrong.sql", "SELECT 2;"},
                          {"README.md", ""}});
  EXPECT_EQ(Names(history), (Texts{"V2__CreateUsers", "V10__add_notes",
                                   "U20250115143022__late"}));
  EXPECT_EQ(Titles(history), (Texts{"create users", "add notes", "late"}));
  EXPECT_EQ(Dates(history), (Texts{"", "", "2025-01-15 14:30:22"}));
  EXPECT_EQ(Ups(history), (Texts{"CREATE TABLE u (a);\n",
                                 "CREATE TABLE n (a);\n", "SELECT 1;\n"}));
  EXPECT_EQ(Downs(history), (Texts(3, "none")));
  EXPECT_EQ(Failures(history), (Texts{"", "", ""}));
  EXPECT_EQ(history[0].source, "sub/V2__CreateUsers.sql");
}

TEST(RefineryTest, SaysWhatItCannotRead) {
  const ForeignHistory history =
      ReadAs("refinery", {{"V1__a.sql", ""},
                          {"V01__b.sql", ""},
                          {"U1__c.sql", ""},
                          {"V2__d.rs", "pub fn migration() {}"},
                          {"V3.1__e.sql", ""},
                          {"V4__f-g.sql", ""}});
  EXPECT_EQ(Names(history),
            (Texts{"U1__c", "V01__b", "V1__a", "V2__d", "V3.1__e", "V4__f-g"}));
  EXPECT_EQ(Failures(history),
            (Texts{"", "version `1` is already that of `U1__c.sql`",
                   "version `1` is already that of `U1__c.sql`",
                   "it is written in Rust; write it in SQL first",
                   "refinery does not read a file of this name",
                   "refinery does not read a file of this name"}));
}

}  // namespace
}  // namespace palindrome::importer
