// What is refused because of the database or the connection. That nothing is
// changed is part of every such test.
#include <array>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/migrator/refusal_fixture.h"

namespace palindrome::testing {
namespace {

TEST(Refusal, OfADatabaseNewerThanTheProgram) {
  std::vector<Migration> migrations = ThreeMigrations();
  const HistoryBlob grown = Compile("board", migrations);
  migrations.resize(1);
  const HistoryBlob old = Compile("board", migrations);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, grown));
  for (const char* target : {"head", "a1", "+1"}) {
    ExpectMentions(
        ExpectRefused(database, StatusCode::kDatabaseNewer,
                      [&] { return Upgrade(database, old, target); }),
        {"b2", "1 more"});
  }
  ExpectRefused(database, StatusCode::kDatabaseNewer,
                [&] { return Downgrade(database, old, "base"); });
  ExpectRefused(database, StatusCode::kDatabaseNewer,
                [&] { return Verify(database, old).status(); });
}

TEST(Refusal, OfAMigrationThatWasEditedAfterItWasApplied) {
  std::vector<Migration> migrations = ThreeMigrations();
  const HistoryBlob original = Compile("board", migrations);
  migrations[1].checksum = "t1:edited";
  const HistoryBlob edited = Compile("board", migrations);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, original));
  const Refusal refusal =
      ExpectUpgradeRefused(database, edited, StatusCode::kEditedAfterApplied);
  EXPECT_EQ(refusal.status.details().revision, "b2");
  EXPECT_EQ(Downgrade(database, edited, "-1").code(),
            StatusCode::kEditedAfterApplied);
}

TEST(Refusal, OfAMigrationThatWasMovedAfterItWasApplied) {
  std::vector<Migration> migrations = {
      {"a", {}, Sql({"CREATE TABLE a (x)"}), Sql({"DROP TABLE a"})},
      {"b", {"a"}, Sql({"CREATE TABLE b (x)"}), Sql({"DROP TABLE b"})},
      {"c", {"b"}, Sql({"CREATE TABLE c (x)"}), Sql({"DROP TABLE c"})},
  };
  const HistoryBlob original = Compile("board", migrations);
  migrations[2].parents = {"a"};
  const HistoryBlob moved = Compile("board", migrations);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, original));
  const Refusal refusal =
      ExpectRefused(database, StatusCode::kEditedAfterApplied,
                    [&] { return Upgrade(database, moved, "c"); });
  EXPECT_EQ(refusal.status.details().revision, "c");
}

TEST(Refusal, OfADriftedSchemaNamesWhatDiffers) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  for (const auto& [drift, word] :
       {std::pair{"DROP INDEX ix_tasks_title", "index `ix_tasks_title`"},
        std::pair{"CREATE TABLE extra (x)", "table `extra`"},
        std::pair{"ALTER TABLE users ADD COLUMN age INTEGER", "table `users`"},
        std::pair{"CREATE VIEW v AS SELECT 1", "view `v`"}}) {
    const TestDatabase database;
    ASSERT_OK(Upgrade(database, blob, "b2"));
    database.Execute(drift);
    ExpectMentions(
        ExpectUpgradeRefused(database, blob, StatusCode::kDriftedSchema),
        {word});
    ExpectRefused(database, StatusCode::kDriftedSchema,
                  [&] { return Downgrade(database, blob, "-1"); });
    ExpectRefused(database, StatusCode::kDriftedSchema,
                  [&] { return Verify(database, blob).status(); });
  }
}

TEST(Refusal, OfADatabaseThatDriftedAtItsBase) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  ASSERT_OK(Downgrade(database, blob, "base"));
  database.Execute("CREATE TABLE extra (x)");
  ExpectUpgradeRefused(database, blob, StatusCode::kDriftedSchema);
}

TEST(Refusal, OfAnUnknownDatabaseThatIsNotEmpty) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  database.Execute(
      "CREATE TABLE users (id INTEGER PRIMARY KEY); "
      "INSERT INTO users VALUES (1)");
  ExpectMentions(
      ExpectUpgradeRefused(database, blob, StatusCode::kUnknownDatabase),
      {"table `users`"});
}

TEST(Refusal, OfAnUnknownDatabaseAlsoWithoutRehearsal) {
  std::vector<Migration> migrations = ThreeMigrations();
  for (Migration& migration : migrations) {
    migration.proof = table::Proof::kNone;
  }
  const TestDatabase database;
  database.Execute("CREATE TABLE other (x)");
  ExpectUpgradeRefused(database, Compile("board", migrations),
                       StatusCode::kUnknownDatabase);
}

TEST(Refusal, OfAFileThatIsNoDatabase) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TemporaryFolder folder;
  std::FILE* const file = std::fopen(folder.File("notes.txt").c_str(), "w");
  for (int i = 0; i < 1000; ++i) {
    std::fputs("this is not a database\n", file);
  }
  std::fclose(file);
  const TestDatabase database(folder.File("notes.txt"));
  EXPECT_EQ(Upgrade(database, blob).code(), StatusCode::kNotADatabase);
  EXPECT_EQ(Verify(database, blob).status().code(), StatusCode::kNotADatabase);
}

TEST(Refusal, InsideATransaction) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  for (const char* begin : {"BEGIN", "BEGIN IMMEDIATE", "SAVEPOINT s"}) {
    const TestDatabase database;
    database.Execute(begin);
    EXPECT_EQ(Upgrade(database, blob).code(), StatusCode::kInsideTransaction);
    EXPECT_EQ(Stamp(database, blob, "head").code(),
              StatusCode::kInsideTransaction);
    EXPECT_EQ(sqlite3_get_autocommit(database.handle()), 0);
    database.Execute("ROLLBACK");
    EXPECT_EQ(database.Dump(), "");
  }
}

