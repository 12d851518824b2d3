// `palindrome diff` of databases and programs, beside revisions.
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/golden/world.h"
#include "tests/support/binary_files.h"
#include "tests/support/files.h"
#include "tests/unit/compiler/inspect/inspect_test_support.h"
#include <unistd.h>

namespace palindrome::driver {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// The world has the files that the real disk has.
class DiffTest : public ::testing::Test {
 protected:
  DiffTest() {
    fs::create_directories(folder_);
    fs::current_path(folder_);
    world_.files()["migrations/20250101_120000_create_users.sql"] =
        "MIGRATION 'create users' REVISION 'a1' REVISES NONE;\n"
        "UPGRADE BEGIN\n"
        "  CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);\n"
        "  CREATE VIEW names AS SELECT name FROM users;\n"
        "END;\nDOWNGRADE AUTO;\n";
    world_.files()["migrations/20250102_120000_require_names.sql"] =
        "MIGRATION 'require names' REVISION 'b2' REVISES 'a1';\n"
        "UPGRADE BEGIN\n"
        "  PRESERVE ALTER TABLE users ALTER COLUMN name TYPE INTEGER;\n"
        "END;\nDOWNGRADE AUTO;\n";
  }
  ~DiffTest() override {
    fs::current_path(home_);
    fs::remove_all(folder_);
  }

  void MakeDatabase(const std::string& name, const std::string& sql) {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(name.c_str(), &handle), SQLITE_OK);
    char* message = nullptr;
    sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &message);
    EXPECT_EQ(message, nullptr) << message;
    sqlite3_free(message);
    sqlite3_close(handle);
    world_.files()[name] = testing::ReadFile(name);
  }

  testing::Outcome Diff(std::vector<std::string> args) {
    args.insert(args.begin(), "diff");
    return world_.Run(args);
  }
  void ExpectSame(const std::string& before, const std::string& after) {
    const auto outcome = Diff({before, after});
    EXPECT_EQ(outcome.status, 0) << outcome.out;
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "");
  }
  void ExpectTrouble(const std::string& word, const std::string& message) {
    for (const auto& args : std::vector<std::vector<std::string>>{
             {word, "a1"}, {"a1", word}, {"--format", "sql", "a1", word}}) {
      const auto outcome = Diff(args);
      EXPECT_EQ(outcome.status, 2);
      EXPECT_EQ(outcome.out, "");
      EXPECT_THAT(outcome.err, HasSubstr(message));
    }
  }

  const fs::path home_ = fs::current_path();
  const fs::path folder_ = fs::path(::testing::TempDir()) /
                           ("palindrome diff " + std::to_string(getpid()));
  testing::World world_;
};

TEST_F(DiffTest, ADatabase) {
  MakeDatabase("app.db",
               "CREATE TABLE \"users\" (id INTEGER PRIMARY KEY, name text);"
               "CREATE VIEW names AS SELECT name FROM users;"
               "INSERT INTO users VALUES (1, 'x');"
               "CREATE TABLE palindrome_history (x);"
               "CREATE TABLE palindrome_archive_1_a1 (x);"
               "CREATE TABLE schema_migrations (version);");
  ExpectSame("app.db", "a1");
  ExpectSame("a1", "app.db");
  const auto outcome = Diff({"app.db", "b2", "--format", "sql"});
  EXPECT_EQ(outcome.status, 1);
  // A view of the column is in the way of its change.
  EXPECT_EQ(outcome.out,
            "DROP VIEW names;\n"
            "ALTER TABLE users ALTER COLUMN name TYPE INTEGER;\n"
            "CREATE VIEW names AS SELECT name FROM users;\n");
}

// What was made anew later stands behind what uses it.
TEST_F(DiffTest, ADatabaseInAnotherOrder) {
  MakeDatabase("app.db",
               "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);"
               "CREATE VIEW w AS SELECT name FROM users;"
               "CREATE VIEW names AS SELECT name FROM w;"
               "DROP VIEW w; CREATE VIEW w AS SELECT name FROM users;");
  MakeDatabase("other.db",
               "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);"
               "CREATE VIEW w AS SELECT name FROM users;"
               "CREATE VIEW names AS SELECT name FROM w;");
  ExpectSame("app.db", "other.db");
}

