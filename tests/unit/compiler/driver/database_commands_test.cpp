// The commands that work on a database, from the folder of migrations.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "compiler/driver/environment.h"
#include "tests/golden/world.h"

namespace palindrome::driver {
namespace {

using testing::Outcome;
using testing::World;
using Args = std::vector<std::string>;

constexpr char kUsers[] =
    "MIGRATION 'create users'\n  REVISION 'aa11'\n  REVISES NONE;\n"
    "UPGRADE BEGIN\n  CREATE TABLE users (id INTEGER PRIMARY KEY);\nEND;\n"
    "DOWNGRADE AUTO;\n";
constexpr char kNames[] =
    "MIGRATION 'add name to users'\n  REVISION 'ab22'\n  REVISES 'aa11';\n"
    "UPGRADE BEGIN\n  ALTER TABLE users ADD COLUMN name TEXT;\nEND;\n"
    "DOWNGRADE AUTO;\n";
constexpr char kNamesPath[] =
    "migrations/20250102_120000_add_name_to_users.sql";

class DatabaseCommandsTest : public ::testing::Test {
 protected:
  DatabaseCommandsTest() {
    world_.files() = {{"migrations/20250101_120000_create_users.sql", kUsers},
                      {kNamesPath, kNames}};
  }

  Outcome Run(Args args) {
    args.insert(args.begin() + 1, {"--database", "board.db"});
    return world_.Run(args);
  }
  // What it prints; else its status and what it complains of.
  std::string Say(const Args& args) {
    const Outcome outcome = Run(args);
    return outcome.status == kSuccess
               ? outcome.out
               : std::to_string(outcome.status) + " " + outcome.err;
  }
  bool Exists() {
    return std::filesystem::exists(world_.DatabasePath("board.db"));
  }
  void Execute(const char* sql) {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(world_.DatabasePath("board.db").c_str(), &handle),
              SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(handle);
    sqlite3_close(handle);
  }

