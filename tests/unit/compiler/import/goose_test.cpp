#include <gtest/gtest.h>

#include "tests/unit/compiler/import/import_test.h"

namespace palindrome::importer {
namespace {

std::string FailureOf(const std::string& text) {
  const ForeignHistory history = ReadAs("goose", {{"1_a.sql", text}});
  return history.size() == 1 ? history.front().failure : "not one";
}

TEST(GooseTest, ReadsWhatIsBetweenTheAnnotations) {
  const ForeignHistory history = ReadAs("goose", {{"00001_add_notes.sql",
                                                   R"(-- Notes of users.
-- +goose NO TRANSACTION

-- +goose Up
-- The table.
CREATE TABLE notes (a);
-- +goose StatementBegin
CREATE TRIGGER t AFTER INSERT ON notes BEGIN
  DELETE FROM notes;
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE notes;
)"}});
  ASSERT_EQ(history.size(), 1U);
  EXPECT_EQ(history[0].source, "00001_add_notes.sql");
  EXPECT_EQ(history[0].name, "00001_add_notes");
  EXPECT_EQ(history[0].title, "add notes");
  EXPECT_EQ(history[0].documentation, "Notes of users.");
  EXPECT_EQ(history[0].up, R"(-- The table.
CREATE TABLE notes (a);
CREATE TRIGGER t AFTER INSERT ON notes BEGIN
  DELETE FROM notes;
END;
)");
  EXPECT_EQ(history[0].down, "DROP TABLE notes;\n");
  EXPECT_EQ(history[0].failure, "");
}

TEST(GooseTest, TakesAnnotationsInAnyCaseAndLineEnd) {
  const ForeignHistory history = ReadAs(
      "goose", {{"20250115143022_a.sql",
                 "\xEF\xBB\xBF--   +goose up\r\nSELECT 1;\r\n--+goose DOWN "
                 "\r\n"}});
  EXPECT_EQ(Ups(history), (Texts{"SELECT 1;\n"}));
  EXPECT_EQ(Downs(history), (Texts{""}));
  EXPECT_EQ(Failures(history), (Texts{""}));
  EXPECT_EQ(Dates(history), (Texts{"2025-01-15 14:30:22"}));
}

TEST(GooseTest, GoesByLinesAlsoInStrings) {
  const ForeignHistory history = ReadAs(
      "goose", {{"1_a.sql", "-- +goose Up\nSELECT 'x\n-- +goose Down\ny';\n"}});
  EXPECT_EQ(Ups(history), (Texts{"SELECT 'x\n"}));
  EXPECT_EQ(Downs(history), (Texts{"y';\n"}));
}

TEST(GooseTest, RefusesWhatGooseRefuses) {
  EXPECT_EQ(FailureOf(""), "it has no `-- +goose Up`");
  EXPECT_EQ(FailureOf("SELECT 1;"), "it has no `-- +goose Up`");
  EXPECT_EQ(FailureOf("SELECT 1;\n-- +goose Up\n"),
            "it has statements before `-- +goose Up`");
  EXPECT_EQ(FailureOf("-- +goose Up\n-- +goose Up\n"),
            "it has a second `-- +goose Up`");
  EXPECT_EQ(FailureOf("-- +goose Down\n-- +goose Up\n"),
            "it has `-- +goose Down` before `-- +goose Up`");
  EXPECT_EQ(FailureOf("-- +goose Up\n-- +goose Down\n-- +goose Down\n"),
            "it has a second `-- +goose Down`");
  EXPECT_EQ(FailureOf("-- +goose Up\n-- +goose Upp\n"),
            "goose has no annotation `Upp`");
  EXPECT_EQ(FailureOf("-- +goose Up\n  -- +goose Down\nSELECT 1;"),
            "a `-- +goose` does not begin its line");
  EXPECT_EQ(FailureOf("-- +goose Up\n-- +goose StatementBegin\nSELECT 1;\n"),
            "a `-- +goose StatementBegin` has no `-- +goose StatementEnd`");
}

TEST(GooseTest, RefusesEnvironmentVariables) {
  const std::string use = "SELECT '${A}';\n";
  EXPECT_EQ(FailureOf("-- +goose Up\n" + use), "");
  EXPECT_EQ(FailureOf("-- +goose Up\n-- +goose ENVSUB ON\n-- +goose ENVSUB "
                      "OFF\n" +
                      use),
            "");
  EXPECT_EQ(FailureOf("-- +goose ENVSUB ON\n-- +goose Up\n" + use),
            "it uses the environment variable `${A}`; write its value instead");
}

TEST(GooseTest, SaysWhatItCannotRead) {
  const std::string text = "-- +goose Up\nSELECT 1;\n";
  const ForeignHistory history =
      ReadAs("goose", {{"1_a.sql", text},
                       {"00001_b.sql", text},
                       {"3_c.go", "package migrations"},
                       {"3_c_test.go", "package migrations"},
                       {"main.go", "package migrations"},
                       {"notes.sql", text},
                       {"schema.sql", "CREATE TABLE a (b);"},
                       {"sub/4_d.sql", text}});
  EXPECT_EQ(Names(history), (Texts{"notes", "00001_b", "1_a", "3_c"}));
  EXPECT_EQ(Failures(history),
            (Texts{"its name does not begin with a version and `_`", "",
                   "version `1` is already that of `00001_b.sql`",
                   "it is written in Go; write it in SQL first"}));
}

}  // namespace
}  // namespace palindrome::importer