TEST_F(DiffTest, ADatabaseThatCannotBeCompared) {
  MakeDatabase("broken.db",
               "CREATE TABLE users (id); CREATE VIEW v AS SELECT * FROM users;"
               "DROP TABLE users;");
  ExpectTrouble("broken.db", "view `v` cannot be read");
  std::ofstream("cut.db", std::ios::binary) << "SQLite format 3";
  world_.files()["cut.db"] = "SQLite format 3";
  ExpectTrouble("cut.db", "cut.db");
}

// As `add_migrations` compiles the folder's two migrations.
std::vector<testing::HistoryRow> Rows() {
  std::vector<testing::HistoryRow> rows(2);
  rows[0].revision = "a1";
  rows[0].up.statements = {
      {0, "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)"},
      {0, "CREATE VIEW names AS SELECT name FROM users"}};
  rows[1].revision = "b2";
  rows[1].parents = {"a1"};
  rows[1].up.statements = {
      {table::kExpectNoRows, "SELECT 'wrong' FROM users WHERE id IS NULL"},
      {0,
       "CREATE TABLE _palindrome_new_users (id INTEGER PRIMARY KEY, name "
       "INTEGER)"},
      {table::kCopiesRows | table::kCheckForeignKeys,
       "INSERT INTO _palindrome_new_users SELECT id, name FROM users"},
      {0, "DROP TABLE users"},
      {table::kLegacyAlterTable,
       "ALTER TABLE _palindrome_new_users RENAME TO users"}};
  return testing::Chained(rows);
}

