// Scripts for the sqlite3 shell.
#include <filesystem>
#include <fstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/migrator/migrator_fixture.h"
#include "tests/unit/migrator/offline_script.h"

namespace palindrome::testing {
namespace {

constexpr std::uint32_t kRebuild =
    table::kLegacyAlterTable | table::kCheckForeignKeys;

// Two branches, one that depends on the other, and a merge.
std::vector<Migration> Branches() {
  std::vector<Migration> migrations = ThreeMigrations();
  Migration labels;
  labels.revision = "d4";
  labels.parents = {"a1"};
  labels.depends_on = {"b2"};
  labels.up =
      Sql({"CREATE TABLE labels (id INTEGER PRIMARY KEY "
           "AUTOINCREMENT, task REFERENCES tasks (id))",
           "INSERT INTO labels (task) SELECT id FROM tasks"});
  labels.down = Sql({"DROP TABLE labels"});
  migrations.push_back(labels);
  Migration merge;
  merge.revision = "e5";
  merge.parents = {"c3", "d4"};
  migrations.push_back(merge);
  return migrations;
}

// A rebuild of a parent, as the compiler lowers it.
std::vector<Migration> Rebuild() {
  std::vector<Migration> migrations = ThreeMigrations();
  const auto rebuild = [](const std::string& columns,
                          const std::string& expression) {
    return std::vector<ProgramStatement>{
        {table::kExpectNoRows,
         "SELECT 'users: ' || count(*) || ' too long' FROM users "
         "WHERE length(name) > 20 HAVING count(*) > 0; -- a check"},
        {kRebuild, "CREATE TABLE new_users (" + columns + ")"},
        {kRebuild | table::kCopiesRows,
         "INSERT INTO new_users SELECT id, " + expression + " FROM users"},
        {kRebuild, "DROP TABLE users"},
        {kRebuild, "ALTER TABLE new_users RENAME TO users"},
        {table::kNotice,
         "SELECT 'renamed ' || count(*) || ' users' FROM users"},
    };
  };
  migrations.push_back(
      {"d4",
       {"c3"},
       rebuild("id INTEGER PRIMARY KEY, name TEXT NOT NULL CHECK (name <> '')",
               "name || '!'"),
       rebuild("id INTEGER PRIMARY KEY, name TEXT NOT NULL",
               "substr(name, 1, length(name) - 1)")});
  return migrations;
}

const std::vector<std::string> kRows = {
    "INSERT INTO users (name) VALUES ('ada'), ('bob')",
    "INSERT INTO tasks (title, user_id) VALUES ('x', 1), ('y', 2), ('z', 99)"};

TEST(OfflineSql, LeavesWhatTheMigratorLeaves) {
  const HistoryBlob three = Compile("it's", ThreeMigrations());
  ExpectSameByScript(three.history(), {"base", "a1", "b2", "c3"}, kRows);
  ExpectSameByScript(three.history(), {"base", "b2"}, {});
  const HistoryBlob branches = Compile("board", Branches());
  ExpectSameByScript(branches.history(), {"base", "a1", "c3", "d4", "e5"},
                     kRows);
  const HistoryBlob rebuild = Compile("board", Rebuild());
  ExpectSameByScript(rebuild.history(), {"base", "c3", "d4"}, kRows);
}

class Script : public ::testing::Test {
 protected:
  // Runs the script on the file, whose state it tells.
  ShellOutcome Run(const HistoryBlob& blob, const std::string& range,
                   const std::string& options = "-bail") {
    const auto script = sqlite::OfflineSql(blob.history(), range);
    EXPECT_TRUE(script.ok()) << script.status().ToString();
    return script.ok() ? RunShell(*script, file(), options) : ShellOutcome();
  }
  // It fails and changes nothing, with and without -bail.
  void ExpectRefusal(const HistoryBlob& blob, const std::string& range,
                     const std::string& message) {
    const TestDatabase database(file());
    const std::string before = Everything(database);
    for (const char* options : {"-bail", ""}) {
      const ShellOutcome outcome = Run(blob, range, options);
      EXPECT_NE(outcome.output.find(message), std::string::npos)
          << outcome.output;
      EXPECT_NE(outcome.exit_status, 0) << outcome.output;
      EXPECT_EQ(Everything(database), before) << "options " << options;
    }
  }
  std::string file() const { return folder_.File("board.db"); }

