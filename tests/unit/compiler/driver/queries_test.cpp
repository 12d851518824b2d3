// `palindrome queries`, with a Clang that says what a test wants.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/golden/world.h"

namespace palindrome::driver {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kPath[] = "/project/src/a.cpp";

class QueriesTest : public ::testing::Test {
 protected:
  QueriesTest() {
    world_.files()["migrations/20250101_120000_create_users.sql"] =
        "MIGRATION 'create users' REVISION 'a1' REVISES NONE;\n"
        "UPGRADE BEGIN\n"
        "  CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);\n"
        "END;\nDOWNGRADE AUTO;\n";
    world_.files()["build/compile_commands.json"] =
        R"([{"directory": "/project/build", "file": "../src/a.cpp",
             "arguments": ["c++", "-c", "../src/a.cpp"]}])";
    world_.SetReadUnits([this](llvm::ArrayRef<facts::CompileCommand> commands,
                               const facts::ReadOptions& options)
                            -> llvm::Expected<facts::UnitsRead> {
      commands_ = commands.vec();
      options_ = options;
      facts::UnitsRead read;
      read.not_kept = not_kept_;
      read.units.resize(commands.size());
      if (!read.units.empty() && !is_lost_) {
        read.units.front() = unit_;
      }
      return read;
    });
    unit_.files = {{kPath, ""}};
  }

  // A line of the source with the literal, which a function hands to SQLite.
  void Add(const std::string& function, const std::string& sql) {
    std::string& source = world_.files()["src/a.cpp"];
    const auto begin = static_cast<std::uint32_t>(source.size() + 4);
    source += "Run(\"" + sql + "\");\n";
    facts::Source found;
    found.sink = facts::Sink::kSqlite;
    found.callee = "sqlite3_exec";
    found.function = function;
    found.place = {0, begin,
                   begin + static_cast<std::uint32_t>(sql.size()) + 2};
    found.constants = {{sql, found.place, {{0, 0, begin + 1}}, ""}};
    unit_.calls.sources.push_back(found);
  }
  void AddMigration(const std::string& name, const std::string& id,
                    const std::string& parent, const std::string& sql) {
    world_.files()["migrations/" + name + ".sql"] =
        "MIGRATION 'change users' REVISION '" + id + "' REVISES '" + parent +
        "';\nUPGRADE BEGIN\n  " + sql + "\nEND;\nDOWNGRADE AUTO;\n";
  }
  void Lock() {
    const testing::Outcome outcome = world_.Run({"lock"});
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    for (const OutputFile& file : outcome.written) {
      world_.files()[file.path] = file.content;
    }
  }
  testing::Outcome Run(std::vector<std::string> args = {"-p", "build"}) {
    args.insert(args.begin(), "queries");
    return world_.Run(args);
  }

  testing::World world_;
  facts::Unit unit_;
  bool is_lost_ = false;
  std::string not_kept_;
  std::vector<facts::CompileCommand> commands_;
  facts::ReadOptions options_;
};

TEST_F(QueriesTest, PassesWhatFits) {
  Add("Find", "SELECT name FROM users");
  const testing::Outcome outcome = Run();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.out, "1 literal of SQL: 1 checked, 0 not checked\n");
  ASSERT_EQ(commands_.size(), 1U);
  EXPECT_EQ(commands_.front().file, kPath);
  EXPECT_EQ(options_.cache, "build/palindrome_units");
}

TEST_F(QueriesTest, CHasArgumentsOfItsOwn) {
  world_.files()["src/a.cpp"] = "";
  world_.files()["src/b.c"] = "";
  world_.files()["cpp.txt"] = "-std=gnu++20\n";
  world_.files()["c.txt"] = "-std=gnu99\n-DC\n";
  testing::Outcome outcome = Run({"--compile-flags", "cpp.txt", "--c-flags",
                                  "c.txt", "src/a.cpp", "src/b.c"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  ASSERT_EQ(commands_.size(), 2U);
  EXPECT_EQ(commands_[0].arguments,
            (std::vector<std::string>{"clang++", "-std=gnu++20",
                                      "/project/src/a.cpp"}));
  EXPECT_EQ(commands_[1].arguments,
            (std::vector<std::string>{"clang++", "-std=gnu99", "-DC", "-x", "c",
                                      "/project/src/b.c"}));
  outcome =
      Run({"--compile-flags", "cpp.txt", "--c-flags", "none.txt", "src/a.cpp"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("none.txt"));
}

TEST_F(QueriesTest, PointsIntoTheLiteral) {
  Add("Find", "SELECT name FROM users");
  Add("Find", "SELECT nam FROM users");
  const testing::Outcome outcome = Run();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err,
            "src/a.cpp:2:13: error: `users` has no column `nam`; did you mean "
            "`name`? [query-unknown-name]\n"
            "Run(\"SELECT nam FROM users\");\n"
            "            ^~~\n"
            "1 error generated.\n");
}

TEST_F(QueriesTest, ListsWhatIsNotChecked) {
  Add("Find", "PRAGMA user_version");
  Add("Old", "SELECT gone FROM users");
  Add("Marked", "SELECT gone FROM users");
  unit_.calls.sources.back().unchecked = "old files";
  unit_.calls.sources.push_back(unit_.calls.sources.front());
  unit_.calls.sources.back().constants.clear();
  unit_.calls.sources.back().dynamic = "`Make` makes it";
  world_.files()["migrations/palindrome.toml"] =
      "[queries]\nfunctions = [\"db::Run:2\"]\nunchecked = [\"Old\"]\n";
  const testing::Outcome outcome = Run();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.err,
              HasSubstr("src/a.cpp:1:5: note: not checked, in `Find`: a PRAGMA "
                        "concerns no schema [query-not-checked]\n"));
  EXPECT_THAT(outcome.err, HasSubstr("in `Find`: `Make` makes it"));
  EXPECT_THAT(outcome.err,
              HasSubstr("in `Old`: palindrome.toml leaves the function out"));
  EXPECT_THAT(outcome.err,
              HasSubstr("in `Marked`: the program says so: old files"));
  EXPECT_EQ(outcome.out,
            "3 literals of SQL: 0 checked, 3 not checked; 1 place with SQL "
            "that is no constant, not checked\n");
  EXPECT_EQ(options_.query_functions, std::vector<std::string>{"db::Run:2"});
}

TEST_F(QueriesTest, SaysWhatClangCannotRead) {
  Add("Find", "SELECT name FROM users");
  unit_.errors = {{{0, 0, 3}, "unknown type name `Run`"}};
  testing::Outcome outcome = Run();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.err,
              HasSubstr("src/a.cpp:1:1: warning: Clang cannot read all of this "
                        "file, and may miss SQL in it: unknown type name"));
  is_lost_ = true;
  outcome = Run();
  EXPECT_THAT(outcome.err, HasSubstr("src/a.cpp:1:1: warning: "));
}

