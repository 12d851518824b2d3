// A plan is refused as the run would be, and changes nothing.
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {
namespace {

// A plan and then the run must say the same, and leave `database` as it is.
void ExpectBothRefused(const TestDatabase& database, const HistoryBlob& blob,
                       StatusCode code, const std::string& target = "head",
                       Direction direction = Direction::kUpgrade,
                       const Options& options = NoWaiting()) {
  sqlite::Database driver(database.handle());
  Migrator migrator(blob.history(), driver, options);
  const std::string before = database.Dump();
  const Status plan = migrator.Plan(target, direction).status();
  EXPECT_EQ(plan.code(), code) << plan.ToString();
  EXPECT_EQ(database.Dump(), before);
  EXPECT_EQ(sqlite3_get_autocommit(database.handle()), 1);
  const Status run = direction == Direction::kUpgrade
                         ? migrator.Upgrade(target)
                         : migrator.Downgrade(target);
  EXPECT_EQ(plan.ToString(), run.ToString());
  EXPECT_EQ(database.Dump(), before);
}

TEST(PlanRefusal, OfADriftedSchema) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "b2"));
  database.Execute("DROP INDEX ix_tasks_title");
  ExpectBothRefused(database, blob, StatusCode::kDriftedSchema);
  ExpectBothRefused(database, blob, StatusCode::kDriftedSchema, "-1",
                    Direction::kDowngrade);
  Options each = NoWaiting();
  each.transaction_per_migration = true;
  ExpectBothRefused(database, blob, StatusCode::kDriftedSchema, "head",
                    Direction::kUpgrade, each);
}

TEST(PlanRefusal, OfADatabaseThatDriftedAtItsBase) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  ASSERT_OK(Downgrade(database, blob, "base"));
  database.Execute("CREATE TABLE extra (x)");
  ExpectBothRefused(database, blob, StatusCode::kDriftedSchema);
}

TEST(PlanRefusal, OfAnUnknownDatabaseThatIsNotEmpty) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  database.Execute("CREATE TABLE users (id INTEGER PRIMARY KEY)");
  ExpectBothRefused(database, blob, StatusCode::kUnknownDatabase);
  Options adopting = NoWaiting();
  adopting.adopt = true;
  ExpectBothRefused(database, blob, StatusCode::kUnknownDatabase, "head",
                    Direction::kUpgrade, adopting);
}

TEST(PlanRefusal, OfAnEngineThatIsTooOld) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[2].minimum_engine = 99000000;
  const HistoryBlob blob = Compile("board", migrations);
  const TestDatabase database;
  ExpectBothRefused(database, blob, StatusCode::kEngineTooOld);
  sqlite::Database driver(database.handle());
  EXPECT_OK(Migrator(blob.history(), driver).Plan("b2").status());
}

TEST(PlanRefusal, OfAnotherDialect) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[1].dialect = table::Dialect::kPostgresql;
  ExpectBothRefused(TestDatabase(), Compile("board", migrations),
                    StatusCode::kNoProgram);
}

TEST(PlanRefusal, OfALedgerThatLostWhatIsApplied) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  database.Execute("DELETE FROM palindrome_applied");
  ExpectBothRefused(database, blob, StatusCode::kCorruptLedger);
  ExpectBothRefused(database, blob, StatusCode::kCorruptLedger, "base",
                    Direction::kDowngrade);
}

TEST(PlanRefusal, OfAStoredProgramThatIsDamaged) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[2].loss = table::Loss::kOnDowngrade;
  const HistoryBlob grown = Compile("board", migrations);
  migrations.resize(2);
  const HistoryBlob old = Compile("board", migrations);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, grown));
  Options back = NoWaiting();
  back.allow_foreign_downgrade = true;
  {
    // The loss is there to be seen, and is not accepted.
    sqlite::Database driver(database.handle());
    Migrator migrator(old.history(), driver, back);
    const auto plan = migrator.Plan("head");
    ASSERT_OK(plan.status());
    ASSERT_EQ(plan->size(), 1U);
    EXPECT_EQ((*plan)[0].loss, table::Loss::kOnDowngrade);
    EXPECT_EQ(migrator.Upgrade("head").code(), StatusCode::kLossNotAccepted);
  }
  back.accept_loss = true;
  database.Execute(
      "UPDATE palindrome_applied SET down_program = down_program || 'x' "
      "WHERE revision = 'c3'");
  ExpectBothRefused(database, old, StatusCode::kCorruptLedger, "head",
                    Direction::kUpgrade, back);
}