  World world_;
};

TEST_F(DatabaseCommandsTest, GoUpAndDown) {
  EXPECT_EQ(Say({"upgrade", "--namespace", "board", "+1"}),
            "upgraded aa11 create users\n");
  EXPECT_EQ(Say({"current"}), "aa11 create users\n");
  // From now on the database tells the name.
  EXPECT_EQ(Say({"upgrade"}), "upgraded ab22 add name to users\n");
  EXPECT_EQ(Say({"current"}), "ab22 add name to users (head)\n");
  EXPECT_EQ(Say({"downgrade", "-1"}), "downgraded ab22 add name to users\n");
  EXPECT_EQ(Say({"downgrade", "base"}), "downgraded aa11 create users\n");
  EXPECT_EQ(Say({"current"}), "base\n");
  EXPECT_EQ(Say({"upgrade", "head"}),
            "upgraded aa11 create users\nupgraded ab22 add name to users\n");
}

// What the script does is for the tests of the driver.
TEST_F(DatabaseCommandsTest, SqlPrintsAScript) {
  const Outcome all = world_.Run({"sql", "--namespace", "board", "base:head"});
  EXPECT_EQ(all.status, kSuccess) << all.err;
  EXPECT_NE(all.out.find("CREATE TABLE users"), std::string::npos) << all.out;
  EXPECT_NE(all.out.find("ADD COLUMN name"), std::string::npos);
  EXPECT_NE(all.out.find("'board'"), std::string::npos);
  const Outcome back = world_.Run(
      {"sql", "--namespace", "board", "--format", "json", "ab22:aa11"});
  EXPECT_EQ(back.out.substr(0, 11), "{\"script\":\"") << back.out << back.err;
  EXPECT_NE(back.out.find("DROP COLUMN name"), std::string::npos);

  EXPECT_EQ(world_.Run({"sql", "base:head"}).status, kUsage);
  EXPECT_EQ(world_.Run({"sql", "--namespace", "board"}).status, kUsage);
  EXPECT_EQ(world_.Run({"sql", "--namespace", "board", "base:nothing"}).status,
            kFindings);
  // A database that knows no history knows no name.
  EXPECT_EQ(Run({"sql", "base:head"}).status, kFindings);
  Say({"upgrade", "--namespace", "board"});
  EXPECT_NE(Say({"sql", "base:head"}).find("'board'"), std::string::npos);
}

TEST_F(DatabaseCommandsTest, StampRunsNothing) {
  Execute("CREATE TABLE users (id INTEGER PRIMARY KEY)");
  EXPECT_EQ(Say({"stamp", "aa", "--namespace=board"}), "aa11 create users\n");
  EXPECT_EQ(Say({"upgrade"}), "upgraded ab22 add name to users\n");
}

TEST_F(DatabaseCommandsTest, HistoryShowsWhatIsCurrent) {
  ASSERT_EQ(Run({"upgrade", "--namespace", "board", "aa11"}).status, kSuccess);
  const Outcome outcome =
      world_.Run({"history", "-i", "--database", "board.db"});
  EXPECT_EQ(outcome.status, kSuccess) << outcome.err;
  EXPECT_EQ(outcome.out,
            "ab22  2025-01-02 12:00:00  add name to users  (head)\n"
            "    loses data that was written since on downgrade\n"
            "aa11  2025-01-01 12:00:00  create users  (current)\n"
            "    loses data that was written since on downgrade\n");
  const Outcome json = world_.Run({"history", "-i", "--database", "board.db",
                                   "--format", "json", "aa11:aa11"});
  EXPECT_NE(json.out.find("\"current\": true"), std::string::npos) << json.out;
  const Outcome range =
      world_.Run({"history", "-r", "current:", "-i", "--database", "board.db"});
  EXPECT_EQ(range.out, outcome.out);
  const Outcome below =
      world_.Run({"history", "-r", ":current", "--database", "board.db"});
  EXPECT_EQ(below.out,
            "aa11  2025-01-01 12:00:00  create users\n"
            "    loses data that was written since on downgrade\n");
  const Outcome missing =
      world_.Run({"history", "-i", "--database", "none.db"});
  EXPECT_EQ(missing.status, kFindings);
  EXPECT_NE(missing.err.find("unable to open database file"),
            std::string::npos);
}

TEST_F(DatabaseCommandsTest, HistoryTellsWhatTheFolderLacks) {
  ASSERT_EQ(Run({"upgrade", "--namespace", "board"}).status, kSuccess);
  world_.files().erase(kNamesPath);
  const Outcome outcome =
      world_.Run({"history", "-i", "--database", "board.db"});
  EXPECT_EQ(outcome.status, kSuccess);
  EXPECT_EQ(outcome.err,
            "palindrome: note: the database is at `ab22`, which the folder "
            "does not have\n");
  EXPECT_EQ(outcome.out,
            "aa11  2025-01-01 12:00:00  create users  (head)\n"
            "    loses data that was written since on downgrade\n");
  const Outcome range =
      world_.Run({"history", "-r", "current:", "--database", "board.db"});
  EXPECT_EQ(range.status, kFindings);
  EXPECT_NE(range.err.find("error: the folder does not have `ab22`"),
            std::string::npos)
      << range.err;
}

TEST_F(DatabaseCommandsTest, WithoutADatabaseTheyAskForOne) {
  for (const Args& args : {Args{"current"}, Args{"upgrade"},
                           Args{"downgrade", "-1"}, Args{"stamp", "head"}}) {
    const Outcome outcome = world_.Run(args);
    EXPECT_EQ(outcome.status, kUsage);
    EXPECT_EQ(outcome.err, "palindrome " + args[0] +
                               ": `--database FILE` is missing\nTry "
                               "`palindrome " +
                               args[0] + " --help`.\n");
  }
}

TEST_F(DatabaseCommandsTest, WrongUsageTouchesNothing) {
  for (const Args& args :
       {Args{"current", "aa11"}, Args{"upgrade", "aa11", "ab22"},
        Args{"downgrade"}, Args{"stamp"}, Args{"upgrade", "--wrong"},
        Args{"upgrade", "--namespace", "1"},
        Args{"upgrade", "--namespace", "board", "--rules", "x=error"}}) {
    EXPECT_EQ(Run(args).status, kUsage) << ::testing::PrintToString(args);
    EXPECT_FALSE(Exists());
  }
}

TEST_F(DatabaseCommandsTest, AFindingStopsThem) {
  world_.files()[kNamesPath] =
      "MIGRATION 'add name to users'\n  REVISION 'ab22'\n  REVISES 'aa11';\n"
      "UPGRADE BEGIN\n  ALTER TABLE user ADD COLUMN name TEXT;\nEND;\n"
      "DOWNGRADE AUTO;\n";
  const Outcome outcome = Run({"upgrade", "--namespace", "board", "aa11"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_NE(outcome.err.find("[unknown-object]"), std::string::npos)
      << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_FALSE(Exists());
}

TEST_F(DatabaseCommandsTest, ARefusedTargetMakesNoFile) {
  for (const char* command : {"upgrade", "stamp"}) {
    const Outcome outcome = Run({command, "nonsense", "--namespace", "board"});
    EXPECT_EQ(outcome.status, kFindings);
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.err.find("there is no revision `nonsense`"),
              std::string::npos)
        << outcome.err;
    EXPECT_FALSE(Exists());
  }
}

TEST_F(DatabaseCommandsTest, ADryRunMakesNoFile) {
  EXPECT_EQ(Say({"upgrade", "--namespace", "board", "--dry-run", "aa11"}),
            "upgrade    aa11  2025-01-01 12:00:00  create users\n"
            "    loses data that was written since on downgrade\n");
  EXPECT_EQ(Say({"stamp", "--namespace", "board", "--dry-run", "aa11"}),
            "stamp      aa11  2025-01-01 12:00:00  create users\n");
  EXPECT_EQ(
      Run({"downgrade", "--namespace", "board", "--dry-run", "base"}).status,
      kFindings);
  EXPECT_FALSE(Exists());
  // Without its name it is not known which history a new database would have.
  EXPECT_EQ(Run({"upgrade", "--dry-run"}).status, kFindings);
  ASSERT_EQ(Run({"upgrade", "--namespace", "board", "aa11"}).status, kSuccess);
  EXPECT_EQ(Say({"upgrade", "--dry-run"}),
            "upgrade    ab22  2025-01-02 12:00:00  add name to users\n"
            "    loses data that was written since on downgrade\n");
  EXPECT_EQ(Say({"current"}), "aa11 create users\n");
}

TEST_F(DatabaseCommandsTest, AUriThatMayNotMakeTheFileIsAnError) {
  if (sqlite3_compileoption_used("USE_URI") == 0) {
    GTEST_SKIP() << "this SQLite reads no URIs";
  }
  const std::string uri = "file:" + world_.DatabasePath("board.db");
  for (const bool is_dry : {true, false}) {
    Args args = {"upgrade", "--namespace", "board", "--database",
                 uri + "?mode=ro"};
    if (is_dry) {
      args.emplace_back("--dry-run");
    }
    const Outcome outcome = world_.Run(args);
    EXPECT_EQ(outcome.status, kFindings);
    EXPECT_NE(outcome.err.find("unable to open database file"),
              std::string::npos)
        << outcome.err;
    EXPECT_FALSE(Exists());
  }
  EXPECT_EQ(world_
                .Run({"upgrade", "--namespace", "board", "--database",
                      uri + "?mode=rwc", "--dry-run"})
                .status,
            kSuccess);
  EXPECT_FALSE(Exists());
}

TEST_F(DatabaseCommandsTest, TheOptionsAreThoseOfAProgram) {
  Execute("CREATE TABLE users (id INTEGER PRIMARY KEY)");
  EXPECT_EQ(Say({"upgrade", "--namespace", "board", "--adopt", "--lock-timeout",
                 "5"}),
            "adopted aa11 create users\n"
            "upgraded ab22 add name to users\n");
  EXPECT_EQ(Run({"upgrade", "--lock-timeout", "soon"}).status, kUsage);
}

TEST_F(DatabaseCommandsTest, TheNameOfTheHistoryIsNeverGuessed) {
  // No database, and one that knows nothing yet.
  Outcome outcome = Run({"upgrade"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_NE(outcome.err.find("--namespace NAME"), std::string::npos)
      << outcome.err;
  EXPECT_FALSE(Exists());
  EXPECT_EQ(Run({"current"}).status, kFindings);
  Execute("CREATE TABLE other (id INTEGER PRIMARY KEY)");
  outcome = Run({"stamp", "head"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_NE(outcome.err.find("the database knows no history yet"),
            std::string::npos)
      << outcome.err;
  EXPECT_EQ(Say({"current"}), "base\n");
  Execute("DROP TABLE other");
  // Two that it knows.
  ASSERT_EQ(Run({"upgrade", "--namespace", "board"}).status, kSuccess);
  Execute(
      "INSERT INTO palindrome_history (namespace, revision, action, title, "
      "checksum, applied_at, tool, format) VALUES ('a\x1b', 'x', 'stamp', '', "
      "'', '', '', 1)");
  outcome = Run({"current"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_NE(outcome.err.find("the database knows several histories, "),
            std::string::npos)
      << outcome.err;
  EXPECT_EQ(outcome.err.find('\x1b'), std::string::npos);
  EXPECT_EQ(Say({"current", "--namespace", "board"}),
            "ab22 add name to users (head)\n");
}

TEST_F(DatabaseCommandsTest, WhatIsNoDatabaseIsLeftAlone) {
  std::ofstream(world_.DatabasePath("board.db")) << std::string(4096, 'x');
  for (const Args& args :
       {Args{"current"}, Args{"upgrade", "--namespace", "board"},
        Args{"downgrade", "base"}, Args{"stamp", "head"}}) {
    const Outcome outcome = Run(args);
    EXPECT_EQ(outcome.status, kFindings) << ::testing::PrintToString(args);
    EXPECT_NE(outcome.err.find("no SQLite database"), std::string::npos)
        << outcome.err;
  }
  std::ifstream stream(world_.DatabasePath("board.db"));
  std::string text;
  stream >> text;
  EXPECT_EQ(text, std::string(4096, 'x'));
}

}  // namespace
}  // namespace palindrome::driver
