// Which files the command line of a program makes, and when.
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/unit/migrator/command_line_fixture.h"

namespace palindrome::testing {
namespace {

TEST_F(CommandLineTest, ShowsWhatItWouldDo) {
  EXPECT_EQ(RunOnFile({"upgrade", "a1", "--dry-run"}).output,
            "upgrade    a1  2025-01-15 14:30:22  migration a1\n");
  EXPECT_EQ(RunOnFile({"stamp", "a1", "--dry-run"}).output,
            "stamp      a1  2025-01-15 14:30:22  migration a1\n");
  EXPECT_EQ(RunOnFile({"downgrade", "base", "--dry-run"}).exit_status, 1);
  EXPECT_FALSE(std::filesystem::exists(file()));
  ASSERT_EQ(RunOnFile({"upgrade", "b2"}).exit_status, 0);
  const std::string before = TestDatabase(file()).Dump();
  EXPECT_EQ(RunOnFile({"downgrade", "a1", "--dry-run"}).output,
            "downgrade  b2  2025-01-15 14:30:22  migration b2\n"
            "    allows drop-column-unarchived: a cache\n");
  EXPECT_EQ(RunOnFile({"stamp", "a1", "--dry-run"}).output,
            "unstamp    b2  2025-01-15 14:30:22  migration b2\n");
  EXPECT_EQ(RunOnFile({"upgrade", "--dry-run", "b2"}).output,
            "nothing to do\n");
  EXPECT_EQ(TestDatabase(file()).Dump(), before);
}

TEST_F(CommandLineTest, CreatesAFileOnlyToWriteToIt) {
  for (const char* command : {"current", "history", "verify"}) {
    const Outcome outcome = RunOnFile({command});
    EXPECT_EQ(outcome.exit_status, 1) << command;
    EXPECT_NE(outcome.errors.find(file()), std::string::npos);
  }
  EXPECT_EQ(RunOnFile({"downgrade", "base"}).exit_status, 1);
  EXPECT_FALSE(std::filesystem::exists(file()));
}

// Before anything is opened, the target is looked up.
TEST_F(CommandLineTest, MakesNoFileForWhatIsRefused) {
  for (const char* command : {"upgrade", "stamp"}) {
    for (const char* target : {"nonsense", "!", "-1", "c3+1"}) {
      const Outcome outcome = RunOnFile({command, target});
      EXPECT_EQ(outcome.exit_status, 1) << target;
      EXPECT_EQ(outcome.output, "");
      EXPECT_NE(outcome.errors, "");
      const Outcome json = RunOnFile({command, target, "--format", "json"});
      EXPECT_EQ(json.exit_status, 1) << target;
      EXPECT_EQ(json.output.find("{\"error\":"), 0U) << json.output;
      EXPECT_EQ(json.errors, "");
      EXPECT_FALSE(std::filesystem::exists(file())) << target;
    }
  }
  EXPECT_EQ(RunOnFile({"stamp", "b2"}).output, "b2 migration b2\n");
}

TEST_F(CommandLineTest, MakesNoFileForWhatIsDoneAlready) {
  EXPECT_EQ(RunOnFile({"upgrade", "base"}).output, "nothing to do\n");
  EXPECT_EQ(RunOnFile({"upgrade", "base", "--format=json"}).output,
            "{\"steps\":[],\"heads\":[]}\n");
  EXPECT_EQ(RunOnFile({"stamp", "base"}).output, "base\n");
  EXPECT_EQ(RunOnFile({"stamp", "base", "--format=json"}).output,
            "{\"current\":[]}\n");
  EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(CommandLineTest, MakesNoFileForWhatTheEngineCannotRun) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[1].minimum_engine = 4000000;
  const HistoryBlob newer = Compile("board", migrations);
  for (const bool is_dry : {false, true}) {
    std::vector<std::string> words = {"upgrade", "--database", file()};
    if (is_dry) {
      words.emplace_back("--dry-run");
    }
    const Outcome outcome =
        CallProgram(words, [&](int argc, char* const argv[]) {
          return sqlite::RunCommandLine(newer.history(), argc, argv);
        });
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_NE(outcome.errors.find("engine too old"), std::string::npos)
        << outcome.errors;
    EXPECT_FALSE(std::filesystem::exists(file()));
  }
}

TEST_F(CommandLineTest, MakesNoFileWhereThereIsNoFolder) {
  for (const char* name : {"nowhere/board.db", "board.db/below"}) {
    std::ofstream(file()) << "";
    const std::string path = folder_.File(name);
    for (std::vector<std::string> words :
         {std::vector<std::string>{"upgrade", "--dry-run"}, {"upgrade"}}) {
      words.insert(words.end(), {"--database", path});
      const Outcome outcome = Run(words);
      EXPECT_EQ(outcome.exit_status, 1) << path;
      EXPECT_EQ(outcome.output, "");
      EXPECT_NE(outcome.errors.find("unable to open database file"),
                std::string::npos)
          << outcome.errors;
    }
    EXPECT_FALSE(std::filesystem::exists(folder_.File("nowhere")));
  }
}

// Names that SQLite reads as URIs, where it was built so.
class Uris : public CommandLineTest {
 protected:
  void SetUp() override {
    if (sqlite3_compileoption_used("USE_URI") == 0) {
      GTEST_SKIP() << "this SQLite reads no URIs";
    }
  }
  Outcome RunOnUri(const std::string& query, std::vector<std::string> words) {
    words.insert(words.begin(), {"--database", "file:" + file() + query});
    return Run(std::move(words));
  }
};

TEST_F(Uris, ThatMayNotMakeTheFileAreErrors) {
  for (const char* query : {"?mode=ro", "?mode=rw", "?mode=ro&cache=private"}) {
    const Outcome dry = RunOnUri(query, {"upgrade", "a1", "--dry-run"});
    EXPECT_EQ(dry.exit_status, 1) << query;
    EXPECT_EQ(dry.output, "");
    const Outcome real = RunOnUri(query, {"upgrade", "a1"});
    EXPECT_EQ(real.exit_status, 1) << query;
    EXPECT_EQ(real.errors, dry.errors);
    EXPECT_NE(dry.errors.find("unable to open database file"),
              std::string::npos)
        << dry.errors;
  }
  EXPECT_EQ(RunOnUri("?mode=nonsense", {"upgrade", "--dry-run"}).exit_status,
            1);
  EXPECT_EQ(RunOnUri("?vfs=nonsense", {"upgrade", "--dry-run"}).exit_status, 1);
  EXPECT_TRUE(
      std::filesystem::is_empty(std::filesystem::path(file()).parent_path()));
}

TEST_F(Uris, ThatMakeTheFileStandForNothingInADryRun) {
  for (const char* query : {"", "?mode=rwc", "?cache=private"}) {
    EXPECT_EQ(RunOnUri(query, {"upgrade", "a1", "--dry-run"}).output,
              "upgrade    a1  2025-01-15 14:30:22  migration a1\n");
    EXPECT_EQ(RunOnUri(query, {"upgrade", "nonsense"}).exit_status, 1);
    EXPECT_TRUE(
        std::filesystem::is_empty(std::filesystem::path(file()).parent_path()));
    EXPECT_EQ(RunOnUri(query, {"upgrade", "a1"}).output,
              "upgraded a1 migration a1\n");
    EXPECT_EQ(RunOnUri(query, {"upgrade", "b2", "--dry-run"}).exit_status, 0);
    EXPECT_EQ(RunOnFile({"current"}).output, "a1 migration a1\n");
    std::filesystem::remove(file());
  }
}

// What another VFS does with a name only it knows.
TEST_F(Uris, ThatNameAVfsMakeTheFileInARunAlone) {
  const std::string vfs = sqlite3_vfs_find(nullptr)->zName;
  for (const std::string& query :
       {"?vfs=" + vfs, "?cache=private&%76f%73=" + vfs,
        "?vfs%00x=" + vfs + "#fragment", "?mode=rwc&vfs=" + vfs + "&a"}) {
    SCOPED_TRACE(query);
    for (const char* command : {"upgrade", "stamp"}) {
      EXPECT_EQ(RunOnUri(query, {command, "a1", "--dry-run"}).exit_status, 1);
      EXPECT_FALSE(std::filesystem::exists(file()));
    }
    EXPECT_EQ(RunOnUri(query, {"upgrade", "nonsense"}).exit_status, 1);
    EXPECT_EQ(RunOnUri(query, {"upgrade", "a1"}).output,
              "upgraded a1 migration a1\n");
    EXPECT_EQ(RunOnFile({"current"}).output, "a1 migration a1\n");
    EXPECT_EQ(RunOnUri(query, {"stamp", "base"}).output, "base\n");
    EXPECT_EQ(RunOnFile({"current"}).output, "base\n");
    std::filesystem::remove(file());
    EXPECT_EQ(RunOnUri(query, {"stamp", "b2"}).output, "b2 migration b2\n");
    std::filesystem::remove(file());
  }
  for (const std::string& query :
       {"?mode=rw&vfs=" + vfs, std::string("?vfs=nonsense")}) {
    const Outcome refused = RunOnUri(query, {"upgrade", "a1"});
    EXPECT_EQ(refused.exit_status, 1) << query;
    EXPECT_EQ(refused.output, "");
    EXPECT_NE(refused.errors, "");
    EXPECT_FALSE(std::filesystem::exists(file())) << query;
  }
}

TEST_F(Uris, ThatNameNoVfsAreAskedInADryRun) {
  for (const char* query :
       {"-vfs=x.db", "#?vfs=unix", "?a=vfs=", "?xvfs=unix", "?vfs%20=unix",
        "?a=1%26vfs=unix", "?v%66%7=1", "?vfs%3Dunix"}) {
    EXPECT_EQ(RunOnUri(query, {"upgrade", "a1", "--dry-run"}).output,
              "upgrade    a1  2025-01-15 14:30:22  migration a1\n")
        << query;
    EXPECT_TRUE(
        std::filesystem::is_empty(std::filesystem::path(file()).parent_path()))
        << query;
  }
}

TEST_F(Uris, MayNameADatabaseInMemory) {
  EXPECT_EQ(RunOnUri("?mode=memory", {"upgrade", "a1"}).output,
            "upgraded a1 migration a1\n");
  EXPECT_FALSE(std::filesystem::exists(file()));
}

}  // namespace
}  // namespace palindrome::testing
