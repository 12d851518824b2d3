#include <gtest/gtest.h>

#include "tests/unit/compiler/import/import_test.h"

namespace palindrome::importer {
namespace {

std::string FailureOf(const std::string& text) {
  const ForeignHistory history = ReadAs("sql-migrate", {{"1_a.sql", text}});
  return history.size() == 1 ? history.front().failure : "not one";
}

TEST(SqlMigrateTest, ReadsWhatIsBetweenTheCommands) {
  const ForeignHistory history = ReadAs("sql-migrate", {{"1_add_notes.sql",
                                                         R"(-- Notes.
SELECT 'never run';
-- +migrate Dependencies 0_first.sql
-- +migrate Up notransaction
-- The table.
CREATE TABLE notes (a);
-- +migrate StatementBegin
CREATE TRIGGER t AFTER INSERT ON notes BEGIN
  DELETE FROM notes;
END;
-- +migrate StatementEnd
-- +migrate Down
DROP TABLE notes;
-- +migrate Up
SELECT 2;
)"}});
  ASSERT_EQ(history.size(), 1U);
  EXPECT_EQ(history[0].title, "add notes");
  EXPECT_EQ(history[0].documentation, "Notes.");
  EXPECT_EQ(history[0].up, R"(-- The table.
CREATE TABLE notes (a);
CREATE TRIGGER t AFTER INSERT ON notes BEGIN
  DELETE FROM notes;
END;
SELECT 2;
)");
  EXPECT_EQ(history[0].down, "DROP TABLE notes;\n");
  EXPECT_EQ(history[0].failure, "");
}

TEST(SqlMigrateTest, SortsByNumbersThenNames) {
  const std::string text = "-- +migrate Up\r\nSELECT 1;\r\n";
  const ForeignHistory history =
      ReadAs("sql-migrate", {{"10_c.sql", text},
                             {"2_b.sql", text},
                             {"02_a.sql", text},
                             {"alpha.sql", text},
                             {"Beta.sql", text},
                             {"99999999999999999999_z.sql", text},
                             {"sub/1_a.sql", text},
                             {"README.md", "# Notes"}});
  EXPECT_EQ(Names(history), (Texts{"02_a", "2_b", "10_c",
                                   "99999999999999999999_z", "Beta", "alpha"}));
  EXPECT_EQ(Titles(history), (Texts{"a", "b", "c", "z", "beta", "alpha"}));
  EXPECT_EQ(Failures(history), (Texts{"", "", "", "", "", ""}));
  EXPECT_EQ(Downs(history), (Texts(6, "none")));
}

TEST(SqlMigrateTest, RefusesWhatSqlMigrateRefuses) {
  EXPECT_EQ(FailureOf(""), "it has no `-- +migrate Up`");
  EXPECT_EQ(FailureOf("--  +migrate Up\n"), "it has no `-- +migrate Up`");
  EXPECT_EQ(FailureOf("-- +migrate up\n"), "it has no `-- +migrate Up`");
  EXPECT_EQ(FailureOf("-- +migrate Down\nSELECT 1;"), "");
  EXPECT_EQ(FailureOf("-- +migrate Up\n-- +migrate \n"),
            "a `-- +migrate` has no command");
  EXPECT_EQ(
      FailureOf("-- +migrate Up\n-- +migrate StatementBegin\nSELECT 1;\n"),
      "a `-- +migrate StatementBegin` has no `-- +migrate StatementEnd`");
}

}  // namespace
}  // namespace palindrome::importer
