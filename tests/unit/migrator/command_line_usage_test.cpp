// What the command line of a program takes, and what it refuses.
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/src/command_line.h"
#include "tests/unit/migrator/command_line_fixture.h"

namespace palindrome::testing {
namespace {

TEST_F(CommandLineTest, HelpsOnStandardOutput) {
  for (const char* option : {"--help", "-h"}) {
    const Outcome outcome = Run({option});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.errors, "");
    for (const char* word : {"usage: board", "upgrade", "downgrade", "current",
                             "history", "stamp", "verify", "--database FILE"}) {
      EXPECT_NE(outcome.output.find(word), std::string::npos) << word;
    }
  }
}

TEST_F(CommandLineTest, RefusesWrongUsage) {
  const std::vector<std::vector<std::string>> kWrong = {
      {},
      {"current"},
      {"--database"},
      {"--database=", "current"},
      {"--database", file()},
      {"--database", file(), "sideways"},
      {"--database", file(), "downgrade"},
      {"--database", file(), "stamp"},
      {"--database", file(), "current", "head"},
      {"--database", file(), "upgrade", "head", "again"},
      {"--database", file(), "--force", "upgrade"},
      {"--database", file(), "-x", "upgrade"},
      {"--databasefile", file(), "upgrade"},
      {"--", "--database", file(), "upgrade"},
      {"--database", file(), "current", "--yes"},
      {"--database", file(), "upgrade", "--yes=no"},
      {"--database", file(), "upgrade", "--format", "yaml"},
      {"--database", file(), "upgrade", "--format"},
      {"--database", file(), "upgrade", "--direction", "up"},
      {"plan", "--direction", "sideways"},
      {"plan", "--dry-run"},
      {"heads", "a1"},
      {"show"},
      {"sql"},
      {"upgrade", "--shell", "--database", file()},
  };
  for (const std::vector<std::string>& words : kWrong) {
    const Outcome outcome = Run(words);
    EXPECT_EQ(outcome.exit_status, 2) << ::testing::PrintToString(words);
    EXPECT_EQ(outcome.output, "");
    EXPECT_NE(outcome.errors.find("see `--help`"), std::string::npos)
        << outcome.errors;
  }
  EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(CommandLineTest, SuggestsWhatWasMeant) {
  const auto errors = [this](const std::vector<std::string>& words) {
    return Run(words).errors;
  };
  EXPECT_NE(errors({"--database", file(), "upgarde"})
                .find("there is no command `upgarde`; did you mean `upgrade`?"),
            std::string::npos);
  EXPECT_NE(errors({"--databse", file(), "upgrade"})
                .find("there is no option `--databse`; did you mean "
                      "`--database`?"),
            std::string::npos);
  EXPECT_EQ(errors({"--database", file(), "sideways"}).find("did you mean"),
            std::string::npos);
}

TEST_F(CommandLineTest, SurvivesNoArgumentsAtAll) {
  ::testing::internal::CaptureStderr();
  char* none = nullptr;
  EXPECT_EQ(sqlite::RunCommandLine(blob_.history(), 0, &none), 2);
  EXPECT_NE(::testing::internal::GetCapturedStderr(), "");
}

TEST(ParseCommandLine, TakesOptionsAnywhere) {
  const std::vector<std::vector<std::string_view>> kSame = {
      {"--database", "f", "downgrade", "-1"},
      {"downgrade", "--database", "f", "-1"},
      {"downgrade", "-1", "--database=f"},
      {"--database=f", "--", "downgrade", "-1"},
  };
  for (const std::vector<std::string_view>& words : kSame) {
    const CommandLine line = ParseCommandLine(words);
    EXPECT_EQ(line.error, "");
    EXPECT_EQ(line.command, Command::kDowngrade);
    EXPECT_EQ(line.database, "f");
    EXPECT_EQ(line.target, "-1");
  }
}

TEST(ParseCommandLine, UpgradesToTheHeadByDefault) {
  const std::vector<std::string_view> words = {"--database", "-f", "upgrade"};
  const CommandLine line = ParseCommandLine(words);
  EXPECT_EQ(line.error, "");
  EXPECT_EQ(line.target, "head");
  EXPECT_EQ(line.database, "-f");
}

}  // namespace
}  // namespace palindrome::testing