TEST_F(QueriesTest, NamesTheMigrationThatBreaks) {
  Add("Find", "SELECT name FROM users");
  Add("Show", "SELECT nick FROM users");
  Lock();
  AddMigration("20250102_120000_rename_name", "b2", "a1",
               "ALTER TABLE users RENAME COLUMN name TO nick;");
  testing::Outcome outcome = Run();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err,
              HasSubstr("migrations/20250102_120000_rename_name.sql:3:3: note: "
                        "migration `b2` breaks it\n"));
  outcome = Run({"-p", "build", "--impact"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.out,
            "b2  2025-01-02 12:00:00  change users  (head)\n"
            "    breaks `Find` (src/a.cpp:1:5): `users` has no column `name`\n"
            "    is needed by `Show` (src/a.cpp:2:5)\n"
            "    programs that are in use break with it\n"
            "2 literals of SQL: 2 checked, 0 not checked\n");
  outcome = Run({"-p", "build", "--impact", "--format", "json"});
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out, HasSubstr("\"deployed\": true"));
  EXPECT_THAT(outcome.out, HasSubstr("\"needed_by\": ["));
}

TEST_F(QueriesTest, TellsASafeMigration) {
  Add("Find", "SELECT name FROM users");
  Lock();
  AddMigration("20250102_120000_add_nick", "b2", "a1",
               "ALTER TABLE users ADD COLUMN nick TEXT;");
  const testing::Outcome outcome = Run({"-p", "build", "--impact"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("    breaks no SQL here\n"));
  Lock();
  EXPECT_THAT(Run({"-p", "build", "--impact"}).out,
              HasSubstr("every migration is locked\n"));
}

TEST_F(QueriesTest, WhatIsNotDeployedBreaksNobody) {
  Add("Find", "SELECT nick FROM users");
  Lock();
  AddMigration("20250102_120000_add_nick", "b2", "a1",
               "ALTER TABLE users ADD COLUMN nick TEXT;");
  AddMigration("20250103_120000_rename_nick", "c3", "b2",
               "ALTER TABLE users RENAME COLUMN nick TO alias;");
  const testing::Outcome outcome = Run({"-p", "build", "--impact"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, HasSubstr("no locked migration lets it work"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("programs that are in use")));
}

TEST_F(QueriesTest, WritesWhatABuildWaitsFor) {
  Add("Find", "SELECT name FROM users");
  testing::Outcome outcome =
      Run({"-p", "build", "--stamp", "out/stamp", "--depfile", "out/deps"});
  ASSERT_EQ(outcome.written.size(), 2U);
  EXPECT_EQ(outcome.written[0].path, "out/deps");
  EXPECT_EQ(outcome.written[0].content,
            "out/stamp: \\\n  /project/src/a.cpp \\\n"
            "  migrations/20250101_120000_create_users.sql\n");
  EXPECT_EQ(outcome.written[1].path, "out/stamp");
  Add("Find", "SELECT gone FROM users");
  outcome = Run({"-p", "build", "--stamp", "out/stamp"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(outcome.written.empty());
  EXPECT_EQ(Run({"-p", "build", "--depfile", "d"}).status, 2);
}

TEST_F(QueriesTest, FindsTheOnlyBuild) {
  Add("Find", "SELECT name FROM users");
  EXPECT_EQ(Run({}).status, 0);
  EXPECT_EQ(options_.cache, "build/palindrome_units");
  world_.files()["build/dev/compile_commands.json"] = "[]";
  testing::Outcome outcome = Run({});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("say how the C++ is compiled"));
  outcome = Run({"-p", "none"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("none/compile_commands.json"));
  outcome = Run({"-p", "build", "src/b.cpp"});
  EXPECT_THAT(outcome.err, HasSubstr("there is no file `src/b.cpp`"));
}

TEST_F(QueriesTest, SaysThatNothingIsKept) {
  Add("Find", "SELECT name FROM users");
  not_kept_ = "`/proc/x` cannot be made";
  const testing::Outcome outcome = Run();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(
      outcome.err,
      HasSubstr("palindrome: note: what Clang finds is not kept for the "
                "next run: `/proc/x` cannot be made\n"));
}

TEST_F(QueriesTest, NeedsMigrationsThatApply) {
  Add("Find", "SELECT name FROM users");
  AddMigration("20250102_120000_drop_gone", "b2", "a1",
               "ALTER TABLE users DROP COLUMN gone;");
  const testing::Outcome outcome = Run();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("the migrations are wrong"));
}

}  // namespace
}  // namespace palindrome::driver