  const TemporaryFolder folder_;
  const HistoryBlob three_ = Compile("board", ThreeMigrations());
};

TEST_F(Script, RefusesADatabaseThatIsElsewhere) {
  ExpectRefusal(three_, "a1:b2", "the database is not at `a1`");
  ASSERT_OK(Upgrade(TestDatabase(file()), three_, "b2"));
  ExpectRefusal(three_, "head", "the database is not at the base");
  ExpectRefusal(three_, "a1:head", "the database is not at `a1`");
  ExpectRefusal(three_, "head:base", "the database is not at `c3`");
  const HistoryBlob other = Compile("other", ThreeMigrations());
  ExpectRefusal(other, "b2:head", "the database is not at `b2`");
  EXPECT_EQ(Run(three_, "b2:+1").exit_status, 0);
  EXPECT_EQ(CurrentOf(TestDatabase(file()), three_), "c3");
}

TEST_F(Script, RefusesAnEditedHistory) {
  std::vector<Migration> edited = ThreeMigrations();
  edited[0].checksum = "t1:other";
  ASSERT_OK(Upgrade(TestDatabase(file()), three_, "b2"));
  ExpectRefusal(Compile("board", edited), "b2:c3", "not at `b2`");
}

TEST_F(Script, RefusesASchemaThatIsNotTheHistorys) {
  TestDatabase(file()).Execute("CREATE TABLE notes (id)");
  ExpectRefusal(three_, "head", "belong to no migration");
  TestDatabase(file()).Execute("DROP TABLE notes");
  ASSERT_OK(Upgrade(TestDatabase(file()), three_, "b2"));
  TestDatabase(file()).Execute("DROP INDEX ix_tasks_title");
  ExpectRefusal(three_, "b2:c3", "lacks objects");
}

// Where no one schema is the history's, the ledger says what belongs to it.
TEST_F(Script, RefusesASchemaThatIsNotTheLedgers) {
  std::vector<Migration> unproven = ThreeMigrations();
  for (Migration& migration : unproven) {
    migration.proof = table::Proof::kNone;
  }
  std::vector<Migration> unmerged = Branches();
  unmerged.pop_back();
  const HistoryBlob branches = Compile("board", unmerged);
  const HistoryBlob plain = Compile("board", unproven);
  const std::vector<
      std::tuple<const HistoryBlob*, std::vector<std::string>, std::string>>
      kCases = {{&plain, {"b2"}, "b2:c3"},
                {&plain, {"c3"}, "c3:b2"},
                {&branches, {"c3", "d4"}, "heads:b2"}};
  for (const auto& [blob, targets, range] : kCases) {
    SCOPED_TRACE(range);
    {
      const TestDatabase database(file());
      database.Execute("CREATE TABLE schema_migrations (x)");
      for (const std::string& target : targets) {
        ASSERT_OK(Upgrade(database, *blob, target));
      }
    }
    TestDatabase(file()).Execute("CREATE TABLE notes (id)");
    ExpectRefusal(*blob, range, "belong to no migration");
    TestDatabase(file()).Execute("DROP TABLE notes");
    TestDatabase(file()).Execute("DROP INDEX ix_tasks_title");
    ExpectRefusal(*blob, range, "lacks objects");
    TestDatabase(file()).Execute(ThreeMigrations()[1].up[1].sql);
    const ShellOutcome outcome = Run(*blob, range);
    EXPECT_EQ(outcome.exit_status, 0) << outcome.output;
    EXPECT_OK(Verify(TestDatabase(file()), *blob).status());
    std::filesystem::remove(file());
  }
}

TEST_F(Script, LeavesOtherHistoriesAndLedgersAlone) {
  const HistoryBlob notes =
      Compile("notes", {{"n1",
                         {},
                         Sql({"CREATE VIRTUAL TABLE notes USING fts5(body)",
                              "CREATE TABLE pages (id, note REFERENCES missing "
                              "(id))"}),
                         Sql({"DROP TABLE notes", "DROP TABLE pages"})}});
  TestDatabase(file()).Execute("CREATE TABLE goose_db_version (id)");
  ASSERT_OK(Upgrade(TestDatabase(file()), notes));
  TestDatabase(file()).Execute("INSERT INTO pages VALUES (1, 1)");
  const HistoryBlob rebuild = Compile("board", Rebuild());
  const ShellOutcome up = Run(rebuild, "head");
  EXPECT_EQ(up.exit_status, 0) << up.output;
  EXPECT_OK(Verify(TestDatabase(file()), rebuild).status());
  EXPECT_OK(Verify(TestDatabase(file()), notes).status());
  const ShellOutcome down = Run(rebuild, "head:base");
  EXPECT_EQ(down.exit_status, 0) << down.output;
  EXPECT_OK(Verify(TestDatabase(file()), notes).status());
  EXPECT_OK(Upgrade(TestDatabase(file()), rebuild));
}

TEST_F(Script, TellsWhatAMigrationsCheckFinds) {
  const HistoryBlob rebuild = Compile("board", Rebuild());
  ASSERT_OK(Upgrade(TestDatabase(file()), rebuild, "c3"));
  TestDatabase(file()).Execute(
      "INSERT INTO users (name) VALUES ('ada, the countess of lovelace')");
  ExpectRefusal(rebuild, "c3:head",
                "palindrome: revision d4: a check of the migration found: "
                "users: 1 too long");
}

TEST_F(Script, TellsNotices) {
  const HistoryBlob rebuild = Compile("board", Rebuild());
  ASSERT_OK(Upgrade(TestDatabase(file()), rebuild, "c3"));
  TestDatabase(file()).Execute("INSERT INTO users (name) VALUES ('ada')");
  EXPECT_EQ(Run(rebuild, "c3:head").output,
            "palindrome: revision d4: renamed 1 users\n");
}

TEST_F(Script, RefusesNewOrphansAlone) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations.push_back(
      {"d4",
       {"c3"},
       {{table::kCheckForeignKeys, "DELETE FROM users WHERE id = 1"},
        {0, "ALTER TABLE tasks RENAME COLUMN user_id TO owner"}},
       Sql({"ALTER TABLE tasks RENAME COLUMN owner TO user_id"})});
  const HistoryBlob blob = Compile("board", migrations);
  ASSERT_OK(Upgrade(TestDatabase(file()), blob, "c3"));
  // One that was there before, and moves with the column.
  TestDatabase(file()).Execute("INSERT INTO tasks (user_id) VALUES (7)");
  TestDatabase(file()).Execute("INSERT INTO users VALUES (1, 'a'), (2, 'b')");
  TestDatabase(file()).Execute("INSERT INTO tasks (user_id) VALUES (1)");
  ExpectRefusal(blob, "c3:d4",
                "revision d4: the migration leaves a row of table `tasks` "
                "whose `owner` has no parent in `users`: 1;");
  TestDatabase(file()).Execute(
      "UPDATE tasks SET user_id = 2 WHERE user_id = 1");
  const ShellOutcome outcome = Run(blob, "c3:d4");
  EXPECT_EQ(outcome.exit_status, 0) << outcome.output;
}

TEST_F(Script, RefusesWhatTheMigratorRefusesOfAConnection) {
  const auto script = sqlite::OfflineSql(three_.history(), "head");
  ASSERT_OK(script.status());
  const std::vector<std::pair<std::string, std::string>> kCases = {
      {"CREATE TEMP TABLE users (id);\n", "temporary objects"},
      {"PRAGMA foreign_keys = ON; BEGIN;\n", "transaction"},
      {"PRAGMA journal_mode = OFF;\n", "could be taken back"},
  };
  for (const auto& [before, message] : kCases) {
    const ShellOutcome outcome = RunShell(before + *script, file());
    EXPECT_NE(outcome.output.find(message), std::string::npos)
        << outcome.output;
    EXPECT_NE(outcome.exit_status, 0);
    EXPECT_EQ(Everything(TestDatabase(file())), "") << before;
  }
  std::string newer = *script;
  newer.replace(newer.find("< 3031000"), 9, "< 9031000");
  EXPECT_NE(RunShell(newer, file()).output.find("need a newer SQLite"),
            std::string::npos);
  EXPECT_EQ(Everything(TestDatabase(file())), "");
}

TEST_F(Script, IsPlainSql) {
  for (const char* range : {"head", "head:base"}) {
    const auto script = sqlite::OfflineSql(three_.history(), range);
    ASSERT_OK(script.status());
    TestDatabase(file()).Execute(*script);
  }
  EXPECT_OK(Verify(TestDatabase(file()), three_).status());
  const auto script = sqlite::OfflineSql(three_.history(), "head");
  std::ofstream(folder_.File("s.sql")) << *script;
  const ShellOutcome outcome =
      RunShell(".read '" + folder_.File("s.sql") + "'\n", file());
  EXPECT_EQ(outcome.exit_status, 0) << outcome.output;
  EXPECT_EQ(CurrentOf(TestDatabase(file()), three_), "c3");
}

TEST_F(Script, WritesTheSameInUtf16) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[0].title = "zwei\r\nZeilen f\xC3\xBCr \r\n";
  const HistoryBlob blob = Compile("board", migrations);
  const TestDatabase other(folder_.File("other.db"));
  const TestDatabase database(file());
  for (const TestDatabase* each : {&other, &database}) {
    each->Execute("PRAGMA encoding = 'UTF-16le'");
    each->Execute("CREATE TABLE t (a); DROP TABLE t");
  }
  ASSERT_OK(Upgrade(other, blob));
  const ShellOutcome outcome = Run(blob, "head");
  EXPECT_EQ(outcome.exit_status, 0) << outcome.output;
  EXPECT_EQ(Everything(database), Everything(other));
}

