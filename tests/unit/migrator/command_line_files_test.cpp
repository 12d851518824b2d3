// Which files the command line of a program makes, and when.
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace palindrome::testing
