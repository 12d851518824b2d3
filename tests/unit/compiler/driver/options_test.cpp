#include <gtest/gtest.h>

#include "compiler/driver/environment.h"
#include "tests/golden/world.h"

namespace palindrome::driver {
namespace {

using testing::Outcome;
using testing::World;

constexpr char kFirst[] =
    "MIGRATION 'create users'\n  REVISION 'aa11'\n  REVISES NONE;\n"
    "UPGRADE BEGIN\n  CREATE TABLE users (id INTEGER PRIMARY KEY);\nEND;\n"
    "DOWNGRADE AUTO;\n";
constexpr char kSecond[] =
    "MIGRATION 'add name to users'\n  REVISION 'ab22'\n  REVISES 'aa11';\n"
    "UPGRADE BEGIN\n  ALTER TABLE users ADD COLUMN name TEXT;\nEND;\n"
    "DOWNGRADE AUTO;\n";

World TwoMigrations() {
  World world;
  world.files() = {
      {"migrations/20250101_120000_create_users.sql", kFirst},
      {"migrations/20250102_120000_add_name_to_users.sql", kSecond}};
  return world;
}

// The title of the migration that `show` shows; else what it complains of.
std::string Shown(const std::vector<std::string>& targets) {
  World world = TwoMigrations();
  std::vector<std::string> args = {"show"};
  args.insert(args.end(), targets.begin(), targets.end());
  const Outcome outcome = world.Run(args);
  if (outcome.status != kSuccess) {
    return std::to_string(outcome.status) + " " + outcome.err;
  }
  return outcome.out.substr(0, 4);
}

TEST(OptionsTest, TargetsMayBeginWithASign) {
  EXPECT_EQ(Shown({"-1"}), "aa11");
  EXPECT_EQ(Shown({"--", "-1"}), "aa11");
  EXPECT_EQ(Shown({"+1"}), "aa11");
  EXPECT_EQ(Shown({"+2"}), "ab22");
  EXPECT_EQ(Shown({"--", "+2"}), "ab22");
  EXPECT_EQ(Shown({"-1", "--directory", "migrations"}), "aa11");
  EXPECT_EQ(Shown({"--directory=migrations", "-1"}), "aa11");
  EXPECT_EQ(Shown({"-3"}).substr(0, 2), "1 ");
}

TEST(OptionsTest, TargetsMayBePartial) {
  EXPECT_EQ(Shown({"aa"}), "aa11");
  EXPECT_EQ(Shown({"ab22"}), "ab22");
  EXPECT_EQ(Shown({"head"}), "ab22");
  EXPECT_EQ(Shown({"a"}).substr(0, 2), "1 ");
  EXPECT_EQ(Shown({"zz"}).substr(0, 2), "1 ");
  EXPECT_EQ(Shown({"base"}).substr(0, 2), "1 ");
}

TEST(OptionsTest, WrongUsageIsTwo) {
  const std::vector<std::vector<std::string>> lines = {
      {},
      {"chek"},
      {"--wrong"},
      {"check", "--wrong"},
      {"check", "--lock"},
      {"check", "extra"},
      {"check", "--format", "xml"},
      {"check", "--rules", "nonsense=error"},
      {"check", "--rules", "missing-downgrade=off"},
      {"check", "--minimum-sqlite", "old"},
      {"check", "--rehearse", "rows"},
      {"check", "--dialects", "postgresql"},
      {"check", "--directory"},
      {"show"},
      {"show", "a", "b"},
      {"explain"},
      {"explain", "nonsense"},
      {"revision"},
      {"revision", "-m", "?!"},
      {"revision", "-m", "two\nlines"},
      {"revision", "-m", "\xff"},
      {"revision", "-m", "add x", "--rev-id", "UP"},
      {"revision", "-m", "add x", "--rev-id", "base"},
      {"revision", "-m", "add x", "--branch-label", "\x1b"},
      {"revision", "-m", "add x", "extra"},
      {"merge", "--rev-id", "UP"},
      {"merge", "-m", "\x7f"},
      {"rebase"},
      {"rebase", "aa11"},
      {"rebase", "--onto", "aa11"},
      {"edit"},
      {"branches", "extra"},
      {"current"},
      {"upgrade"},
      {"downgrade", "--database", "x"},
      {"stamp", "--database", "x"},
      {"history", "-i"},
      {"history", "-r", ":", ":"},
      {"compile"},
      {"compile", "--target", "a/b", "--output-dir", "out"},
      {"compile", "--target", "int", "--output-dir", "out"},
      {"compile", "--target", "app", "--output-dir", "out", "--namespace",
       "a::"}};
  for (const std::vector<std::string>& line : lines) {
    World world = TwoMigrations();
    const Outcome outcome = world.Run(line);
    EXPECT_EQ(outcome.status, kUsage)
        << ::testing::PrintToString(line) << outcome.err;
    EXPECT_EQ(outcome.out, "") << ::testing::PrintToString(line);
    EXPECT_NE(outcome.err.find("palindrome"), std::string::npos);
    EXPECT_TRUE(outcome.written.empty());
  }
}

TEST(OptionsTest, EveryCommandHasHelp) {
  World world;
  for (const char* command : {
#define PALINDROME_COMMAND(Function, Name, Summary) Name,
#include "compiler/driver/commands.def"
       }) {
    const Outcome outcome = world.Run({command, "--help"});
    EXPECT_EQ(outcome.status, kSuccess);
    EXPECT_EQ(outcome.err, "");
    EXPECT_EQ(outcome.out.rfind(std::string("Usage: palindrome ") + command, 0),
              0U);
    EXPECT_EQ(world.Run({"help", command}).out, outcome.out);
  }
  EXPECT_EQ(world.Run({"help"}).out, world.Run({"--help"}).out);
}

TEST(OptionsTest, NoWordIsAnEscapeSequence) {
  const std::string word = "x\x1B[31m";
  const std::vector<std::string> lines[] = {{word},
                                            {"--" + word},
                                            {"check", "--" + word},
                                            {"check", "--rules", word + "=off"},
                                            {"check", "--format", word},
                                            {"check", "--directory", word},
                                            {"explain", word},
                                            {"show", word},
                                            {"import", "--from", word, "."}};
  for (const std::vector<std::string>& args : lines) {
    World world = TwoMigrations();
    const Outcome outcome = world.Run(args);
    EXPECT_NE(outcome.status, kSuccess);
    EXPECT_NE(outcome.err, "");
    EXPECT_EQ(outcome.err.find('\x1B'), std::string::npos) << outcome.err;
  }
}

}  // namespace
}  // namespace palindrome::driver