TEST(Refusal, WhileAnotherConnectionWrites) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TemporaryFolder folder;
  const TestDatabase database(folder.File("board.db"));
  const TestDatabase other(folder.File("board.db"));
  other.Execute("BEGIN IMMEDIATE");
  Options options;
  options.lock_timeout = std::chrono::milliseconds(60);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(Upgrade(database, blob, "head", options).code(),
            StatusCode::kLocked);
  EXPECT_GE(std::chrono::steady_clock::now() - start, options.lock_timeout);
  other.Execute("ROLLBACK");
  EXPECT_EQ(database.Dump(), "");
  EXPECT_OK(Upgrade(database, blob));
}

// In a rollback journal a reader that stays keeps COMMIT from going through.
TEST(Refusal, WhileAnotherConnectionReads) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TemporaryFolder folder;
  const TestDatabase database(folder.File("board.db"));
  ASSERT_OK(Upgrade(database, blob, "b2"));
  const std::string before = database.Dump();
  const TestDatabase other(folder.File("board.db"));
  other.Execute("BEGIN; SELECT * FROM users; SELECT * FROM sqlite_master");
  EXPECT_EQ(Upgrade(database, blob).code(), StatusCode::kLocked);
  other.Execute("ROLLBACK");
  EXPECT_EQ(database.Dump(), before);
  EXPECT_EQ(sqlite3_get_autocommit(database.handle()), 1);
}

// Begins to read `users`, and does not finish.
sqlite3_stmt* ReadUsers(sqlite3* connection) {
  sqlite3_stmt* reader = nullptr;
  EXPECT_EQ(sqlite3_prepare_v2(connection, "SELECT 1 FROM users", -1, &reader,
                               nullptr),
            SQLITE_OK);
  EXPECT_EQ(sqlite3_step(reader), SQLITE_ROW);
  return reader;
}

TEST(Refusal, WhileTheCallerReads) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  database.Execute("INSERT INTO users (name) VALUES ('a'), ('b')");
  sqlite3_stmt* const reader = ReadUsers(database.handle());
  const Status status = Downgrade(database, blob, "base");
  sqlite3_finalize(reader);
  EXPECT_EQ(status.code(), StatusCode::kFailedStatement);
  ExpectMentions({status},
                 {"of the same connection", "; finish or reset", "DROP INDEX"});
  EXPECT_EQ(CurrentOf(database, blob), "c3");
  EXPECT_OK(Downgrade(database, blob, "base"));
}

// With a shared cache the lock of a table is another connection's all the same.
TEST(Refusal, WhileAnotherConnectionReadsTheSharedCache) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  std::array<sqlite3*, 2> connections = {};
  for (sqlite3*& connection : connections) {
    ASSERT_EQ(sqlite3_open_v2(
                  "file:board?mode=memory&cache=shared", &connection,
                  SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI,
                  nullptr),
              SQLITE_OK);
  }
  sqlite::Database driver(connections[0]);
  Migrator migrator(blob.history(), driver, NoWaiting());
  ASSERT_OK(migrator.Upgrade());
  ASSERT_EQ(sqlite3_exec(connections[0],
                         "INSERT INTO users (name) VALUES ('a'), ('b')",
                         nullptr, nullptr, nullptr),
            SQLITE_OK);
  sqlite3_stmt* const reader = ReadUsers(connections[1]);
  const Status status = migrator.Downgrade("base");
  sqlite3_finalize(reader);
  EXPECT_EQ(status.code(), StatusCode::kLocked);
  ExpectMentions({status}, {"another connection holds a lock"});
  EXPECT_OK(migrator.Downgrade("base"));
  for (sqlite3* const connection : connections) {
    EXPECT_EQ(sqlite3_close(connection), SQLITE_OK);
  }
}

TEST(Refusal, OfAReadOnlyDatabase) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  database.Execute("PRAGMA query_only = ON");
  ExpectUpgradeRefused(database, blob, StatusCode::kIo);
  database.Execute("PRAGMA query_only = OFF");
}

TEST(Refusal, OfAConnectionThatCannotRollBack) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TemporaryFolder folder;
  for (const std::string& path : {std::string(":memory:"), folder.File("b")}) {
    const TestDatabase database(path);
    ASSERT_OK(Upgrade(database, blob, "a1"));
    database.Execute("PRAGMA journal_mode = OFF");
    ExpectMentions(
        ExpectUpgradeRefused(database, blob, StatusCode::kNoRollback),
        {"`off`", "; set another journal mode"});
    ExpectRefused(database, StatusCode::kNoRollback,
                  [&] { return Stamp(database, blob, "b2"); });
    database.Execute("PRAGMA journal_mode = MEMORY");
    EXPECT_OK(Upgrade(database, blob));
  }
}

TEST(Refusals, TemporaryObjects) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  for (const char* made :
       {"CREATE TEMP TABLE users (id INTEGER)",
        "CREATE TEMP VIEW members AS SELECT * FROM notes",
        "CREATE TEMP TRIGGER log AFTER INSERT ON notes BEGIN SELECT 1; END"}) {
    const TestDatabase database;
    ASSERT_OK(Upgrade(database, blob, "a1"));
    database.Execute("CREATE TEMP TABLE notes (id INTEGER)");
    database.Execute(made);
    ExpectMentions(
        ExpectUpgradeRefused(database, blob, StatusCode::kTemporaryObjects),
        {"temporary"});
    ExpectRefused(database, StatusCode::kTemporaryObjects,
                  [&] { return Stamp(database, blob, "b2"); });
  }
}

}  // namespace
}  // namespace palindrome::testing