TEST_F(DiffTest, AProgram) {
  std::vector<testing::HistoryRow> rows = Rows();
  world_.files()["new"] = testing::MakeElf(testing::TableOf("board", rows),
                                           testing::Elf::k64Little);
  rows.pop_back();
  world_.files()["old"] =
      testing::MakeElf(testing::SwappedBytes(testing::TableOf("board", rows)),
                       testing::Elf::k32Big);
  ExpectSame("old", "a1");
  ExpectSame("new", "head");
  const auto outcome = Diff({"old", "new"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.out,
            "from `old` to `new`:\n"
            "  column `name` of table `users` is `name INTEGER` instead of "
            "`name TEXT`\n");
}

TEST_F(DiffTest, AProgramOfSeveralHistories) {
  world_.files()["both"] = testing::MakeElf(
      testing::TableOf("board", Rows()) + testing::TableOf("shop", {}),
      testing::Elf::k64Little);
  ExpectTrouble("both", "choose one by `--history`: `board`, `shop`");
  EXPECT_EQ(Diff({"both", "head", "--history", "board"}).status, 0);
  EXPECT_EQ(Diff({"both", "base", "--history", "shop"}).status, 0);
  EXPECT_EQ(Diff({"both", "base", "--history", "x"}).status, 2);
}

TEST_F(DiffTest, AProgramThatCannotBeCompared) {
  std::vector<testing::HistoryRow> rows = Rows();
  rows[1].up.statements = {{0, "DROP TABLE missing"}};
  world_.files()["failing"] = testing::MakeElf(testing::TableOf("board", rows),
                                               testing::Elf::k64Little);
  ExpectTrouble("failing", "has upgrades that do not run: no such table");
  rows[1].up.statements = {{0, "ATTACH 'secret.db' AS s"}};
  world_.files()["reaching"] = testing::MakeElf(testing::TableOf("board", rows),
                                                testing::Elf::k64Little);
  ExpectTrouble("reaching", "has upgrades that do not run");
  EXPECT_FALSE(fs::exists("secret.db"));
  rows[1].up.statements = {{table::kExpectNoRows, "SELECT 'it is wrong'"}};
  world_.files()["guarded"] = testing::MakeElf(testing::TableOf("board", rows),
                                               testing::Elf::k64Little);
  ExpectTrouble("guarded", "it is wrong");
  rows[1].dialect = table::Dialect::kPostgresql;
  world_.files()["postgresql"] = testing::MakeElf(
      testing::TableOf("board", rows), testing::Elf::k64Little);
  ExpectTrouble("postgresql", "`b2` is not compiled for SQLite");
  world_.files()["bare"] = testing::MakeElf("", testing::Elf::k64Little);
  ExpectTrouble("bare", "has no compiled history");
}

TEST_F(DiffTest, AWordThatIsAFileAndARevisionIsRefused) {
  constexpr char kSchema[] = "CREATE TABLE users (id INTEGER PRIMARY KEY);";
  const std::pair<std::string, std::string> kWords[] = {
      {"head", "`b2` for the revision"},
      {"b2", "`b2@b2` for the revision"},
      {"b", "`b2` for the revision"},
      {"-1", "`a1` for the revision"},
      {"base", "give the file another name"}};
  for (const auto& [word, hint] : kWords) {
    world_.files()[word] = kSchema;
    const auto outcome = Diff({"a1", word});
    EXPECT_EQ(outcome.status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err,
                HasSubstr("`" + word + "` is a file and a revision; write `./" +
                          word + "` for the file"));
    EXPECT_THAT(outcome.err, HasSubstr(hint));
    EXPECT_EQ(Diff({"./" + word, "a1"}).status, 1);
  }
  EXPECT_EQ(Diff({"b2@b2", "b2@b2"}).status, 0);
  // Nothing is ambiguous where there are no revisions.
  EXPECT_EQ(Diff({"--directory", "none", "head", "b2"}).status, 0);
}

TEST_F(DiffTest, AFileThatMayBeMeantAsARevisionIsRefused) {
  constexpr char kSchema[] = "CREATE TABLE users (id INTEGER PRIMARY KEY);";
  for (const char* name : {"a", "head", "plain", "-9"}) {
    world_.files()[name] = kSchema;
  }
  world_.files()["migrations/20250103_120000_a_branch.sql"] =
      "MIGRATION 'a branch' REVISION 'a2' REVISES 'a1';\n"
      "UPGRADE BEGIN CREATE TABLE more (id INTEGER PRIMARY KEY); END;\n"
      "DOWNGRADE AUTO;\n";
  for (const auto& [word, why] :
       {std::pair{"a", "`a1`, `a2`"}, std::pair{"head", "several heads"},
        std::pair{"-9", "-9"}}) {
    const auto outcome = Diff({"a1", word});
    EXPECT_EQ(outcome.status, 2) << word;
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, HasSubstr("` is a file and may be meant as a "
                                       "revision: "));
    EXPECT_THAT(outcome.err, HasSubstr(why));
    EXPECT_THAT(outcome.err,
                HasSubstr(std::string("; write `./") + word + "` for the"));
    EXPECT_EQ(Diff({std::string("./") + word, "a1"}).status, 1);
  }
  EXPECT_EQ(Diff({"a1", "plain"}).status, 1);
  world_.files()["migrations/20250104_120000_broken.sql"] = "MIGRATION 'x'";
  world_.files()["schema.sql"] = kSchema;
  for (const char* word : {"a", "plain"}) {
    const auto outcome = Diff({word, "schema.sql"});
    EXPECT_EQ(outcome.status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, HasSubstr("errors in headers leave open"));
  }
  EXPECT_EQ(Diff({"./plain", "schema.sql"}).status, 0);
}

TEST_F(DiffTest, WhatIsNoSchema) {
  world_.files()["bytes"] = "\xff\xfe";
  ExpectTrouble("bytes", "neither a database nor a program");
  ExpectTrouble("migrations", "no revision `migrations`");
  world_.files()["palindrome.toml"] = "";
  world_.files()["migrations/palindrome.toml"] = "not = [toml";
  EXPECT_EQ(Diff({"a1", "b2"}).status, 2);
}

}  // namespace
}  // namespace palindrome::driver
