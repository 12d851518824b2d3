// Shortcuts: when a run takes one, that it leaves behind what the migrations
// would, and what happens where it fails.
#include <gtest/gtest.h>

#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {
namespace {

using table::ShortcutKind;

// As ThreeMigrations, with a row that tells that it was taken.
HistoryShortcut Snapshot(const std::vector<Migration>& migrations) {
  HistoryShortcut shortcut;
  shortcut.kind = ShortcutKind::kNewDatabase;
  shortcut.rows = {0, static_cast<std::uint32_t>(migrations.size())};
  for (const Migration& migration : migrations) {
    shortcut.up.statements.insert(shortcut.up.statements.end(),
                                  migration.up.begin(), migration.up.end());
  }
  return shortcut;
}

constexpr char kTaken[] = "INSERT INTO taken VALUES (1)";

// The first migration makes a table for the mark.
std::vector<Migration> Marked() {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[0].up.push_back({0, "CREATE TABLE taken (mark INTEGER)"});
  migrations[0].down.insert(migrations[0].down.begin(),
                            {0, "DROP TABLE taken"});
  return migrations;
}

HistoryShortcut MarkedSnapshot() {
  HistoryShortcut snapshot = Snapshot(Marked());
  snapshot.up.statements.push_back({0, kTaken});
  return snapshot;
}

bool IsTaken(const TestDatabase& database) {
  return database.Query("SELECT count(*) FROM taken") != "0\n";
}

// The ledger but for its times.
std::string LedgerOf(const TestDatabase& database) {
  return database.Query(
             "SELECT id, namespace, revision, action, title, checksum, tool, "
             "format FROM palindrome_history ORDER BY id") +
         database.Query(
             "SELECT namespace, revision, title, parents, depends_on, "
             "checksum, chain, is_head, digest, loss, down_program, "
             "down_digest, format FROM palindrome_applied ORDER BY revision") +
         database.Query("SELECT * FROM palindrome_objects ORDER BY kind, name");
}

TEST(Shortcuts, ANewDatabaseIsMadeFromTheSnapshot) {
  const HistoryBlob blob = Compile("board", Marked(), {MarkedSnapshot()});
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  EXPECT_TRUE(IsTaken(database));
  EXPECT_OK(Verify(database, blob).status());
  EXPECT_EQ(CurrentOf(database, blob), "c3");

  const TestDatabase replayed;
  ASSERT_OK(Upgrade(replayed, Compile("board", Marked())));
  EXPECT_EQ(LedgerOf(database), LedgerOf(replayed));
  ASSERT_OK(Downgrade(database, blob, "base"));
  EXPECT_EQ(database.DumpUserObjects(), "");
}

TEST(Shortcuts, ADatabaseAtItsBaseIsNew) {
  const HistoryBlob blob = Compile("board", Marked(), {MarkedSnapshot()});
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "a1"));
  ASSERT_OK(Downgrade(database, blob, "base"));
  ASSERT_OK(Upgrade(database, blob));
  EXPECT_TRUE(IsTaken(database));
}

TEST(Shortcuts, TheSnapshotIsForTheWholeHistory) {
  const HistoryBlob blob = Compile("board", Marked(), {MarkedSnapshot()});
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "b2"));
  EXPECT_FALSE(IsTaken(database));
  ASSERT_OK(Upgrade(database, blob));
  EXPECT_FALSE(IsTaken(database));
}

// The bytes of its texts may be meant.
TEST(Shortcuts, TheSnapshotIsOfAnotherEncoding) {
  const HistoryBlob blob = Compile("board", Marked(), {MarkedSnapshot()});
  const TestDatabase database;
  database.Execute("PRAGMA encoding = 'UTF-16le'");
  ASSERT_OK(Upgrade(database, blob));
  EXPECT_FALSE(IsTaken(database));
}

TEST(Shortcuts, TheSnapshotCanBeSwitchedOff) {
  const HistoryBlob blob = Compile("board", Marked(), {MarkedSnapshot()});
  Options options = NoWaiting();
  options.use_snapshot = false;
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "head", options));
  EXPECT_FALSE(IsTaken(database));
}

TEST(Shortcuts, NoneWithATransactionForEachMigration) {
  const HistoryBlob blob = Compile("board", Marked(), {MarkedSnapshot()});
  Options options = NoWaiting();
  options.transaction_per_migration = true;
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "head", options));
  EXPECT_FALSE(IsTaken(database));
}

TEST(Shortcuts, WhereOneFailsEachMigrationIsRun) {
  HistoryShortcut snapshot = MarkedSnapshot();
  snapshot.up.statements.push_back({0, "INSERT INTO nowhere VALUES (1)"});
  const HistoryBlob blob = Compile("board", Marked(), {snapshot});
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  EXPECT_FALSE(IsTaken(database));
  EXPECT_OK(Verify(database, blob).status());
}

TEST(Shortcuts, OneThatLeavesAnotherSchemaChangesNothing) {
  HistoryShortcut snapshot = MarkedSnapshot();
  snapshot.up.statements.push_back({0, "CREATE TABLE more (id INTEGER)"});
  const HistoryBlob blob = Compile("board", Marked(), {snapshot});
  const TestDatabase database;
  EXPECT_EQ(Upgrade(database, blob).code(), StatusCode::kDriftedSchema);
  EXPECT_EQ(database.Dump(), "");
}

