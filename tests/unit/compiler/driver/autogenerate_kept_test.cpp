// What models do not say: tables that are the history's alone, and what uses
// something that goes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/driver/autogenerate_fixture.h"

namespace palindrome::driver {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(AutogenerateTest, ATableThatNoStructIsOnPurpose) {
  SetHistory(
      "CREATE TABLE t (id INTEGER PRIMARY KEY);\n"
      "CREATE TABLE cache (id INTEGER PRIMARY KEY, t INTEGER REFERENCES t "
      "(id));\n"
      "CREATE INDEX ix_cache ON cache (t);\n");
  const std::string model =
      "struct PALINDROME_TABLE(\"t\") T {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n";
  const std::string key =
      "  PALINDROME_REFERENCES(\"Cache\") std::optional<int> c;\n";
  SetModels(model + "};\n");
  auto outcome = Run({"models", "--check", "models.h"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("table `cache` is in the history alone"));
  world_.files()["migrations/palindrome.toml"] =
      "[models]\nunmodelled = [\"Cache\"]\n";
  outcome = Run({"models", "--check", "models.h"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(Run({"diff", "head", "models", "--models", "models.h"}).out, "");
  // Keys may refer to it.
  SetModels(model + key + "};\n");
  const std::string draft = Draft();
  EXPECT_THAT(draft, HasSubstr("ADD COLUMN c INTEGER CONSTRAINT fk_t_c "
                               "REFERENCES Cache"));
  EXPECT_THAT(draft, Not(HasSubstr("DROP")));
  ExpectBuilds();
}

TEST_F(AutogenerateTest, UnmodelledTablesAreTheHistorysAlone) {
  SetHistory("CREATE TABLE notes (id INTEGER PRIMARY KEY);\n");
  SetModels(
      "struct PALINDROME_TABLE(\"notes\") T {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n};\n");
  world_.files()["migrations/palindrome.toml"] =
      "[models]\nunmodelled = [\"note\"]\n";
  for (const std::vector<std::string>& args :
       {std::vector<std::string>{"models", "--check", "models.h"},
        {"revision", "--autogenerate", "-m", "add x", "--models", "models.h"},
        {"diff", "base", "models", "--models", "models.h"},
        {"diff", "models", "head", "--models", "models.h"}}) {
    const auto outcome = Run(args);
    EXPECT_EQ(outcome.status, args[0] == "diff" ? 2 : 1);
    EXPECT_TRUE(outcome.written.empty());
    EXPECT_THAT(
        outcome.err,
        AllOf(HasSubstr("migrations/palindrome.toml:2:15: error: "),
              HasSubstr("`unmodelled` of palindrome.toml has `note`, which is "
                        "no table of the history; did you mean `notes`?"),
              HasSubstr("[configuration]")));
  }
  for (const char* format : {"json", "sarif"}) {
    EXPECT_THAT(
        Run({"models", "--check", "--format", format, "models.h"}).out,
        AllOf(HasSubstr("no table of the history"), HasSubstr("configuration"),
              HasSubstr("migrations/palindrome.toml")));
  }
  world_.files()["migrations/palindrome.toml"] =
      "[models]\nunmodelled = [\"notes\"]\n";
  const auto outcome = Run({"models", "--check", "models.h"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(
      outcome.err,
      HasSubstr("models.h:5:34: error: struct `T` is table `notes`, which "
                "palindrome.toml says no struct is"));
}

TEST_F(AutogenerateTest, ASchemaInSqlLeavesOutUnmodelledTables) {
  SetHistory(
      "CREATE TABLE t (id INTEGER PRIMARY KEY);\n"
      "CREATE TABLE u (id INTEGER PRIMARY KEY);\n"
      "CREATE TABLE cache (id INTEGER PRIMARY KEY, t INTEGER REFERENCES t "
      "(id));\n"
      "CREATE INDEX ix_cache ON cache (t);\n"
      "CREATE VIEW cached AS SELECT t FROM cache;\n"
      "CREATE VIEW both AS SELECT cache.t FROM cache, u;\n"
      "CREATE VIEW v AS SELECT id FROM t;\n"
      "CREATE TRIGGER fill AFTER INSERT ON t BEGIN "
      "INSERT INTO cache (t) VALUES (new.id); END;\n");
  world_.files()["schema.sql"] = "CREATE TABLE t (id INTEGER PRIMARY KEY);\n";
  world_.files()["migrations/palindrome.toml"] =
      "[models]\nunmodelled = [\"Cache\"]\n";
  const auto outcome =
      world_.Run({"revision", "--autogenerate", "-m", "add things", "--rev-id",
                  "b2", "--schema", "schema.sql"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  ASSERT_EQ(outcome.written.size(), 1U);
  EXPECT_THAT(outcome.written[0].content,
              HasSubstr("UPGRADE BEGIN\n"
                        "  DROP VIEW v;\n"
                        "  ALLOW unrelated-changes-in-file BECAUSE 'the models "
                        "changed at one time';\n"
                        "  DROP VIEW both;\n"
                        "  PRESERVE DROP TABLE u;\n"
                        "END;\n"));
  // Nothing else is different.
  world_.files()["schema.sql"] =
      "CREATE TABLE t (id INTEGER PRIMARY KEY);\n"
      "CREATE TABLE u (id INTEGER PRIMARY KEY);\n"
      "CREATE VIEW v AS SELECT id FROM t;\n";
  world_.files().erase(outcome.written[0].path);
  const auto check = world_.Run({"models", "--check", "schema.sql"});
  EXPECT_EQ(check.status, 0) << check.err;
}

TEST_F(AutogenerateTest, ASchemaInSqlHasNoUnmodelledTable) {
  SetHistory("CREATE TABLE cache (id INTEGER PRIMARY KEY);\n");
  world_.files()["schema.sql"] =
      "CREATE TABLE cache (id INTEGER PRIMARY KEY);\n";
  world_.files()["migrations/palindrome.toml"] =
      "[models]\nunmodelled = [\"Cache\", \"cach\"]\n";
  const auto wrong = world_.Run({"revision", "--autogenerate", "-m",
                                 "add things", "--schema", "schema.sql"});
  EXPECT_EQ(wrong.status, 1);
  EXPECT_THAT(
      wrong.err,
      AllOf(HasSubstr("schema.sql:1:14: error: table `Cache` is said to be the "
                      "history's alone by `unmodelled` of palindrome.toml"),
            HasSubstr("migrations/palindrome.toml:2:24: error: `unmodelled` "
                      "of palindrome.toml has `cach`, which is no table of the "
                      "history; did you mean `cache`? [configuration]")));
}

TEST_F(AutogenerateTest, WhatUsesATableThatGoesGoesWithIt) {
  SetHistory(
      "CREATE TABLE t (id INTEGER PRIMARY KEY);\n"
      "CREATE TABLE u (id INTEGER PRIMARY KEY, x TEXT);\n"
      "CREATE VIEW w AS SELECT x FROM u;\n"
      "CREATE VIEW ww AS SELECT x FROM w;\n"
      "CREATE VIEW stays AS SELECT id FROM t;\n"
      "CREATE TRIGGER clean AFTER DELETE ON t BEGIN DELETE FROM u; END;\n");
  SetModels(
      "struct PALINDROME_TABLE(\"t\") T {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n};\n");
  EXPECT_EQ(Draft(),
            "UPGRADE BEGIN\n"
            "  DROP TRIGGER clean;\n"
            "  DROP VIEW ww;\n"
            "  DROP VIEW w;\n"
            "  PRESERVE DROP TABLE u;\n"
            "END;\n\nDOWNGRADE AUTO;\n");
  EXPECT_THAT(remarks_,
              AllOf(HasSubstr("what uses something that goes, goes with it: "
                              "view `w`, view `ww`, trigger `clean`\n"),
                    Not(HasSubstr("does not build"))));
  ExpectBuilds();
}

TEST_F(AutogenerateTest, WhatUsesAColumnThatGoesGoesBeforeIt) {
  SetHistory(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, gone TEXT, "
      "CONSTRAINT ck CHECK (gone > 'a'));\n"
      "CREATE INDEX ix ON t (gone);\n"
      "CREATE VIEW v AS SELECT gone FROM t;\n"
      "CREATE VIEW stays AS SELECT a FROM t;\n"
      "CREATE TRIGGER fill AFTER INSERT ON t BEGIN "
      "UPDATE t SET gone = 'b' WHERE id = new.id; END;\n");
  SetModels(
      "struct PALINDROME_TABLE(\"t\") T {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n"
      "  std::optional<std::string> a;\n};\n");
  const auto drift = Run({"models", "--check", "models.h"});
  EXPECT_THAT(drift.err,
              AllOf(HasSubstr("column `gone` of table `t` is in the "
                              "history alone"),
                    Not(HasSubstr("view")), Not(HasSubstr("trigger"))));
  EXPECT_EQ(Draft(),
            "UPGRADE BEGIN\n"
            "  DROP TRIGGER fill;\n"
            "  DROP VIEW v;\n"
            "  DROP INDEX ix;\n"
            "  ALTER TABLE t DROP CONSTRAINT ck;\n"
            "  PRESERVE ALTER TABLE t DROP COLUMN gone;\n"
            "END;\n\nDOWNGRADE AUTO;\n");
  EXPECT_THAT(remarks_, HasSubstr("goes with it: view `v`, trigger `fill`\n"));
  ExpectBuilds();
}

}  // namespace
}  // namespace palindrome::driver
