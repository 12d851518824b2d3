// Plans and dry runs of the command line are refused as the run would be.
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/migrator/migrator_fixture.h"
#include <palindrome/command_line.h>

namespace palindrome::testing {
namespace {

struct Answer {
  int exit_status;
  std::string output;
  std::string errors;
};

class CommandLinePlan : public ::testing::Test {
 protected:
  Answer Run(std::vector<std::string> words) {
    words.insert(words.begin(), {"board", "--database", file()});
    std::vector<char*> argv;
    for (std::string& word : words) {
      argv.push_back(word.data());
    }
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    const int status = sqlite::RunCommandLine(
        blob_.history(), static_cast<int>(argv.size()), argv.data());
    std::string output = ::testing::internal::GetCapturedStdout();
    return {status, std::move(output),
            ::testing::internal::GetCapturedStderr()};
  }
  // The run, the dry run and the plan say the same and change nothing.
  void ExpectRefused(const std::string& code, const std::string& command,
                     const std::string& target) {
    const bool exists = std::filesystem::exists(file());
    const std::string before = exists ? TestDatabase(file()).Dump() : "";
    const std::string refusal = Run({command, target}).errors;
    EXPECT_NE(refusal.find(code + ": "), std::string::npos) << refusal;
    const std::string direction = command == "upgrade" ? "up" : "down";
    std::vector<std::vector<std::string>> dry = {
        {command, target, "--dry-run"}};
    if (exists) {
      dry.push_back({"plan", "--direction", direction, target});
    } else {
      std::filesystem::remove(file());
    }
    for (std::vector<std::string> words : dry) {
      const Answer answer = Run(words);
      EXPECT_EQ(answer.exit_status, 1) << ::testing::PrintToString(words);
      EXPECT_EQ(answer.output, "");
      EXPECT_EQ(answer.errors, refusal);
      words.emplace_back("--format=json");
      EXPECT_EQ(
          Run(words).output.rfind(R"({"error":{"code":")" + code + '"', 0), 0U);
    }
    EXPECT_EQ(std::filesystem::exists(file()), exists);
    EXPECT_EQ(exists ? TestDatabase(file()).Dump() : "", before);
  }
  void Execute(const std::string& sql) { TestDatabase(file()).Execute(sql); }
  std::string file() const { return folder_.File("board.db"); }

  const TemporaryFolder folder_;
  HistoryBlob blob_ = Compile("board", ThreeMigrations());
};

TEST_F(CommandLinePlan, OfADriftedSchema) {
  ASSERT_EQ(Run({"upgrade", "b2"}).exit_status, 0);
  Execute("CREATE TABLE extra (x)");
  ExpectRefused("drifted schema", "upgrade", "head");
  ExpectRefused("drifted schema", "downgrade", "base");
  // There is nothing to do, for the run too.
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"upgrade", "b2"},
        {"upgrade", "b2", "--dry-run"},
        {"plan", "b2"}}) {
    EXPECT_EQ(Run(words).output, "nothing to do\n");
  }
  Execute("DROP TABLE extra");
  EXPECT_EQ(Run({"plan"}).exit_status, 0);
  EXPECT_EQ(Run({"upgrade", "--dry-run"}).exit_status, 0);
}

// Nobody is asked for what would not be done.
TEST_F(CommandLinePlan, OfADriftedSchemaBeforeALossIsAskedFor) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[2].loss = table::Loss::kOnUpgrade;
  blob_ = Compile("board", migrations);
  ASSERT_EQ(Run({"upgrade", "b2"}).exit_status, 0);
  Execute("CREATE TABLE extra (x)");
  ExpectRefused("drifted schema", "upgrade", "head");
}

TEST_F(CommandLinePlan, OfAnUnknownDatabase) {
  Execute("CREATE TABLE users (x)");
  ExpectRefused("unknown non-empty database", "upgrade", "head");
}

TEST_F(CommandLinePlan, OfAnEngineThatIsTooOld) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[2].minimum_engine = 99000000;
  blob_ = Compile("board", migrations);
  ExpectRefused("database engine too old", "upgrade", "head");
  ASSERT_EQ(Run({"upgrade", "b2"}).exit_status, 0);
  ExpectRefused("database engine too old", "upgrade", "head");
}

TEST_F(CommandLinePlan, OfADatabaseNewerThanTheProgram) {
  ASSERT_EQ(Run({"upgrade"}).exit_status, 0);
  std::vector<Migration> migrations = ThreeMigrations();
  migrations.resize(2);
  blob_ = Compile("board", migrations);
  ExpectRefused("database newer than the program", "upgrade", "head");
  ExpectRefused("database newer than the program", "downgrade", "base");
}

// It writes again what a damaged ledger has lost.
TEST_F(CommandLinePlan, OfAStampInADamagedLedger) {
  ASSERT_EQ(Run({"upgrade", "b2"}).exit_status, 0);
  Execute("DELETE FROM palindrome_applied");
  ExpectRefused("corrupt ledger", "upgrade", "head");
  const std::string before = TestDatabase(file()).Dump();
  const Answer dry = Run({"stamp", "b2", "--dry-run"});
  EXPECT_EQ(dry.errors, "");
  EXPECT_EQ(dry.output,
            "stamp      a1  2025-01-15 14:30:22  migration a1\n"
            "stamp      b2  2025-01-15 14:30:22  migration b2\n");
  EXPECT_EQ(TestDatabase(file()).Dump(), before);
  EXPECT_EQ(Run({"stamp", "b2"}).output, "b2 migration b2\n");
  EXPECT_EQ(Run({"verify"}).exit_status, 0);
}

}  // namespace
}  // namespace palindrome::testing