TEST(OfflineSqlRange, GoesUpOrDown) {
  const HistoryBlob blob = Compile("board", Branches());
  const auto title = [&](std::string_view range) {
    const auto script = sqlite::OfflineSql(blob.history(), range);
    return script.ok() ? script->substr(0, script->find('\n'))
                       : script.status().ToString();
  };
  const std::string begin = "-- The history `board` from ";
  EXPECT_EQ(title("head"), begin + "base to `e5`.");
  EXPECT_EQ(title(":a1"), begin + "base to `a1`.");
  EXPECT_EQ(title("a1:"), begin + "`a1` to `e5`.");
  EXPECT_EQ(title("head:base"), begin + "`e5` to base.");
  EXPECT_EQ(title("a1:+1"), begin + "`a1` to `b2`.");
  EXPECT_EQ(title("b2:-1"), begin + "`b2` to `a1`.");
  EXPECT_EQ(title("c3:d4"), begin + "`c3` to `c3`, `d4`.");
  EXPECT_EQ(title("head:head"), begin + "`e5` to `e5`.");
  EXPECT_NE(title("a1:b2:c3").find("is no range"), std::string::npos);
  EXPECT_NE(title("a1:zz").find("unknown revision"), std::string::npos);
  EXPECT_NE(title("zz:a1").find("unknown revision"), std::string::npos);
  EXPECT_NE(title("a1:-3").find("past the base"), std::string::npos);
  EXPECT_NE(title("a1:+9").find("past the head"), std::string::npos);
}

