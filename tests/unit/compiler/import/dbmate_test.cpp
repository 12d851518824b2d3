#include <gtest/gtest.h>

#include "tests/unit/compiler/import/import_test.h"

namespace palindrome::importer {
namespace {

std::string FailureOf(const std::string& text) {
  const ForeignHistory history = ReadAs("dbmate", {{"1_a.sql", text}});
  return history.size() == 1 ? history.front().failure : "not one";
}

TEST(DbmateTest, ReadsWhatIsBetweenTheAnnotations) {
  const ForeignHistory history =
      ReadAs("dbmate", {{"20250115143022_create_users.sql",
                         "-- All users.\r\n\r\n"
                         "-- migrate:up transaction:false\r\n"
                         "CREATE TABLE users (a); -- One.\r\n\r\n"
                         "-- migrate:down\r\nDROP TABLE users;\r\n"},
                        {"20250116.sql", "--migrate:up\nSELECT 1;"},
                        {"schema.sql", "CREATE TABLE users (a);"},
                        {".gitkeep", ""},
                        {"sub/1_a.sql", "-- migrate:up\n"}});
  EXPECT_EQ(Names(history), (Texts{"20250115143022_create_users", "20250116"}));
  EXPECT_EQ(Titles(history), (Texts{"create users", "20250116"}));
  EXPECT_EQ(Dates(history),
            (Texts{"2025-01-15 14:30:22", "2025-01-16 00:00:00"}));
  EXPECT_EQ(Ups(history),
            (Texts{"CREATE TABLE users (a); -- One.\n", "SELECT 1;\n"}));
  EXPECT_EQ(Downs(history), (Texts{"DROP TABLE users;\n", "none"}));
  EXPECT_EQ(history[0].documentation, "All users.");
  EXPECT_EQ(Failures(history), (Texts{"", ""}));
}

TEST(DbmateTest, SortsByFileName) {
  const std::string text = "-- migrate:up\n";
  const ForeignHistory history = ReadAs(
      "dbmate", {{"1_a.sql", text}, {"10_b.sql", text}, {"1-c.sql", text}});
  EXPECT_EQ(Names(history), (Texts{"1-c", "10_b", "1_a"}));
  EXPECT_EQ(Failures(history),
            (Texts{"", "", "version `1` is already that of `1-c.sql`"}));
}

TEST(DbmateTest, RefusesWhatDbmateRefuses) {
  EXPECT_EQ(FailureOf(""), "it has no `-- migrate:up`");
  EXPECT_EQ(FailureOf("-- migrate:upward\n"), "it has no `-- migrate:up`");
  EXPECT_EQ(FailureOf(" -- migrate:up\n"), "it has no `-- migrate:up`");
  EXPECT_EQ(FailureOf("-- migrate:down\n-- migrate:up\n"),
            "it has `-- migrate:down` before `-- migrate:up`");
  EXPECT_EQ(FailureOf("SELECT 1;\n-- migrate:up\n"),
            "it has statements before `-- migrate:up`");
}

TEST(DbmateTest, TakesTheFirstAnnotationOfEachKind) {
  const ForeignHistory history =
      ReadAs("dbmate", {{"1_a.sql",
                         "-- migrate:up\nSELECT 'x\n-- migrate:up\n';\n"
                         "-- migrate:down\nSELECT 2;\n-- migrate:down\n"}});
  EXPECT_EQ(Ups(history), (Texts{"SELECT 'x\n-- migrate:up\n';\n"}));
  EXPECT_EQ(Downs(history), (Texts{"SELECT 2;\n-- migrate:down\n"}));
}

}  // namespace
}  // namespace palindrome::importer
