// The command line of programs that carry a history.
#include "runtime/src/command_line.h"

#include <filesystem>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/src/sql_lexer.h"
#include "tests/unit/migrator/command_line_fixture.h"
#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {
namespace {

TEST_F(CommandLineTest, AdoptsWhatHasTheSchema) {
  {
    const TestDatabase database(file());
    database.Execute(
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
  }
  Outcome outcome = RunOnFile({"adopt", "b2"});
  EXPECT_EQ(outcome.exit_status, 1);
  EXPECT_NE(outcome.errors.find("unknown non-empty database"),
            std::string::npos)
      << outcome.errors;
  outcome = RunOnFile({"adopt"});
  EXPECT_EQ(outcome.exit_status, 0) << outcome.errors;
  EXPECT_EQ(outcome.output, "a1 migration a1\n");
  EXPECT_EQ(RunOnFile({"upgrade"}).exit_status, 0);
  EXPECT_EQ(RunOnFile({"verify"}).exit_status, 0);
}

TEST_F(CommandLineTest, GoesUpAndDown) {
  Outcome outcome = RunOnFile({"upgrade"});
  EXPECT_EQ(outcome.exit_status, 0) << outcome.errors;
  EXPECT_EQ(outcome.output,
            "upgraded a1 migration a1\nupgraded b2 migration b2\n"
            "upgraded c3 migration c3\n");
  EXPECT_EQ(RunOnFile({"upgrade", "head"}).output, "nothing to do\n");
  EXPECT_EQ(RunOnFile({"current"}).output, "c3 migration c3 (head)\n");
  EXPECT_EQ(RunOnFile({"downgrade", "-1"}).output,
            "downgraded c3 migration c3\n");
  EXPECT_EQ(RunOnFile({"current"}).output, "b2 migration b2\n");
  EXPECT_EQ(RunOnFile({"verify"}).output, "verified 2 applied migrations\n");
  EXPECT_EQ(RunOnFile({"downgrade", "--", "-1"}).output,
            "downgraded b2 migration b2\n");
  EXPECT_EQ(RunOnFile({"upgrade", "+1"}).output, "upgraded b2 migration b2\n");
  EXPECT_EQ(RunOnFile({"downgrade", "base"}).exit_status, 0);
  EXPECT_EQ(RunOnFile({"current"}).output, "base\n");
}

TEST_F(CommandLineTest, ListsTheHistory) {
  ASSERT_EQ(RunOnFile({"upgrade", "b2"}).exit_status, 0);
  EXPECT_EQ(RunOnFile({"history"}).output,
            "  c3  2025-01-15 14:30:22  migration c3 (head)\n"
            "    may fail on downgrade, on rows that were written since\n"
            "* b2  2025-01-15 14:30:22  migration b2 (current)\n"
            "    allows drop-column-unarchived: a cache\n"
            "* a1  2025-01-15 14:30:22  migration a1\n"
            "    not proven to keep rows: rehearsed without them\n");
  const Outcome range = RunOnFile({"history", "c3:"});
  EXPECT_EQ(range.exit_status, 0);
  EXPECT_NE(range.output.find("c3"), std::string::npos);
  EXPECT_EQ(range.output.find("b2"), std::string::npos);
}

TEST_F(CommandLineTest, Stamps) {
  EXPECT_EQ(RunOnFile({"stamp", "b2"}).output, "b2 migration b2\n");
  const Outcome outcome = RunOnFile({"verify"});
  EXPECT_EQ(outcome.exit_status, 1);
  EXPECT_EQ(outcome.output, "");
  EXPECT_NE(outcome.errors.find("error: drifted schema"), std::string::npos)
      << outcome.errors;
}

TEST_F(CommandLineTest, ShowsWithoutADatabase) {
  EXPECT_EQ(Run({"heads"}).output, "c3 migration c3\n");
  EXPECT_EQ(Run({"plan", "b2"}).output,
            "upgrade    a1  2025-01-15 14:30:22  migration a1\n"
            "upgrade    b2  2025-01-15 14:30:22  migration b2\n"
            "    allows drop-column-unarchived: a cache\n");
  EXPECT_EQ(Run({"plan", "--direction", "down", "b2"}).output,
            "downgrade  c3  2025-01-15 14:30:22  migration c3\n"
            "    may fail on downgrade, on rows that were written since\n");
  EXPECT_EQ(Run({"plan", "--direction=down", "--format=json", "-1"}).output,
            R"({"steps":[{"revision":"c3","direction":"downgrade",)"
            R"("title":"migration c3","loss":"may-fail-on-downgrade",)"
            R"("rebuilds":[],"allows":[]}],"heads":["b2"]})"
            "\n");
  EXPECT_EQ(Run({"plan", "--direction", "up", "base"}).output,
            "nothing to do\n");
  const Outcome unknown = Run({"plan", "zz"});
  EXPECT_EQ(unknown.exit_status, 1);
  EXPECT_NE(unknown.errors.find("unknown revision"), std::string::npos);
  const Outcome show = Run({"show", "-1"});
  EXPECT_EQ(show.exit_status, 0) << show.errors;
  EXPECT_EQ(show.output.substr(0, show.output.find("checksum")),
            "b2  2025-01-15 14:30:22  migration b2\n\n"
            "file        20250115_143022_b2.sql\n"
            "revises     a1\n");
  EXPECT_NE(show.output.find("allows      drop-column-unarchived: a cache\n"),
            std::string::npos);
  EXPECT_NE(show.output.find("\ndowngrade\n    DROP INDEX ix_tasks_title;\n"
                             "    DROP TABLE tasks;\n"),
            std::string::npos)
      << show.output;
  EXPECT_NE(Run({"show", "base"}).errors.find("before the first"),
            std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(":memory:"));
}

std::string Show(const HistoryBlob& blob, const std::string& revision,
                 bool wants_json = false) {
  CommandLine line;
  line.command = Command::kShow;
  line.target = revision;
  line.wants_json = wants_json;
  std::ostringstream out;
  std::ostringstream err;
  const TestDatabase database;
  sqlite::Database driver(database.handle());
  EXPECT_EQ(RunCommand(blob.history(), driver, line, {out, err}), 0)
      << err.str();
  return out.str();
}

TEST(ShowTest, EveryRevisionOfASquashSaysSo) {
  HistoryBlob blob = Compile("board", ThreeMigrations());
  blob.row(2).squashes_from = blob.row(1).revision;
  blob.row(2).squashes_to = blob.row(2).revision;
  blob.row(2).approved_by = blob.row(0).title;
  const std::string text = "\nsquashed    b2 to c3, approved by migration a1\n";
  EXPECT_EQ(Show(blob, "a1").find("squash"), std::string::npos);
  EXPECT_NE(Show(blob, "b2").find(text), std::string::npos) << Show(blob, "b2");
  EXPECT_NE(Show(blob, "c3").find(text), std::string::npos) << Show(blob, "c3");
  EXPECT_NE(Show(blob, "a1", true).find(R"("squashed":null)"),
            std::string::npos);
  EXPECT_NE(Show(blob, "b2", true)
                .find(R"("squashed":{"from":"b2","to":"c3",)"
                      R"("approved_by":"migration a1"})"),
            std::string::npos);
}

// Of a table that another tool made.
TEST(ShowTest, WhatIsNoChainIsNoSquash) {
  HistoryBlob blob = Compile("board", ThreeMigrations());
  const auto expect_none = [&] {
    for (const char* revision : {"a1", "b2", "c3"}) {
      EXPECT_EQ(Show(blob, revision).find("squash"), std::string::npos);
    }
  };
  blob.row(1).squashes_from = blob.row(2).revision;
  blob.row(1).squashes_to = blob.row(1).revision;
  expect_none();
  blob.row(1).squashes_from = blob.row(0).title;
  expect_none();
  blob.row(1).squashes_from = blob.row(0).revision;
  blob.row(1).squashes_to = blob.row(2).revision;
  expect_none();
  // The one that is met first counts.
  blob.row(1).squashes_to = blob.row(1).revision;
  blob.row(2).squashes_from = blob.row(0).revision;
  blob.row(2).squashes_to = blob.row(2).revision;
  EXPECT_NE(Show(blob, "a1").find("\nsquashed    a1 to b2"), std::string::npos);
  EXPECT_EQ(Show(blob, "c3").find("squash"), std::string::npos);
}

TEST(ShowTest, PrintsTheStatementsAsTheyAre) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[0].up.push_back(
      {0, "INSERT INTO users VALUES\n  (1, 'two\n\tlines') -- done"});
  EXPECT_NE(Show(Compile("board", migrations), "a1")
                .find("    INSERT INTO users VALUES\n"
                      "      (1, 'two\n\tlines') -- done\n    ;\n"),
            std::string::npos);
}

TEST_F(CommandLineTest, PlansFromWhereTheDatabaseIs) {
  ASSERT_EQ(RunOnFile({"upgrade", "b2"}).exit_status, 0);
  EXPECT_EQ(RunOnFile({"plan", "--format", "json"}).output,
            R"({"steps":[{"revision":"c3","direction":"upgrade",)"
            R"("title":"migration c3","loss":"may-fail-on-downgrade",)"
            R"("rebuilds":[],"allows":[]}],"heads":["c3"]})"
            "\n");
  const Outcome down = RunOnFile({"plan", "--direction", "down"});
  EXPECT_EQ(down.output,
            "downgrade  b2  2025-01-15 14:30:22  migration b2\n"
            "    allows drop-column-unarchived: a cache\n"
            "downgrade  a1  2025-01-15 14:30:22  migration a1\n");
  EXPECT_NE(RunOnFile({"show", "b2"}).output.find("b2 (current)\n"),
            std::string::npos);
}

TEST_F(CommandLineTest, WritesScripts) {
  const Outcome script = Run({"sql", "b2:head"});
  EXPECT_EQ(script.exit_status, 0);
  EXPECT_EQ(script.output,
            sqlite::OfflineSql(blob_.history(), "b2:c3").value());
  EXPECT_EQ(Run({"sql", "--shell", "b2:head"}).output,
            ".bail on\n" + script.output);
  const Outcome wrong = Run({"sql", "a:b:c"});
  EXPECT_EQ(wrong.exit_status, 1);
  EXPECT_EQ(wrong.output, "");
}

TEST_F(CommandLineTest, PrintsJson) {
  const std::vector<std::vector<std::string>> kCommands = {
      {"upgrade", "--dry-run"},
      {"stamp", "b2", "--dry-run"},
      {"upgrade", "b2"},
      {"current"},
      {"heads"},
      {"history"},
      {"show", "b2"},
      {"plan"},
      {"verify"},
      {"sql", "head"},
      {"downgrade", "base"},
      {"stamp", "b2"},
      {"verify"},
      {"plan", "zz"},
      {"upgrade", "\xff\""},
  };
  const TestDatabase json;
  for (std::vector<std::string> words : kCommands) {
    words.insert(words.begin(), {"--format", "json"});
    const Outcome outcome = RunOnFile(words);
    EXPECT_EQ(outcome.errors, "") << ::testing::PrintToString(words);
    EXPECT_EQ(json.Query("SELECT json_valid(" +
                         sql::QuoteString(outcome.output) + ")"),
              "1\n")
        << outcome.output;
    EXPECT_EQ(outcome.exit_status,
              outcome.output.starts_with("{\"error\"") ? 1 : 0);
  }
  ASSERT_EQ(RunOnFile({"stamp", "base"}).exit_status, 0);
  EXPECT_EQ(RunOnFile({"upgrade", "a1", "--format=json"}).output,
            R"({"steps":[{"revision":"a1","direction":"upgrade",)"
            R"("title":"migration a1","loss":"lossless","rebuilds":[],)"
            R"("allows":[],"notices":[]}],"heads":["a1"]})"
            "\n");
  EXPECT_EQ(RunOnFile({"current", "--format=json"}).output,
            R"({"current":[{"revision":"a1","title":"migration a1",)"
            R"("head":false}]})"
            "\n");
  EXPECT_EQ(RunOnFile({"upgrade", "zz", "--format=json"}).output,
            R"({"error":{"code":"unknown revision","message":"there is no )"
            R"(revision `zz`"}})"
            "\n");
}

