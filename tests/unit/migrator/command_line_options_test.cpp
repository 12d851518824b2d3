// The Migrator's options on the command line of a program: those that the
// program passes, and those that the words ask for.
#include <array>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/src/command_line.h"
#include "tests/unit/migrator/command_line_fixture.h"
#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {
namespace {

using Words = std::vector<std::string>;

class OptionsTest : public ::testing::Test {
 protected:
  Outcome Run(const HistoryBlob& blob, Words words,
              const Options& options = {}) const {
    words.insert(words.begin(), {"--database", file()});
    return CallProgram(std::move(words), [&](int argc, char* const argv[]) {
      return sqlite::RunCommandLine(blob.history(), argc, argv, options);
    });
  }
  std::string file() const { return folder_.File("board.db"); }

  // The last of the migrations loses what it made; the first program knows
  // the first two.
  static HistoryBlob Grown(table::Loss loss) {
    std::vector<Migration> migrations = ThreeMigrations();
    migrations[2].loss = loss;
    return Compile("board", migrations);
  }
  static HistoryBlob Old() {
    std::vector<Migration> migrations = ThreeMigrations();
    migrations.resize(2);
    return Compile("board", migrations);
  }

  const TemporaryFolder folder_;
  const HistoryBlob old_ = Old();
};

TEST_F(OptionsTest, ANewerDatabaseMayBeAccepted) {
  ASSERT_EQ(Run(Grown(table::Loss::kLossless), {"upgrade"}).exit_status, 0);
  for (const char* command : {"upgrade", "current", "history", "verify"}) {
    const Outcome refused = Run(old_, {command});
    EXPECT_EQ(refused.exit_status, 1) << command;
    EXPECT_NE(refused.errors.find("database newer"), std::string::npos)
        << refused.errors;
  }
  for (const char* what : {"reads", "reads-and-writes"}) {
    const std::string option = std::string("--allow-newer=") + what;
    EXPECT_EQ(Run(old_, {"upgrade", option}).output, "nothing to do\n");
    EXPECT_EQ(Run(old_, {"upgrade", option, "--dry-run"}).output,
              "nothing to do\n");
    EXPECT_EQ(Run(old_, {"plan", option, "--format=json"}).output,
              "{\"steps\":[],\"heads\":[\"c3\"]}\n");
    EXPECT_EQ(Run(old_, {"upgrade", option, "--format=json"}).output,
              "{\"steps\":[],\"heads\":[\"c3\"]}\n");
    EXPECT_EQ(Run(old_, {"current", option}).output,
              "c3 migration c3 (not known to this program)\n");
    EXPECT_EQ(Run(old_, {"current", option, "--format=json"}).output,
              "{\"current\":[{\"revision\":\"c3\",\"title\":"
              "\"migration c3\",\"head\":false,\"known\":false}]}\n");
    EXPECT_EQ(Run(old_, {"history", option}).exit_status, 0);
    EXPECT_EQ(Run(old_, {"verify", option}).exit_status, 0);
  }
  Options options;
  options.allow_newer = AllowNewer::kReadsAndWrites;
  EXPECT_EQ(Run(old_, {"upgrade"}, options).output, "nothing to do\n");
}

TEST_F(OptionsTest, WhatTheProgramDoesNotKnowMayBeUndone) {
  ASSERT_EQ(Run(Grown(table::Loss::kLossless), {"upgrade"}).exit_status, 0);
  const Words with = {"--allow-foreign-downgrade"};
  EXPECT_EQ(Run(old_, {"upgrade", with[0], "--dry-run"}).output,
            "downgrade  c3  migration c3\n"
            "    this program does not know it; the database keeps what undoes "
            "it\n");
  EXPECT_EQ(Run(old_, {"plan", with[0], "--format=json"}).output,
            "{\"steps\":[{\"revision\":\"c3\",\"direction\":\"downgrade\","
            "\"title\":\"migration c3\",\"loss\":\"lossless\",\"rebuilds\":[],"
            "\"allows\":[],\"known\":false}],\"heads\":[\"b2\"]}\n");
  EXPECT_EQ(Run(old_, {"downgrade", "a1", with[0]}).output,
            "downgraded c3 migration c3\ndowngraded b2 migration b2\n");
  EXPECT_EQ(Run(old_, {"current"}).output, "a1 migration a1\n");
  ASSERT_EQ(Run(Grown(table::Loss::kLossless), {"upgrade"}).exit_status, 0);
  EXPECT_EQ(Run(old_, {"upgrade", with[0], "--format=json"}).output,
            "{\"steps\":[{\"revision\":\"c3\",\"direction\":\"downgrade\","
            "\"title\":\"migration c3\",\"loss\":\"lossless\",\"rebuilds\":[],"
            "\"allows\":[],\"known\":false,\"notices\":[]}],"
            "\"heads\":[\"b2\"]}\n");
}

TEST_F(OptionsTest, WhatMayBeLostThenIsAskedFor) {
  const HistoryBlob grown = Grown(table::Loss::kOnDowngrade);
  ASSERT_EQ(Run(grown, {"upgrade"}).exit_status, 0);
  const Outcome refused = Run(old_, {"upgrade", "--allow-foreign-downgrade"});
  EXPECT_EQ(refused.exit_status, 1);
  EXPECT_NE(refused.errors.find("`c3` migration c3 (this program does not know "
                                "it, and the database has it as "
                                "`loses-on-downgrade`); accept it with "
                                "`--yes`"),
            std::string::npos)
      << refused.errors;
  EXPECT_EQ(Run(old_, {"plan", "--allow-foreign-downgrade"}).output,
            "downgrade  c3  migration c3\n"
            "    this program does not know it; the database keeps what undoes "
            "it\n"
            "    may lose data: the database has it as `loses-on-downgrade`\n");
  EXPECT_EQ(Run(grown, {"current"}).output, "c3 migration c3 (head)\n");
  EXPECT_EQ(Run(old_, {"upgrade", "--allow-foreign-downgrade", "--yes"}).output,
            "downgraded c3 migration c3\n");
  ASSERT_EQ(Run(grown, {"upgrade"}).exit_status, 0);
  Options options;
  options.allow_foreign_downgrade = true;
  EXPECT_EQ(Run(old_, {"upgrade"}, options).exit_status, 1);
  options.accept_loss = true;
  EXPECT_EQ(Run(old_, {"upgrade"}, options).output,
            "downgraded c3 migration c3\n");
}

TEST_F(OptionsTest, AStampLeavesWhatTheProgramDoesNotKnowAlone) {
  ASSERT_EQ(Run(Grown(table::Loss::kLossless), {"upgrade"}).exit_status, 0);
  Options newer;
  newer.allow_newer = AllowNewer::kReadsAndWrites;
  Options back;
  back.allow_foreign_downgrade = true;
  for (const Options& options : {Options(), newer, back}) {
    const Outcome real = Run(old_, {"stamp", "a1"}, options);
    EXPECT_EQ(real.exit_status, 1);
    EXPECT_NE(real.errors.find("database newer"), std::string::npos)
        << real.errors;
    const Outcome dry = Run(old_, {"stamp", "a1", "--dry-run"}, options);
    EXPECT_EQ(dry.exit_status, 1);
    EXPECT_EQ(dry.output, "");
    EXPECT_EQ(dry.errors, real.errors);
  }
}

TEST_F(OptionsTest, ADatabaseMayBeAdoptedFirst) {
  const HistoryBlob blob = Grown(table::Loss::kLossless);
  TestDatabase(file()).Execute(
      "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
  EXPECT_EQ(Run(blob, {"upgrade"}).exit_status, 1);
  EXPECT_EQ(Run(blob, {"upgrade", "b2", "--adopt", "--dry-run"}).output,
            "adopt      a1  2025-01-15 14:30:22  migration a1\n"
            "upgrade    b2  2025-01-15 14:30:22  migration b2\n");
  EXPECT_EQ(Run(blob, {"plan", "a1", "--adopt"}).output,
            "adopt      a1  2025-01-15 14:30:22  migration a1\n");
  const std::string adopted =
      "{\"steps\":[{\"revision\":\"a1\",\"direction\":\"adopt\","
      "\"title\":\"migration a1\",\"loss\":\"lossless\",\"rebuilds\":[],"
      "\"allows\":[]";
  EXPECT_EQ(Run(blob, {"plan", "a1", "--adopt", "--format=json"}).output,
            adopted + "}],\"heads\":[\"a1\"]}\n");
  for (const char* target : {"base", "a1"}) {
    // An upgrade to the base has nothing to do, and adopts nothing.
    const bool adopts = target == std::string("a1");
    const Words words = {"upgrade", target, "--adopt", "--format=json"};
    EXPECT_EQ(
        Run(blob, {"plan", target, "--adopt"}).output == "nothing to do\n",
        !adopts);
    EXPECT_EQ(Run(blob, words).output,
              adopts ? adopted + ",\"notices\":[]}],\"heads\":[\"a1\"]}\n"
                     : "{\"steps\":[],\"heads\":[]}\n");
    EXPECT_EQ(Run(blob, {"current"}).output,
              adopts ? "a1 migration a1\n" : "base\n");
  }
  EXPECT_EQ(Run(blob, {"upgrade", "a1", "--adopt"}).output, "nothing to do\n");
}

TEST_F(OptionsTest, WhatWasAdoptedIsSaid) {
  const HistoryBlob blob = Grown(table::Loss::kLossless);
  TestDatabase(file()).Execute(
      "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
  EXPECT_EQ(Run(blob, {"upgrade", "b2", "--adopt"}).output,
            "adopted a1 migration a1\nupgraded b2 migration b2\n");
  EXPECT_EQ(Run(blob, {"verify"}).exit_status, 0);
}

TEST_F(OptionsTest, UserVersionsAreTheProgramsTable) {
  const HistoryBlob blob = Grown(table::Loss::kLossless);
  TestDatabase(file()).Execute(
      "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"
      "PRAGMA user_version = 7");
  constexpr std::array<UserVersion, 1> kOther = {{{6, "a1"}}};
  constexpr std::array<UserVersion, 1> kVersions = {{{7, "a1"}}};
  Options options;
  options.user_versions = kOther;
  const Outcome refused = Run(blob, {"adopt"}, options);
  EXPECT_EQ(refused.exit_status, 1);
  EXPECT_NE(refused.errors.find("user version 7"), std::string::npos)
      << refused.errors;
  options.user_versions = kVersions;
  EXPECT_EQ(Run(blob, {"adopt"}, options).output, "a1 migration a1\n");
  const Outcome other = Run(blob, {"adopt", "b2"}, options);
  EXPECT_EQ(other.exit_status, 1);
  EXPECT_NE(other.errors.find("error: bad target: "), std::string::npos)
      << other.errors;
}

TEST_F(OptionsTest, ALockIsWaitedForAsLongAsTheWordsSay) {
  const HistoryBlob blob = Grown(table::Loss::kLossless);
  const TestDatabase other(file());
  other.Execute("BEGIN IMMEDIATE");
  const auto begin = std::chrono::steady_clock::now();
  const Outcome outcome = Run(blob, {"upgrade", "--lock-timeout", "0"});
  EXPECT_EQ(outcome.exit_status, 1);
  EXPECT_NE(outcome.errors.find("database locked"), std::string::npos)
      << outcome.errors;
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST_F(OptionsTest, RunsMayBeOneTransactionEach) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[2].up.push_back({0, "INSERT INTO nowhere VALUES (1)"});
  migrations[2].proof = table::Proof::kNone;
  const HistoryBlob blob = Compile("board", migrations);
  EXPECT_EQ(Run(blob, {"upgrade"}).exit_status, 1);
  EXPECT_EQ(Run(blob, {"current"}).output, "base\n");
  EXPECT_EQ(
      Run(blob, {"upgrade", "--transaction-per-migration", "--no-shortcuts"})
          .exit_status,
      1);
  EXPECT_EQ(Run(blob, {"current"}).output, "b2 migration b2\n");
}

TEST(ParseOptions, StartFromThoseOfTheProgram) {
  Options options;
  options.lock_timeout = std::chrono::seconds(7);
  options.adopt = true;
  const std::vector<std::string_view> kept = {"--database", "f", "upgrade"};
  CommandLine line = ParseCommandLine(kept, options);
  EXPECT_EQ(line.options.lock_timeout, std::chrono::seconds(7));
  EXPECT_TRUE(line.options.adopt);
  EXPECT_TRUE(line.options.use_snapshot);
  const std::vector<std::string_view> changed = {
      "--database", "f", "upgrade", "--lock-timeout=3", "--no-shortcuts"};
  line = ParseCommandLine(changed, options);
  EXPECT_EQ(line.error, "");
  EXPECT_EQ(line.options.lock_timeout, std::chrono::seconds(3));
  EXPECT_FALSE(line.options.use_snapshot || line.options.merge_rebuilds ||
               line.options.use_squashes);
}

TEST(ParseOptions, RefusesWhatMeansNothing) {
  const std::vector<std::vector<std::string_view>> kWrong = {
      {"upgrade", "--lock-timeout", "-1"},
      {"upgrade", "--lock-timeout", ""},
      {"upgrade", "--lock-timeout", "1.5"},
      {"upgrade", "--lock-timeout", "99999999999999999999"},
      {"upgrade", "--lock-timeout"},
      {"upgrade", "--allow-newer", "all"},
      {"upgrade", "--allow-newer"},
      {"upgrade", "--adopt=a1"},
      {"upgrade", "--namespace="},
      {"downgrade", "a1", "--adopt"},
      {"downgrade", "a1", "--allow-newer", "reads"},
      {"stamp", "a1", "--allow-foreign-downgrade"},
      {"verify", "--allow-foreign-downgrade"},
      {"current", "--transaction-per-migration"},
      {"plan", "--no-shortcuts"},
  };
  for (std::vector<std::string_view> words : kWrong) {
    words.insert(words.begin(), {"--database", "f"});
    EXPECT_NE(ParseCommandLine(words).error, "")
        << ::testing::PrintToString(words);
  }
}

TEST(SeveralHistories, AreToldApartByName) {
  const TemporaryFolder folder;
  const HistoryBlob board = Compile("board", ThreeMigrations());
  const HistoryBlob notes = Compile(
      "notes",
      {{"n1", {}, Sql({"CREATE TABLE notes (x)"}), Sql({"DROP TABLE notes"})}});
  constexpr std::array<UserVersion, 1> kVersions = {{{3, "n1"}}};
  std::vector<sqlite::ProgramHistory> histories = {{board.history()},
                                                   {notes.history()}};
  histories[1].options.user_versions = kVersions;
  const auto run = [&](Words words) {
    words.insert(words.begin(), {"--database", folder.File("all.db")});
    return CallProgram(words, [&](int argc, char* const argv[]) {
      return sqlite::RunCommandLine(histories, argc, argv);
    });
  };
  const Outcome which = run({"upgrade"});
  EXPECT_EQ(which.exit_status, 2);
  EXPECT_NE(which.errors.find("say which history with `--namespace NAME`: "
                              "there is `board`, `notes`; see `--help`"),
            std::string::npos)
      << which.errors;
  EXPECT_EQ(run({"upgrade", "--namespace", "other"}).exit_status, 2);
  EXPECT_EQ(run({"--help"}).exit_status, 0);
  EXPECT_EQ(run({"upgrade", "a1", "--namespace=board"}).output,
            "upgraded a1 migration a1\n");
  EXPECT_EQ(run({"--namespace", "notes", "upgrade"}).output,
            "upgraded n1 migration n1\n");
  EXPECT_EQ(run({"current", "--namespace", "board"}).output,
            "a1 migration a1\n");
  EXPECT_EQ(run({"verify", "--namespace", "notes"}).exit_status, 0);
  EXPECT_EQ(run({"stamp", "base", "--namespace", "notes"}).exit_status, 0);
  // With the only history of a program, its name is no mistake.
  const auto only = [&](const char* name) {
    return CallProgram({"heads", "--namespace", name},
                       [&](int argc, char* const argv[]) {
                         return sqlite::RunCommandLine(notes.history(), argc,
                                                       argv);
                       })
        .exit_status;
  };
  EXPECT_EQ(only("notes"), 0);
  EXPECT_EQ(only("board"), 2);
}

}  // namespace
}  // namespace palindrome::testing
