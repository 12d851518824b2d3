// The drafts of `revision --autogenerate`, from real C++.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/driver/autogenerate_fixture.h"

namespace palindrome::driver {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(AutogenerateTest, TablesInTheOrderOfTheirKeys) {
  SetModels(
      "struct PALINDROME_TABLE(\"a\") PALINDROME_INDEX(\"ix\", \"b_id\") A {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n"
      "  PALINDROME_REFERENCES(\"b (id)\") std::int64_t b_id;\n};\n"
      "struct PALINDROME_TABLE(\"b\") B {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n};\n");
  const std::string draft = Draft();
  EXPECT_EQ(draft,
            "UPGRADE BEGIN\n"
            "  CREATE TABLE b (\n"
            "    id INTEGER PRIMARY KEY\n"
            "  );\n"
            "  CREATE TABLE a (\n"
            "    id INTEGER PRIMARY KEY,\n"
            "    b_id INTEGER NOT NULL CONSTRAINT fk_a_b_id REFERENCES b "
            "(id)\n"
            "  );\n"
            "  CREATE INDEX ix ON a (b_id);\n"
            "END;\n\nDOWNGRADE AUTO;\n");
  ExpectBuilds();
}

TEST_F(AutogenerateTest, ColumnsAndConstraints) {
  SetHistory(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, gone TEXT, kind INTEGER, "
      "CONSTRAINT old CHECK (kind > 0));\n");
  SetModels(
      "struct PALINDROME_TABLE(\"t\") PALINDROME_CHECK(\"ck\", \"size > 1\") T "
      "{\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n"
      "  std::optional<std::string> kind;\n"
      "  PALINDROME_DEFAULT(\"3\") PALINDROME_UNIQUE_COLUMN double "
      "size;\n};\n");
  const std::string draft = Draft();
  EXPECT_THAT(draft,
              AllOf(HasSubstr("DROP CONSTRAINT old;\n"),
                    HasSubstr("PRESERVE ALTER TABLE t DROP COLUMN gone;\n"),
                    HasSubstr("PRESERVE ALTER TABLE t ALTER COLUMN kind TYPE "
                              "TEXT;\n"),
                    HasSubstr("ADD CONSTRAINT ck CHECK (size > 1);\n"),
                    HasSubstr("DOWNGRADE AUTO;\n")));
  EXPECT_THAT(remarks_, HasSubstr("not compared"));
}

TEST_F(AutogenerateTest, ANewColumnThatIsNotNull) {
  SetHistory("CREATE TABLE t (id INTEGER PRIMARY KEY);\n");
  SetModels(
      "struct PALINDROME_TABLE(\"t\") T {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n  int size;\n};\n");
  const std::string draft = Draft();
  EXPECT_THAT(draft,
              HasSubstr("UPGRADE BEGIN\n"
                        "  ALTER TABLE t ADD COLUMN size INTEGER;\n"
                        "  -- Fill in what the rows that are there get.\n"
                        "  UPDATE t SET size = <value>;\n"
                        "  ALTER TABLE t ALTER COLUMN size SET NOT NULL;\n"
                        "END;\n"));
  EXPECT_THAT(remarks_, HasSubstr("`<value>` is left"));
  // Not before it is filled in.
  std::string& text =
      world_.files()["migrations/20250115_143022_add_things.sql"];
  const std::string before = text;
  text.erase(text.find("\n  DRAFT"), 8);
  EXPECT_EQ(world_.Run({"check"}).status, 1);
  text = before;
  ExpectBuilds();
}

TEST_F(AutogenerateTest, AColumnThatBecomesNotNull) {
  SetHistory("CREATE TABLE t (id INTEGER PRIMARY KEY, size INTEGER);\n");
  SetModels(
      "struct PALINDROME_TABLE(\"t\") T {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n  int size;\n};\n");
  EXPECT_THAT(
      Draft(),
      HasSubstr("  UPDATE t SET size = <value> WHERE size IS NULL;\n"
                "  PRESERVE ALTER TABLE t ALTER COLUMN size SET NOT NULL;\n"));
  ExpectBuilds();
}

TEST_F(AutogenerateTest, AColumnThatGoesAndIsNotNull) {
  SetHistory("CREATE TABLE t (id INTEGER PRIMARY KEY, size REAL NOT NULL);\n");
  SetModels(
      "struct PALINDROME_TABLE(\"t\") T {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n};\n");
  EXPECT_THAT(Draft(),
              HasSubstr("  ALTER TABLE t ALTER COLUMN size DROP NOT NULL;\n"
                        "  PRESERVE ALTER TABLE t DROP COLUMN size;\n"));
  ExpectBuilds();
}

TEST_F(AutogenerateTest, ARenameIsNotGuessed) {
  SetHistory("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT);\n");
  SetModels(
      "struct PALINDROME_TABLE(\"t\") PALINDROME_INDEX(\"ix\", \"title\") T {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n"
      "  std::optional<std::string> title;\n};\n"
      "struct PALINDROME_TABLE(\"u\") U {\n"
      "  PALINDROME_PRIMARY_KEY int a;\n};\n");
  const std::string draft = Draft();
  EXPECT_EQ(draft,
            "UPGRADE BEGIN\n"
            "  -- CHOOSE: either column name of t\n"
            "  -- go, and what is like them comes anew:\n"
            "  PRESERVE ALTER TABLE t DROP COLUMN name;\n"
            "  ALTER TABLE t ADD COLUMN title TEXT;\n"
            "  -- or they are renamed, and this stands instead:\n"
            "  -- ALTER TABLE t RENAME COLUMN name TO title;\n"
            "  -- END OF THE CHOICE\n"
            "  ALLOW unrelated-changes-in-file BECAUSE 'the models changed at "
            "one time';\n"
            "  CREATE TABLE u (\n    a INTEGER PRIMARY KEY\n  );\n"
            "  CREATE INDEX ix ON t (title);\n"
            "END;\n\nDOWNGRADE AUTO;\n");
  EXPECT_THAT(remarks_, HasSubstr("both readings"));
  ExpectBuilds();
}

TEST_F(AutogenerateTest, AHintSettlesARename) {
  SetHistory("CREATE TABLE task (id INTEGER PRIMARY KEY, name TEXT);\n");
  SetModels(
      "struct PALINDROME_TABLE(\"tasks\") PALINDROME_RENAMED_FROM(\"task\") T "
      "{\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n"
      "  PALINDROME_RENAMED_FROM(\"name\") std::optional<std::string> "
      "title;\n};\n");
  EXPECT_EQ(Draft(),
            "UPGRADE BEGIN\n"
            "  ALTER TABLE task RENAME TO tasks;\n"
            "  ALTER TABLE tasks RENAME COLUMN name TO title;\n"
            "END;\n\nDOWNGRADE AUTO;\n");
  ExpectBuilds();
  EXPECT_EQ(Draft(), "");
}

TEST_F(AutogenerateTest, ATableThatMayBeRenamed) {
  SetHistory(
      "CREATE TABLE old (id INTEGER PRIMARY KEY, a TEXT, b TEXT);\n"
      "CREATE VIEW v AS SELECT 1 AS one;\n");
  SetModels(
      "struct PALINDROME_TABLE(\"new\") T {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n"
      "  std::optional<std::string> a; std::optional<std::string> c;\n};\n");
  const std::string draft = Draft();
  EXPECT_THAT(draft,
              AllOf(HasSubstr("  PRESERVE DROP TABLE old;\n"),
                    HasSubstr("  -- ALTER TABLE old RENAME TO new;\n"
                              "  -- ALTER TABLE new RENAME COLUMN b TO c;\n")));
  EXPECT_THAT(remarks_, HasSubstr("views (`v`)"));
  ExpectBuilds();
}

TEST_F(AutogenerateTest, WhatNoStatementMakes) {
  SetHistory("CREATE TABLE t (id INTEGER PRIMARY KEY);\n");
  SetModels(
      "struct PALINDROME_TABLE(\"t\") PALINDROME_STRICT T {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n};\n");
  const auto outcome = Run({"revision", "--autogenerate", "-m", "add things",
                            "--models", "models.h"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(outcome.written.empty());
  EXPECT_THAT(outcome.err, HasSubstr("table `t`: becomes STRICT"));
}

TEST_F(AutogenerateTest, ErrorsOfModelsStopIt) {
  SetModels("struct PALINDROME_TABLE(\"t\") T {\n  int* a;\n};\n");
  const auto outcome = Run({"revision", "--autogenerate", "-m", "add things",
                            "--models", "models.h"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(outcome.written.empty());
  EXPECT_THAT(outcome.err, HasSubstr("models.h:6:8: error: field `a` has"));
}

TEST_F(AutogenerateTest, AHintThatSettlesNothingIsSaid) {
  SetHistory("CREATE TABLE notes (id INTEGER PRIMARY KEY, status TEXT);\n");
  SetModels(
      "struct PALINDROME_TABLE(\"notes\") "
      "PALINDROME_RENAMED_FROM(\"long_gone\") "
      "T {\n"
      "  PALINDROME_PRIMARY_KEY PALINDROME_RENAMED_FROM(\"key\")\n"
      "  std::int64_t id;\n"
      "  PALINDROME_RENAMED_FROM(\"staus\") std::optional<std::string> s;\n"
      "  PALINDROME_RENAMED_FROM(\"id\") std::optional<int> other;\n};\n"
      "struct PALINDROME_TABLE(\"u\") PALINDROME_RENAMED_FROM(\"note\") U {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n};\n");
  Draft();
  EXPECT_THAT(
      remarks_,
      AllOf(HasSubstr(
                "the PALINDROME_RENAMED_FROM of column `s` of table `notes` "
                "settles nothing, for the history has no `staus`; did "
                "you mean `status`?"),
            HasSubstr("of column `other` of table `notes` settles nothing, for "
                      "the models still have `id`"),
            HasSubstr("of table `u` settles nothing, for the history has no "
                      "`note`; did you mean `notes`?")));
  // What was renamed long ago is no news.
  EXPECT_THAT(remarks_, Not(HasSubstr("long_gone")));
  EXPECT_THAT(remarks_, Not(HasSubstr("`key`")));
}

}  // namespace
}  // namespace palindrome::driver
