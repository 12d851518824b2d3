// What the command line of a program asks for before data is lost.
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/src/command_line.h"
#include "runtime/src/run_observer.h"
#include "tests/unit/migrator/command_line_fixture.h"
#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {
namespace {

// Of a history whose migrations lose what users wrote.
class Losses : public ::testing::Test {
 protected:
  Outcome Run(Command command, const std::string& target,
              const std::string& answer = "", bool accepts_loss = false) {
    CommandLine line;
    line.command = command;
    line.target = target;
    line.database = "x";
    line.accepts_loss = accepts_loss;
    std::ostringstream out;
    std::ostringstream err;
    std::istringstream answers(answer);
    Console console = {out, err};
    console.answers = answer.empty() ? nullptr : &answers;
    sqlite::Database driver(database_.handle());
    const int status = RunCommand(blob_.history(), driver, line, console);
    return {status, out.str(), err.str()};
  }
  const TestDatabase database_;
  const HistoryBlob blob_ = Compile("board", [] {
    std::vector<Migration> migrations = ThreeMigrations();
    migrations[0].loss = table::Loss::kOnDowngrade;
    migrations[1].loss = table::Loss::kOnUpgrade;
    migrations[2].loss = table::Loss::kSigned;
    migrations[2].allowed = {{"new-rows-changed-by-downgrade", "a\ncache"},
                             {"slug-not-imperative", "a name"}};
    Migration last = {"d4", {"c3"}, {}, {}};
    last.loss = table::Loss::kSigned;
    last.allowed = {{"of-another-time", "who knows"}};
    migrations.push_back(last);
    return migrations;
  }());
};

TEST_F(Losses, AreAskedFor) {
  ASSERT_EQ(Run(Command::kUpgrade, "a1").exit_status, 0);
  const Outcome refused = Run(Command::kUpgrade, "c3");
  EXPECT_EQ(refused.exit_status, 1);
  EXPECT_EQ(refused.errors,
            "error: cancelled: data would be lost that no migration made: `b2` "
            "migration b2 (loses data on upgrade); accept it with `--yes`\n");
  EXPECT_EQ(Run(Command::kUpgrade, "c3", "n\n").exit_status, 1);
  EXPECT_EQ(Run(Command::kUpgrade, "c3", "\n").exit_status, 1);
  EXPECT_EQ(CurrentOf(database_, blob_), "a1");
  const Outcome accepted = Run(Command::kUpgrade, "c3", "y\n");
  EXPECT_EQ(accepted.exit_status, 0) << accepted.errors;
  EXPECT_NE(accepted.errors.find("Go on? [y/N] "), std::string::npos);
  EXPECT_EQ(CurrentOf(database_, blob_), "c3");
  const Outcome down = Run(Command::kDowngrade, "base");
  EXPECT_EQ(down.exit_status, 1);
  EXPECT_NE(down.errors.find("`c3` migration c3 (allows "
                             "new-rows-changed-by-downgrade: a"),
            std::string::npos)
      << down.errors;
  EXPECT_EQ(down.errors.find("b2"), std::string::npos) << down.errors;
  EXPECT_EQ(Run(Command::kUpgrade, "d4").exit_status, 1);
  EXPECT_EQ(Run(Command::kUpgrade, "d4", "", true).exit_status, 0);
  EXPECT_EQ(Run(Command::kDowngrade, "base", "", true).exit_status, 0);
}

// What the upgrade made goes with it, and a new database has nothing to lose.
TEST_F(Losses, AreNotAskedForWhereNothingOfUsersIsLost) {
  EXPECT_EQ(Run(Command::kUpgrade, "d4").exit_status, 0);
  EXPECT_EQ(Run(Command::kDowngrade, "b2", "", true).exit_status, 0);
  EXPECT_EQ(Run(Command::kDowngrade, "base").exit_status, 0);
}

// No upgrade made what a stamp found there.
TEST_F(Losses, AreAskedForWhereTheTablesWereThereBefore) {
  database_.Execute(
      "CREATE TABLE users (id INTEGER PRIMARY KEY, "
      "name TEXT NOT NULL)");
  ASSERT_EQ(Run(Command::kStamp, "a1").exit_status, 0);
  const Outcome refused = Run(Command::kDowngrade, "base");
  EXPECT_EQ(refused.exit_status, 1);
  EXPECT_NE(refused.errors.find("`a1` migration a1 (what it made was there "
                                "before it was stamped or adopted)"),
            std::string::npos)
      << refused.errors;
  EXPECT_EQ(Run(Command::kDowngrade, "base", "", true).exit_status, 0);
  // From now on it is the history's own.
  EXPECT_EQ(Run(Command::kUpgrade, "a1").exit_status, 0);
  EXPECT_EQ(Run(Command::kDowngrade, "base").exit_status, 0);
}

TEST_F(Losses, OfAnotherRunThanTheAcceptedOneAreRefused) {
  const auto loaded = LoadHistory(blob_.history());
  ASSERT_OK(loaded.status());
  std::ostringstream out;
  const std::vector<PlannedStep> steps = {{Direction::kUpgrade, "b2", "",
                                           table::Loss::kOnUpgrade,
                                           table::Proof::kData}};
  const Console console = {out, out};
  for (const bool accepts : {false, true}) {
    RunObserver::Accepted accepted;
    accepted.steps = 1;
    accepted.losing = {accepts ? "b2" : "a1"};
    RunObserver observer(console, *loaded, accepted);
    observer.OnPlan(steps);
    EXPECT_EQ(observer.is_refused(), !accepts);
    EXPECT_EQ(observer.IsCancelled(), !accepts);
  }
  // What a new database accepts is not what one accepts that got rows since.
  RunObserver::Accepted whole;
  whole.steps = 3;
  whole.losing = {"b2"};
  RunObserver shorter(console, *loaded, whole);
  shorter.OnPlan(steps);
  EXPECT_TRUE(shorter.is_refused());
  RunObserver anything(console, *loaded, std::nullopt);
  anything.OnPlan(steps);
  EXPECT_FALSE(anything.IsCancelled());
}

}  // namespace
}  // namespace palindrome::testing