// A terminal would obey what a title or a statement says to it.
TEST(Printing, MasksControlCharacters) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[0].title = "red \x1b[31m\nerror:\ttab";
  migrations[0].allowed = {{"drop-column-unarchived", "a\rcache\x7f"}};
  migrations[2].up.push_back({0, "INSERT INTO nowhere\r\nVALUES ('\x1b')"});
  migrations[2].proof = table::Proof::kNone;
  const HistoryBlob blob = Compile("board", migrations);
  const TestDatabase database;
  sqlite::Database driver(database.handle());
  std::ostringstream out;
  std::ostringstream err;
  for (const auto& [command, target] :
       {std::pair{Command::kUpgrade, "a1"}, std::pair{Command::kCurrent, ""},
        std::pair{Command::kHistory, ""}, std::pair{Command::kUpgrade, "head"},
        std::pair{Command::kUpgrade, "\x1b\n"}}) {
    CommandLine line;
    line.command = command;
    line.target = target;
    RunCommand(blob.history(), driver, line, Console{out, err});
  }
  for (const std::string& text : {out.str(), err.str()}) {
    for (const char* character : {"\x1b", "\r", "\t", "\x7f", "\nerror:\t"}) {
      EXPECT_EQ(text.find(character), std::string::npos) << text;
    }
  }
  EXPECT_NE(out.str().find("upgraded a1 red \xEF\xBF\xBD[31m\xEF\xBF\xBD"
                           "error: tab\n"),
            std::string::npos)
      << out.str();
  EXPECT_NE(err.str().find("  statement: INSERT INTO nowhere\n"
                           "    VALUES ('\xEF\xBF\xBD')\n"),
            std::string::npos)
      << err.str();
}

TEST_F(CommandLineTest, ReportsErrors) {
  ASSERT_EQ(RunOnFile({"upgrade"}).exit_status, 0);
  const Outcome outcome = RunOnFile({"downgrade", "zz"});
  EXPECT_EQ(outcome.exit_status, 1);
  EXPECT_EQ(outcome.output, "");
  EXPECT_NE(outcome.errors.find("unknown revision"), std::string::npos);
}

}  // namespace
}  // namespace palindrome::testing