TEST(OfflineSql, RefusesWhatTheShellWouldReadOtherwise) {
  const std::vector<std::string> kTraps = {
      "INSERT INTO users (name) VALUES ('a\r\nb')",
      "INSERT INTO users (name) SELECT 4\n/\n2",
      "INSERT INTO users (name) SELECT 4\n / -- by\n2"};
  for (const std::string& trap : kTraps) {
    std::vector<Migration> migrations = ThreeMigrations();
    migrations[2].up.push_back({0, trap});
    const HistoryBlob blob = Compile("board", migrations);
    EXPECT_NE(sqlite::OfflineSql(blob.history(), "head")
                  .status()
                  .message()
                  .find("sqlite3 shell"),
              std::string::npos)
        << trap;
  }
}

TEST(OfflineSql, KeepsTextThatLooksLikeSomethingElse) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[0].title = "a title\r\nwith two lines, 'quotes'\nand\n.quit\n;";
  migrations[2].up.push_back(
      {0, "INSERT INTO users (name) VALUES ('a;\n.quit\n/\ngo\n$1') -- c"});
  migrations[2].up.push_back(
      {0,
       "CREATE TRIGGER t AFTER INSERT ON users BEGIN\n"
       "SELECT CASE 1 WHEN 1 THEN 2 END;\n\n--; END;\nSELECT 1; END"});
  migrations[2].down.insert(migrations[2].down.begin(), {0, "DROP TRIGGER t"});
  const HistoryBlob blob = Compile("a'\n;--", migrations);
  ExpectSameByScript(blob.history(), {"base", "b2", "c3"}, {});
}

}  // namespace
}  // namespace palindrome::testing
