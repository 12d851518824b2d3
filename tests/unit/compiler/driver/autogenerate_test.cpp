// `revision --autogenerate`, `diff models` and `models` on real C++.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/golden/world.h"
#include "tests/support/cpp_units.h"

namespace palindrome::driver {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class AutogenerateTest : public ::testing::Test {
 protected:
  AutogenerateTest() {
    world_.SetReadUnits([this](llvm::ArrayRef<facts::CompileCommand> commands,
                               const facts::ReadOptions& options) {
      commands_ = commands.vec();
      options_ = options;
      return testing::ReadUnitsInMemory(world_.files(), commands);
    });
    world_.files()["migrations/palindrome.toml"] = "";
  }
  void SetHistory(const std::string& statements) {
    world_.files()["migrations/20250101_120000_create_tables.sql"] =
        "MIGRATION 'create tables' REVISION 'a1' REVISES NONE;\n"
        "UPGRADE BEGIN\n" +
        statements + "END;\nDOWNGRADE AUTO;\n";
  }
  void SetModels(const std::string& text) {
    world_.files()["models.h"] =
        "#include <palindrome/model.h>\n#include <cstdint>\n"
        "#include <optional>\n#include <string>\n" +
        text;
  }
  testing::Outcome Run(std::vector<std::string> args) {
    args.insert(args.end(), {"--", "-std=c++20"});
    return world_.Run(args);
  }
  // The sections of the draft, after those of the history and the models.
  std::string Draft() {
    const auto outcome = Run({"revision", "--autogenerate", "-m", "add things",
                              "--rev-id", "b2", "--models", "models.h"});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    remarks_ = outcome.err;
    if (outcome.written.size() != 1) {
      return "";
    }
    text_ = outcome.written[0].content;
    EXPECT_THAT(text_, HasSubstr("\n  DRAFT;\n"));
    return text_.substr(text_.find("UPGRADE BEGIN"));
  }
  // Without the word DRAFT, and with the blanks filled in, it builds and leads
  // to the models.
  void ExpectBuilds(const std::string& value = "1") {
    for (auto& [name, text] : world_.files()) {
      if (name.find("add_things") == std::string::npos) {
        continue;
      }
      text.erase(text.find("\n  DRAFT"), 8);
      for (std::size_t at = text.find("<value>"); at != std::string::npos;
           at = text.find("<value>")) {
        text.replace(at, 7, value);
      }
    }
    const auto check = world_.Run({"check"});
    EXPECT_EQ(check.status, 0) << check.err << text_;
    const auto models = Run({"models", "--check", "models.h"});
    EXPECT_EQ(models.status, 0) << models.err;
  }

  testing::World world_;
  std::vector<facts::CompileCommand> commands_;
  facts::ReadOptions options_;
  std::string remarks_;
  std::string text_;
};

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
        {"revision", "--autogenerate", "-m", "add x", "--models",
         "models.h"}}) {
    const auto outcome = Run(args);
    EXPECT_EQ(outcome.status, 1);
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

// So that a build with CHECK_QUERIES parses nothing twice.
TEST_F(AutogenerateTest, UnitsAreReadAsForQueries) {
  SetModels(
      "struct PALINDROME_TABLE(\"t\") T {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n};\n");
  world_.files()["migrations/palindrome.toml"] =
      "[queries]\nfunctions = [\"db::Run:2\"]\n";
  const std::vector<std::string> functions = {"db::Run:2"};
  Run({"models", "models.h", "--cache", "kept"});
  EXPECT_EQ(options_.query_functions, functions);
  EXPECT_EQ(options_.cache, "kept");
  options_ = {};
  Run({"queries", "models.h", "--cache", "kept"});
  EXPECT_EQ(options_.query_functions, functions);
  EXPECT_EQ(options_.cache, "kept");
  options_ = {};
  Draft();
  EXPECT_EQ(options_.query_functions, functions);
}

TEST_F(AutogenerateTest, NoStructIsATable) {
  SetHistory("CREATE TABLE t (id INTEGER PRIMARY KEY);\n");
  SetModels("struct T {};\n");
  const auto outcome = Run({"models", "--check", "models.h"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("no struct is marked as a table"));
}

TEST_F(AutogenerateTest, DiffAndModelsSayTheTables) {
  SetHistory("CREATE TABLE t (id INTEGER PRIMARY KEY);\n");
  SetModels(
      "struct PALINDROME_TABLE(\"t\") T {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id; int a;\n};\n");
  auto outcome = Run({"diff", "head", "models", "--models", "models.h"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.out,
            "from `head` to `models`:\n"
            "  column `a` of table `t` is there as well\n");
  outcome = Run({"diff", "models", "models", "--models", "models.h"});
  EXPECT_EQ(outcome.status, 0);
  outcome = Run({"models", "models.h"});
  EXPECT_EQ(outcome.out,
            "CREATE TABLE t (\n  id INTEGER PRIMARY KEY,\n"
            "  a INTEGER NOT NULL\n);\n");
  outcome = Run({"models", "models.h", "--format", "json"});
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("\"struct\": \"T\""), HasSubstr("\"line\": 5")));
}

TEST_F(AutogenerateTest, ACompilationDatabase) {
  SetModels(
      "struct PALINDROME_TABLE(\"t\") T {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n};\n");
  world_.files()["far/b.cpp"] = "";
  world_.files()["a.cpp"] = "#include \"models.h\"\n";
  world_.files()["build/compile_commands.json"] =
      "[{\"directory\": \"/project/build\", \"file\": \"../far/b.cpp\","
      "  \"command\": \"c++ -std=c++20 -DFAR -c ../far/b.cpp\"},"
      " {\"directory\": \"/project/build\", \"file\": \"/project/a.cpp\","
      "  \"command\": \"c++ -std=c++20 -DNEAR -o a.o -c /project/a.cpp\"}]";
  auto outcome = world_.Run({"models", "-p", "build"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("CREATE TABLE t"));
  EXPECT_EQ(commands_.size(), 2U);
  outcome = world_.Run({"models", "models.h", "-p", "build"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  ASSERT_EQ(commands_.size(), 1U);
  EXPECT_EQ(commands_[0].file, "/project/models.h");
  EXPECT_THAT(commands_[0].arguments, ::testing::Contains("-DNEAR"));
  EXPECT_THAT(commands_[0].arguments,
              Not(::testing::Contains("/project/a.cpp")));
}

}  // namespace
}  // namespace palindrome::driver
