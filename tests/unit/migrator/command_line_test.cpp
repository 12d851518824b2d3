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
