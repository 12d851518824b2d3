// Programs that are older than their database: the way back with the down
// programs that the ledger keeps.
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/migrator/older_program_fixture.h"

namespace palindrome::testing {
namespace {

TEST_F(WayBackTest, GoesToTheNewestRevisionThatTheProgramKnows) {
  ASSERT_OK(Upgrade(database_, old_, "head", WayBack()));
  EXPECT_EQ(CurrentOf(database_, old_), "b2");
  EXPECT_EQ(database_.Query("SELECT * FROM tasks"), "7|water|1\n");
  EXPECT_EQ(database_.Query("SELECT revision, is_head FROM palindrome_applied "
                            "ORDER BY revision"),
            "a1|0\nb2|1\n");
  EXPECT_EQ(database_.Query("SELECT revision, action, title FROM "
                            "palindrome_history ORDER BY id DESC LIMIT 1"),
            "c3|downgrade|migration c3\n");
  EXPECT_OK(Verify(database_, old_).status());
  ASSERT_OK(Upgrade(database_, new_));
  EXPECT_EQ(database_.Query("SELECT * FROM tasks"), "7|water|1|new\n");
  EXPECT_OK(Verify(database_, new_).status());
}

TEST_F(WayBackTest, GoesOnWithTheProgramsOwnPlan) {
  ASSERT_OK(Downgrade(database_, old_, "a1", WayBack()));
  EXPECT_EQ(CurrentOf(database_, old_), "a1");
  ASSERT_OK(Upgrade(database_, new_));
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[2] = {
      "d4", {"b2"}, Sql({"CREATE TABLE other (x)"}), Sql({"DROP TABLE other"})};
  const HistoryBlob branch = Compile("board", migrations);
  ASSERT_OK(Upgrade(database_, branch, "head", WayBack()));
  EXPECT_EQ(CurrentOf(database_, branch), "d4");
  EXPECT_OK(Verify(database_, branch).status());
}

TEST_F(WayBackTest, PlanShowsItFirst) {
  sqlite::Database driver(database_.handle());
  const auto plan = Migrator(old_.history(), driver, WayBack())
                        .Plan("a1", Direction::kDowngrade);
  ASSERT_OK(plan.status());
  ASSERT_EQ(plan->size(), 2U);
  EXPECT_EQ((*plan)[0].revision, "c3");
  EXPECT_EQ((*plan)[0].title, "migration c3");
  EXPECT_EQ((*plan)[0].direction, Direction::kDowngrade);
  EXPECT_EQ((*plan)[0].loss, table::Loss::kLossless);
  EXPECT_TRUE((*plan)[0].is_stored);
  EXPECT_EQ((*plan)[1].revision, "b2");
  EXPECT_FALSE((*plan)[1].is_stored);
}

TEST_F(WayBackTest, CurrentAndHistoryTellOfThem) {
  sqlite::Database driver(database_.handle());
  Migrator migrator(old_.history(), driver, WayBack());
  const auto current = migrator.Current();
  ASSERT_OK(current.status());
  ASSERT_EQ(current->size(), 1U);
  EXPECT_EQ((*current)[0].revision, "c3");
  EXPECT_EQ((*current)[0].title, "migration c3");
  EXPECT_FALSE((*current)[0].is_known);
  EXPECT_FALSE((*current)[0].is_head);
  const auto history = migrator.History();
  ASSERT_OK(history.status());
  EXPECT_TRUE((*history)[1].is_applied);
  EXPECT_FALSE((*history)[1].is_current);
  EXPECT_EQ(migrator.Stamp("head").code(), StatusCode::kDatabaseNewer);
  EXPECT_EQ(migrator.Verify().status().code(), StatusCode::kDatabaseNewer);
}

TEST_F(WayBackTest, TheObserverSeesDowngrades) {
  class Recorder : public Observer {
   public:
    void OnPlan(std::span<const PlannedStep> steps) override {
      for (const PlannedStep& step : steps) {
        Add("plan", step);
      }
    }
    void OnStepStarted(const PlannedStep& step) override { Add("start", step); }
    void OnProgress(const PlannedStep& step, std::size_t done,
                    std::size_t statements, bool) override {
      Add(std::to_string(done) + "/" + std::to_string(statements), step);
    }
    void OnStepDone(const PlannedStep& step) override { Add("done", step); }
    bool IsCancelled() override { return cancels; }
    void Add(const std::string& what, const PlannedStep& step) {
      text += what + " " + step.revision +
              (step.direction == Direction::kDowngrade ? " down" : " up") +
              (step.is_stored ? " stored\n" : "\n");
    }
    std::string text;
    bool cancels = false;
  };
  Recorder recorder;
  Options options = WayBack();
  options.observer = &recorder;
  recorder.cancels = true;
  ExpectRefused(database_, StatusCode::kCancelled,
                [&] { return Upgrade(database_, old_, "head", options); });
  recorder.cancels = false;
  recorder.text.clear();
  ASSERT_OK(Upgrade(database_, old_, "head", options));
  EXPECT_EQ(recorder.text,
            "plan c3 down stored\nstart c3 down stored\n1/1 c3 down stored\n"
            "done c3 down stored\n");
}

// A history of tables on a line, and branches that meet.
std::vector<Migration> Diamond() {
  const auto table = [](const std::string& name,
                        std::vector<std::string> parents) {
    return Migration{name, std::move(parents),
                     Sql({"CREATE TABLE t_" + name + " (x)"}),
                     Sql({"DROP TABLE t_" + name})};
  };
  std::vector<Migration> migrations = {
      table("r1", {}), table("l2", {"r1"}), table("r2", {"r1"}),
      table("m3", {"l2", "r2"}), table("n4", {"m3"})};
  migrations[4].depends_on = {"r2"};
  return migrations;
}

TEST(WayBack, FollowsTheLedgersGraphInAnyTransaction) {
  std::vector<Migration> migrations = Diamond();
  const HistoryBlob all = Compile("board", migrations);
  for (const std::size_t known : {0U, 1U, 2U, 3U, 4U}) {
    for (const bool each : {false, true}) {
      SCOPED_TRACE(std::to_string(known) + (each ? " each" : ""));
      std::vector<Migration> some(
          migrations.begin(),
          migrations.begin() + static_cast<std::ptrdiff_t>(known));
      const HistoryBlob old = Compile("board", some);
      const TestDatabase database;
      ASSERT_OK(Upgrade(database, all));
      Options options = WayBack();
      options.transaction_per_migration = each;
      ASSERT_OK(Upgrade(database, old, "heads", options));
      EXPECT_EQ(database.Query("SELECT count(*) FROM palindrome_applied"),
                std::to_string(known) + "\n");
      EXPECT_OK(Verify(database, old).status());
      ASSERT_OK(Upgrade(database, all));
      EXPECT_OK(Verify(database, all).status());
    }
  }
}

TEST(WayBack, StopsWhereATransactionOfItsOwnFails) {
  std::vector<Migration> migrations = Diamond();
  const HistoryBlob all = Compile("board", migrations);
  migrations.resize(1);
  const HistoryBlob old = Compile("board", migrations);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, all));
  Store(database, "m3", EncodeProgram({{{0, "DROP TABLE nothing"}}}));
  Options options = WayBack();
  options.transaction_per_migration = true;
  EXPECT_EQ(Upgrade(database, old, "head", options).code(),
            StatusCode::kFailedStatement);
  EXPECT_EQ(CurrentOf(database, all), "m3");
  database.Execute("PRAGMA foreign_keys");
  EXPECT_OK(Upgrade(database, all, "head"));
}

TEST(WayBack, AHistoryWithoutAnyOfItGoesBackToBase) {
  const HistoryBlob all = Compile("board", Diamond());
  const HistoryBlob other = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, all));
  ASSERT_OK(Upgrade(database, other, "head", WayBack()));
  EXPECT_EQ(CurrentOf(database, other), "c3");
  EXPECT_OK(Verify(database, other).status());
}

}  // namespace
}  // namespace palindrome::testing
