// What the caller set on its connection is as before, whatever happened.
#include <gtest/gtest.h>

#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {
namespace {

std::vector<Migration> FailingAtLast() {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[2].up = Sql({"INSERT INTO nowhere VALUES (1)"});
  migrations[2].proof = table::Proof::kNone;
  return migrations;
}

TEST(Settings, ComeBack) {
  for (const char* value : {"0", "1"}) {
    for (const bool fails : {false, true}) {
      const TestDatabase database;
      database.Execute(std::string("PRAGMA foreign_keys = ") + value +
                       "; PRAGMA legacy_alter_table = " + value);
      const HistoryBlob blob =
          Compile("board", fails ? FailingAtLast() : ThreeMigrations());
      EXPECT_EQ(Upgrade(database, blob).ok(), !fails);
      EXPECT_OK(Downgrade(database, blob, "base"));
      const std::string expected = std::string(value) + "\n";
      EXPECT_EQ(database.Query("PRAGMA foreign_keys"), expected);
      EXPECT_EQ(database.Query("PRAGMA legacy_alter_table"), expected);
    }
  }
}

TEST(Settings, ComeBackAfterALock) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TemporaryFolder folder;
  const TestDatabase database(folder.File("board.db"));
  database.Execute("PRAGMA foreign_keys = ON");
  const TestDatabase other(folder.File("board.db"));
  other.Execute("BEGIN IMMEDIATE");
  EXPECT_EQ(Upgrade(database, blob).code(), StatusCode::kLocked);
  other.Execute("ROLLBACK");
  EXPECT_EQ(database.Query("PRAGMA foreign_keys"), "1\n");
}

// The lock is gone when the engine has said that there is one.
int EndTheOther(void* other, int /*calls*/) {
  static_cast<const TestDatabase*>(other)->Execute("ROLLBACK");
  return 0;
}

TEST(Settings, AreTriedAgainWhileThereIsALock) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TemporaryFolder folder;
  const TestDatabase database(folder.File("board.db"));
  TestDatabase other(folder.File("board.db"));
  other.Execute("CREATE TABLE users (id INTEGER); BEGIN EXCLUSIVE");
  sqlite3_busy_handler(database.handle(), EndTheOther, &other);
  sqlite::Database driver(database.handle());
  EXPECT_OK(Migrator(blob.history(), driver).Stamp("a1"));
  sqlite3_busy_handler(database.handle(), nullptr, nullptr);
}

TEST(Settings, LegacyAlterTableIsOnForTheStatementsThatAskForIt) {
  std::vector<Migration> migrations = {
      {"a1",
       {},
       Sql({"CREATE TABLE t (x)", "CREATE TABLE other (y REFERENCES t (x))"}),
       Sql({"DROP TABLE other", "DROP TABLE t"})},
      {"b2",
       {"a1"},
       {{table::kLegacyAlterTable, "ALTER TABLE t RENAME TO u"}},
       {{table::kLegacyAlterTable, "ALTER TABLE u RENAME TO t"}}},
  };
  migrations[1].proof = table::Proof::kNone;
  const HistoryBlob blob = Compile("board", migrations);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  EXPECT_EQ(database.Query("SELECT \"table\" FROM "
                           "pragma_foreign_key_list('other')"),
            "t\n");
  migrations[1].up[0].flags = 0;
  const TestDatabase modern;
  ASSERT_OK(Upgrade(modern, Compile("board", migrations)));
  EXPECT_EQ(modern.Query("SELECT \"table\" FROM "
                         "pragma_foreign_key_list('other')"),
            "u\n");
}

int CountBusy(void* count, int /*calls*/) {
  ++*static_cast<int*>(count);
  return 0;
}

TEST(Settings, TheBusyHandlerAndTheAuthorizerStay) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TemporaryFolder folder;
  const TestDatabase database(folder.File("board.db"));
  int busy = 0;
  sqlite3_busy_handler(database.handle(), CountBusy, &busy);
  int authorized = 0;
  sqlite3_set_authorizer(
      database.handle(),
      [](void* count, int, const char*, const char*, const char*, const char*) {
        ++*static_cast<int*>(count);
        return SQLITE_OK;
      },
      &authorized);
  ASSERT_OK(Upgrade(database, blob));
  const TestDatabase other(folder.File("board.db"));
  other.Execute("BEGIN IMMEDIATE");
  busy = 0;
  authorized = 0;
  EXPECT_NE(sqlite3_exec(database.handle(), "DELETE FROM users", nullptr,
                         nullptr, nullptr),
            SQLITE_OK);
  EXPECT_EQ(busy, 1);
  EXPECT_GT(authorized, 0);
  other.Execute("ROLLBACK");
}

}  // namespace
}  // namespace palindrome::testing
