#include <gtest/gtest.h>

#include "compiler/driver/environment.h"
#include "tests/golden/world.h"

namespace palindrome::driver {
namespace {

using testing::Outcome;
using testing::World;
using Args = std::vector<std::string>;

constexpr char kPath[] = "migrations/20250101_120000_create_users.sql";
constexpr char kMigration[] =
    "MIGRATION 'create users'\n  REVISION 'aa11'\n  REVISES NONE;\n"
    "UPGRADE BEGIN\n  CREATE TABLE users (id INTEGER PRIMARY KEY);\nEND;\n"
    "DOWNGRADE AUTO;\n";

const Args kCompile = {"compile",      "--target",   "my-app",
                       "--output-dir", "out folder", "--depfile",
                       "out folder/d", "--stamp",    "out folder/stamp"};

std::vector<std::string> Names(const Outcome& outcome) {
  std::vector<std::string> names;
  for (const OutputFile& file : outcome.written) {
    names.push_back(file.path);
  }
  return names;
}

class CompileCommandTest : public ::testing::Test {
 protected:
  void SetUp() override { world_.files()[kPath] = kMigration; }
  World world_;
};

TEST_F(CompileCommandTest, WritesTheFilesOfATarget) {
  const Outcome outcome = world_.Run(kCompile);
  EXPECT_EQ(outcome.status, kSuccess) << outcome.err;
  EXPECT_EQ(outcome.out + outcome.err, "");
  EXPECT_EQ(Names(outcome), Args({"out folder/my-app_migrations.h",
                                  "out folder/my-app_migrations.cpp",
                                  "out folder/d", "out folder/stamp"}));
  const std::string& header = outcome.written[0].content;
  EXPECT_NE(header.find("namespace my_app {"), std::string::npos) << header;
  const std::string& source = outcome.written[1].content;
  EXPECT_NE(source.find("#include \"my-app_migrations.h\""), std::string::npos);
  EXPECT_NE(source.find("CREATE TABLE users"), std::string::npos);
  EXPECT_EQ(outcome.written[2].content,
            "out\\ folder/stamp: \\\n  " + std::string(kPath) + "\n");
}

TEST_F(CompileCommandTest, WritesOnlyWhatChanged) {
  world_.Run(kCompile);
  EXPECT_EQ(Names(world_.Run(kCompile)),
            Args({"out folder/d", "out folder/stamp"}));
  // Comments are not compiled.
  world_.files()[kPath] += "-- the end\n";
  EXPECT_EQ(Names(world_.Run(kCompile)),
            Args({"out folder/d", "out folder/stamp"}));
  world_.files().erase("out folder/my-app_migrations.h");
  EXPECT_EQ(Names(world_.Run(kCompile)),
            Args({"out folder/my-app_migrations.h", "out folder/d",
                  "out folder/stamp"}));
}

TEST_F(CompileCommandTest, WhatHappensToDataIsInTheTable) {
  world_.files()[kPath] =
      "MIGRATION 'create users'\n  REVISION 'aa11'\n  REVISES NONE;\n"
      "UPGRADE BEGIN\n  CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT"
      " NOT NULL);\nEND;\nDOWNGRADE AUTO;\n";
  struct Case {
    const char* upgrade;
    const char* downgrade;
    const char* loss;
  };
  const Case kCases[] = {
      {"CREATE INDEX ix ON users (name);", "AUTO", "kLossless"},
      {"ALTER TABLE users ADD COLUMN age INT;", "AUTO", "kOnDowngrade"},
      {"ALTER TABLE users ALTER COLUMN name DROP NOT NULL;", "AUTO",
       "kMayFailOnDowngrade"},
      {"ALLOW dml-without-inverse BECAUSE 'case is nothing to us';\n"
       "UPDATE users SET name = lower(name);",
       "BEGIN END", "kSigned"},
  };
  for (const Case& each : kCases) {
    SCOPED_TRACE(each.upgrade);
    world_.files()["migrations/20250102_120000_change_users.sql"] =
        std::string(
            "MIGRATION 'change users'\n  REVISION 'bb22'\n  REVISES 'aa11';\n"
            "UPGRADE BEGIN\n") +
        each.upgrade + "\nEND;\nDOWNGRADE " + each.downgrade + ";\n";
    const Outcome outcome = world_.Run(kCompile);
    ASSERT_EQ(outcome.status, kSuccess) << outcome.err;
    ASSERT_GE(outcome.written.size(), 3U);
    const std::string& source =
        outcome.written[outcome.written.size() - 3].content;
    EXPECT_NE(source.find(std::string("t::Loss::") + each.loss),
              std::string::npos)
        << source;
    EXPECT_NE(source.find("t::Proof::kData"), std::string::npos);
  }
}

TEST_F(CompileCommandTest, ShortcutsAreInTheTable) {
  const auto add = [this](int number, const std::string& upgrade) {
    const std::string id = std::to_string(number);
    world_.files()["migrations/2025010" + id + "_120000_change_users.sql"] =
        "MIGRATION 'change users'\n  REVISION 'r" + id + "'\n  REVISES '" +
        (number == 2 ? std::string("aa11") : "r" + std::to_string(number - 1)) +
        "';\nUPGRADE BEGIN\n" + upgrade + "\nEND;\nDOWNGRADE AUTO;\n";
  };
  add(2, "ALTER TABLE users ADD COLUMN age INT;");
  add(3, "ALTER TABLE users ALTER COLUMN age SET DEFAULT 1;");
  add(4, "ALTER TABLE users ALTER COLUMN age SET DEFAULT 2;");
  const std::string source = world_.Run(kCompile).written[1].content;
  EXPECT_NE(source.find("t::ShortcutKind::kNewDatabase, {0, 4}"),
            std::string::npos)
      << source;
  EXPECT_NE(source.find("t::ShortcutKind::kMergedRebuilds, {2, 2}"),
            std::string::npos);
  EXPECT_EQ(source.find("No snapshot"), std::string::npos);
}

TEST_F(CompileCommandTest, TheSourceSaysWhyThereIsNoSnapshot) {
  world_.files()["migrations/20250102_120000_add_first_user.sql"] =
      "MIGRATION 'add first user'\n  REVISION 'bb22'\n  REVISES 'aa11';\n"
      "UPGRADE BEGIN\n  INSERT INTO users VALUES (abs(random()) % 1);\nEND;\n"
      "DOWNGRADE BEGIN\n  DELETE FROM users WHERE id = 0;\nEND;\n";
  const Outcome outcome = world_.Run(kCompile);
  ASSERT_EQ(outcome.status, kSuccess) << outcome.err;
  const std::string& source = outcome.written[1].content;
  EXPECT_NE(source.find("// No snapshot of a new database: what they leave "
                        "depends on `random()`.\n"),
            std::string::npos)
      << source;
  Args args = kCompile;
  args.insert(args.end(), {"--rehearse", "none"});
  // The header is as it was.
  const Outcome unproven = world_.Run(args);
  ASSERT_FALSE(unproven.written.empty()) << unproven.err;
  EXPECT_NE(unproven.written[0].content.find("nothing was rehearsed"),
            std::string::npos);
}

TEST_F(CompileCommandTest, TheDepfileNamesWhatWasRead) {
  world_.files()["migrations/palindrome.toml"] = "";
  world_.files()["locks/a#b$"] = "palindrome-lock 1\n";
  Args args = {"compile",   "--target", "app",         "--output-dir", "out",
               "--depfile", "d",        "--lock-file", "locks/a#b$"};
  const Outcome outcome = world_.Run(args);
  ASSERT_EQ(outcome.status, kSuccess) << outcome.err;
  EXPECT_EQ(outcome.written.back().content,
            "out/app_migrations.h out/app_migrations.cpp: \\\n"
            "  migrations/palindrome.toml \\\n"
            "  migrations/20250101_120000_create_users.sql \\\n"
            "  locks/a\\#b$$\n");
}

TEST_F(CompileCommandTest, AnErrorWritesNothing) {
  world_.Run(kCompile);
  world_.files()[kPath] += "nonsense";
  const Outcome broken = world_.Run(kCompile);
  EXPECT_EQ(broken.status, kFindings);
  EXPECT_EQ(Names(broken), Args());
  world_.files()[kPath] = kMigration;
  Args args = kCompile;
  args.push_back("--require-locked");
  EXPECT_EQ(Names(world_.Run(args)), Args());
}

TEST_F(CompileCommandTest, AFullDiskIsReported) {
  world_.FailWrites("no space left on device");
  const Outcome outcome = world_.Run(kCompile);
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_EQ(outcome.err, "palindrome: error: no space left on device\n");
}

TEST_F(CompileCommandTest, TheNamespaceIsTheNameInLedgers) {
  Args args = kCompile;
  args.insert(args.end(), {"--namespace", "a::b"});
  const Outcome outcome = world_.Run(args);
  ASSERT_EQ(outcome.status, kSuccess) << outcome.err;
  EXPECT_NE(outcome.written[0].content.find("namespace a::b {"),
            std::string::npos);
  EXPECT_NE(outcome.written[1].content.find("\"a::b\""), std::string::npos);
}

TEST_F(CompileCommandTest, AWarningIsNoErrorUnlessItIsMadeOne) {
  Args args = kCompile;
  args.insert(args.end(), {"--rules", "bad-file-name=warning"});
  world_.files()["migrations/second.sql"] =
      "MIGRATION 'add name to users'\n  REVISION 'ab22'\n  REVISES 'aa11';\n"
      "UPGRADE BEGIN\n  ALTER TABLE users ADD COLUMN name TEXT;\nEND;\n"
      "DOWNGRADE AUTO;\n";
  const Outcome outcome = world_.Run(args);
  EXPECT_EQ(outcome.status, kSuccess) << outcome.err;
  EXPECT_NE(outcome.err.find("[bad-file-name]"), std::string::npos);
  EXPECT_EQ(outcome.written.size(), 4U);
  args.emplace_back("--warnings-as-errors");
  EXPECT_EQ(world_.Run(args).status, kFindings);
}

}  // namespace
}  // namespace palindrome::driver