// The run looks at nothing else either.
TEST(Plan, OfNothingIsNotRefused) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[1].minimum_engine = 99000000;
  const HistoryBlob blob = Compile("board", migrations);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "a1"));
  database.Execute("CREATE TABLE extra (x)");
  sqlite::Database driver(database.handle());
  Migrator migrator(blob.history(), driver);
  for (const Direction direction :
       {Direction::kUpgrade, Direction::kDowngrade}) {
    const auto plan = migrator.Plan("a1", direction);
    ASSERT_OK(plan.status());
    EXPECT_TRUE(plan->empty());
  }
  EXPECT_OK(migrator.Upgrade("a1"));
}

TEST(Plan, NeedsNoLockAndNoRightToWrite) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TemporaryFolder folder;
  const TestDatabase database(folder.File("board.db"));
  ASSERT_OK(Upgrade(database, blob, "b2"));
  const TestDatabase other(folder.File("board.db"));
  other.Execute("BEGIN IMMEDIATE");
  database.Execute("PRAGMA query_only = ON");
  sqlite::Database driver(database.handle());
  Migrator migrator(blob.history(), driver, NoWaiting());
  EXPECT_OK(migrator.Plan("head").status());
  EXPECT_OK(migrator.Plan("base", Direction::kDowngrade).status());
  // It leaves no lock behind.
  other.Execute("CREATE TABLE extra (x); COMMIT");
  EXPECT_EQ(migrator.Plan("head").status().code(), StatusCode::kDriftedSchema);
}

TEST(Plan, LeavesTheCallersTransactionOpen) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "b2"));
  database.Execute("BEGIN; INSERT INTO users VALUES (1, 'ann')");
  sqlite::Database driver(database.handle());
  Migrator migrator(blob.history(), driver, NoWaiting());
  EXPECT_OK(migrator.Plan("head").status());
  database.Execute("CREATE TABLE extra (x)");
  EXPECT_EQ(migrator.Plan("head").status().code(), StatusCode::kDriftedSchema);
  EXPECT_EQ(sqlite3_get_autocommit(database.handle()), 0);
  database.Execute("COMMIT");
  EXPECT_EQ(database.Query("SELECT name FROM users"), "ann\n");
}

TEST(Plan, OfWhatIsAdoptedCountsTheLedgersOfOtherTools) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[1].up.push_back({0, "CREATE TABLE schema_migrations (x)"});
  const HistoryBlob blob = Compile("board", migrations);
  const TestDatabase database;
  for (const std::size_t i : {0U, 1U}) {
    for (const ProgramStatement& statement : migrations[i].up) {
      database.Execute(statement.sql);
    }
  }
  const std::string before = database.Dump();
  Options adopting = NoWaiting();
  adopting.adopt = true;
  sqlite::Database driver(database.handle());
  Migrator migrator(blob.history(), driver, adopting);
  const auto plan = migrator.Plan("head");
  ASSERT_OK(plan.status());
  ASSERT_EQ(plan->size(), 1U);
  EXPECT_EQ((*plan)[0].revision, "c3");
  EXPECT_EQ(database.Dump(), before);
  ASSERT_OK(migrator.Upgrade("head"));
  EXPECT_EQ(CurrentOf(database, blob), "c3");
}

// An observer sees a run, and no plan alone.
TEST(Plan, IsNotObserved) {
  class Counter : public Observer {
   public:
    void OnPlan(std::span<const PlannedStep> /*steps*/) override { ++plans; }
    int plans = 0;
  };
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  Counter observer;
  Options options = NoWaiting();
  options.observer = &observer;
  sqlite::Database driver(database.handle());
  Migrator migrator(blob.history(), driver, options);
  ASSERT_OK(migrator.Plan("head").status());
  EXPECT_EQ(observer.plans, 0);
  ASSERT_OK(migrator.Upgrade("head"));
  EXPECT_EQ(observer.plans, 1);
}

}  // namespace
}  // namespace palindrome::testing