TEST(Shortcuts, ItTellsOfEveryMigration) {
  class Steps final : public Observer {
   public:
    void OnStepStarted(const PlannedStep& step) override {
      events += "start " + step.revision + "\n";
    }
    void OnStepDone(const PlannedStep& step) override {
      events += "done " + step.revision + "\n";
    }
    std::string events;
  };
  Steps steps;
  Options options = NoWaiting();
  options.observer = &steps;
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, Compile("board", Marked(), {MarkedSnapshot()}),
                    "head", options));
  EXPECT_EQ(steps.events,
            "start a1\ndone a1\nstart b2\ndone b2\nstart c3\ndone c3\n");
}

// For the second and third migration.
HistoryShortcut Merged() {
  const std::vector<Migration> migrations = Marked();
  HistoryShortcut merged;
  merged.kind = ShortcutKind::kMergedRebuilds;
  merged.rows = {1, 2};
  for (std::size_t i = 1; i < migrations.size(); ++i) {
    merged.up.statements.insert(merged.up.statements.end(),
                                migrations[i].up.begin(),
                                migrations[i].up.end());
  }
  merged.up.statements.push_back({0, kTaken});
  return merged;
}

TEST(Shortcuts, RebuildsAreMergedWhereverTheyFollowOneAnother) {
  const HistoryBlob blob = Compile("board", Marked(), {Merged()});
  const TestDatabase fresh;
  ASSERT_OK(Upgrade(fresh, blob));
  EXPECT_TRUE(IsTaken(fresh));

  const TestDatabase later;
  ASSERT_OK(Upgrade(later, blob, "a1"));
  ASSERT_OK(Upgrade(later, blob));
  EXPECT_TRUE(IsTaken(later));
  EXPECT_OK(Verify(later, blob).status());

  const TestDatabase apart;
  ASSERT_OK(Upgrade(apart, blob, "b2"));
  ASSERT_OK(Upgrade(apart, blob));
  EXPECT_FALSE(IsTaken(apart));

  Options options = NoWaiting();
  options.merge_rebuilds = false;
  const TestDatabase off;
  ASSERT_OK(Upgrade(off, blob, "head", options));
  EXPECT_FALSE(IsTaken(off));
}

HistoryShortcut Squashed() {
  HistoryShortcut squash = Merged();
  squash.kind = ShortcutKind::kSquash;
  return squash;
}

TEST(Shortcuts, ASquashIsTakenWhereAllOfItIsPending) {
  const HistoryBlob blob = Compile("board", Marked(), {Squashed()});
  const TestDatabase replayed;
  ASSERT_OK(Upgrade(replayed, Compile("board", Marked())));

  const TestDatabase fresh;
  ASSERT_OK(Upgrade(fresh, blob));
  EXPECT_TRUE(IsTaken(fresh));
  EXPECT_EQ(LedgerOf(fresh), LedgerOf(replayed));

  const TestDatabase before;
  ASSERT_OK(Upgrade(before, blob, "a1"));
  before.Execute("INSERT INTO users VALUES (7, 'Ada')");
  ASSERT_OK(Upgrade(before, blob));
  EXPECT_TRUE(IsTaken(before));
  EXPECT_EQ(before.Query("SELECT * FROM users"), "7|Ada\n");
  EXPECT_OK(Verify(before, blob).status());
}

TEST(Shortcuts, WithinASquashItsMigrationsAreRun) {
  const HistoryBlob blob = Compile("board", Marked(), {Squashed()});
  const TestDatabase within;
  ASSERT_OK(Upgrade(within, Compile("board", Marked()), "b2"));
  ASSERT_OK(Upgrade(within, blob));
  EXPECT_FALSE(IsTaken(within));
  EXPECT_EQ(CurrentOf(within, blob), "c3");

  const TestDatabase short_of;
  ASSERT_OK(Upgrade(short_of, blob, "b2"));
  EXPECT_FALSE(IsTaken(short_of));
}

TEST(Shortcuts, ASquashIsUndoneMigrationByMigration) {
  const HistoryBlob blob = Compile("board", Marked(), {Squashed()});
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  database.Execute("INSERT INTO tasks VALUES (1, 'sow', NULL, 'done')");
  ASSERT_OK(Downgrade(database, blob, "b2"));
  EXPECT_EQ(database.Query("SELECT * FROM tasks"), "1|sow|NULL\n");
  ASSERT_OK(Upgrade(database, blob));
  EXPECT_EQ(database.Query("SELECT count(*) FROM taken"), "1\n");
  EXPECT_EQ(database.Query("SELECT * FROM tasks"), "1|sow|NULL|new\n");
  ASSERT_OK(Downgrade(database, blob, "base"));
  EXPECT_EQ(database.DumpUserObjects(), "");
}

TEST(Shortcuts, SquashesCanBeSwitchedOff) {
  const HistoryBlob blob = Compile("board", Marked(), {Squashed()});
  Options options = NoWaiting();
  options.use_squashes = false;
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "head", options));
  EXPECT_FALSE(IsTaken(database));
}

// What is undone is only what the shortcut did.
TEST(Shortcuts, AFailedOneKeepsWhatCameBeforeIt) {
  HistoryShortcut merged = Merged();
  merged.up.statements.push_back({0, "INSERT INTO nowhere VALUES (1)"});
  std::vector<Migration> migrations = Marked();
  migrations[2].up.push_back({0, "INSERT INTO nowhere VALUES (2)"});
  migrations[2].proof = table::Proof::kNone;
  const HistoryBlob blob = Compile("board", migrations, {merged});
  const TestDatabase database;
  const Status status = Upgrade(database, blob);
  EXPECT_EQ(status.code(), StatusCode::kFailedStatement);
  EXPECT_EQ(status.details().revision, "c3");
  EXPECT_EQ(status.details().statement, "INSERT INTO nowhere VALUES (2)");
  EXPECT_EQ(database.Dump(), "");
}

}  // namespace
}  // namespace palindrome::testing
