// One transaction for the run or one for each migration, and what an observer
// sees of either.
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {
namespace {

// The third fails after its first statement.
std::vector<Migration> FailingAtLast() {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[2].up.push_back({0, "INSERT INTO nowhere VALUES (1)"});
  migrations[2].proof = table::Proof::kNone;
  return migrations;
}

class Recorder final : public Observer {
 public:
  void OnPlan(std::span<const PlannedStep> steps) override {
    events += "plan " + std::to_string(steps.size()) + "\n";
  }
  void OnStepStarted(const PlannedStep& step) override {
    events += "start " + step.revision + "\n";
  }
  void OnProgress(const PlannedStep& step, std::size_t statements_done,
                  std::size_t statements, bool copies_rows) override {
    events += step.revision + " " + std::to_string(statements_done) + "/" +
              std::to_string(statements) + (copies_rows ? " rows\n" : "\n");
  }
  void OnStepDone(const PlannedStep& step) override {
    events += "done " + step.revision + "\n";
  }

  std::string events;
};

TEST(Transactions, OneForTheRunTakesEverythingBack) {
  const TestDatabase database;
  EXPECT_EQ(Upgrade(database, Compile("board", FailingAtLast())).code(),
            StatusCode::kFailedStatement);
  EXPECT_EQ(database.Dump(), "");
}

TEST(Transactions, OneForEachMigrationKeepsThoseBefore) {
  const HistoryBlob blob = Compile("board", FailingAtLast());
  Options options = NoWaiting();
  options.transaction_per_migration = true;
  const TestDatabase database;
  EXPECT_EQ(Upgrade(database, blob, "head", options).code(),
            StatusCode::kFailedStatement);
  EXPECT_EQ(CurrentOf(database, blob), "b2");
  EXPECT_OK(Verify(database, blob).status());

  const TestDatabase before;
  ASSERT_OK(Upgrade(before, blob, "b2"));
  EXPECT_EQ(database.DumpUserObjects(), before.DumpUserObjects());
}

TEST(Transactions, OneForEachMigrationGoesAllTheWay) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  Options options = NoWaiting();
  options.transaction_per_migration = true;
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "head", options));
  EXPECT_EQ(CurrentOf(database, blob), "c3");
  EXPECT_OK(Verify(database, blob).status());
  ASSERT_OK(Downgrade(database, blob, "base", options));
  EXPECT_EQ(database.DumpUserObjects(), "");
}

// A migration in the middle that leaves another schema than it was compiled
// to leave is found before it is committed.
TEST(Transactions, OneForEachMigrationChecksEach) {
  HistoryBlob blob = Compile("board", ThreeMigrations());
  blob.row(1).digest_after = blob.row(0).digest_after;
  Options options = NoWaiting();
  options.transaction_per_migration = true;
  const TestDatabase database;
  const Status status = Upgrade(database, blob, "head", options);
  EXPECT_EQ(status.code(), StatusCode::kDriftedSchema);
  EXPECT_EQ(status.details().revision, "b2");
  EXPECT_EQ(CurrentOf(database, blob), "a1");
}

// Somebody else changes the schema between two transactions of a run: a
// write-ahead log tells when one is over and its lock is gone.
TEST(Transactions, OneForEachMigrationLooksAtTheSchemaBeforeEach) {
  const TemporaryFolder folder;
  const TestDatabase database(folder.File("board.db"));
  database.Execute("PRAGMA journal_mode = WAL");
  TestDatabase other(folder.File("board.db"));
  const auto meddle = [](void* context, sqlite3* /*connection*/,
                         const char* /*name*/, int /*pages*/) {
    static_cast<const TestDatabase*>(context)->Execute(
        "CREATE TABLE IF NOT EXISTS by_hand (id INTEGER)");
    return SQLITE_OK;
  };
  sqlite3_wal_hook(database.handle(), meddle, &other);
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  Options options = NoWaiting();
  options.transaction_per_migration = true;
  const Status status = Upgrade(database, blob, "head", options);
  sqlite3_wal_hook(database.handle(), nullptr, nullptr);
  EXPECT_EQ(status.code(), StatusCode::kDriftedSchema) << status.ToString();
  EXPECT_EQ(CurrentOf(database, blob), "a1");
}

// A program's own mistake; the database is as before all the same.
class Thrower final : public Observer {
 public:
  void OnStepDone(const PlannedStep& step) override {
    throw std::runtime_error(step.revision);
  }
};

TEST(Observer, ThatThrowsLeavesNothingOpen) {
  const TestDatabase database;
  database.Execute("PRAGMA foreign_keys = ON");
  Thrower thrower;
  Options options = NoWaiting();
  options.observer = &thrower;
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  EXPECT_THROW(static_cast<void>(Upgrade(database, blob, "head", options)),
               std::runtime_error);
  EXPECT_NE(sqlite3_get_autocommit(database.handle()), 0);
  EXPECT_EQ(database.Query("PRAGMA foreign_keys"), "1\n");
  EXPECT_EQ(database.Dump(), "");
}

TEST(Observer, SeesEveryStep) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[1].up[1].flags = table::kCopiesRows;
  const HistoryBlob blob = Compile("board", migrations);
  Recorder recorder;
  Options options = NoWaiting();
  options.observer = &recorder;
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "b2", options));
  EXPECT_EQ(recorder.events,
            "plan 2\nstart a1\na1 1/1\ndone a1\n"
            "start b2\nb2 1/2\nb2 2/2 rows\ndone b2\n");
  recorder.events.clear();
  ASSERT_OK(Upgrade(database, blob, "b2", options));
  EXPECT_EQ(recorder.events, "");
  ASSERT_OK(Downgrade(database, blob, "-1", options));
  EXPECT_EQ(recorder.events, "plan 1\nstart b2\nb2 1/2\nb2 2/2\ndone b2\n");
}

TEST(LongHistories, GoUpAndDown) {
  constexpr int kCount = 60;
  const HistoryBlob blob = Compile("board", ManyMigrations(kCount));
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  EXPECT_OK(Verify(database, blob).status());
  EXPECT_EQ(database.Query("SELECT count(*) FROM palindrome_history"),
            std::to_string(kCount) + "\n");
  ASSERT_OK(Downgrade(database, blob, "base"));
  EXPECT_EQ(database.DumpUserObjects(), "");
}

}  // namespace
}  // namespace palindrome::testing
