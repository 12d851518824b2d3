// Every distinct error, and that nothing is changed by it.
#include <array>
#include <chrono>
#include <cstdio>
#include <functional>

#include <gtest/gtest.h>

#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {
namespace {

// What a refused call said; it may be ignored.
struct Refusal {
  Status status;
};

// Calls `call`, which must fail with `code` and leave `database` as it is.
Refusal ExpectRefused(const TestDatabase& database, StatusCode code,
                      const std::function<Status()>& call) {
  const std::string before = database.Dump();
  Status status = call();
  EXPECT_EQ(status.code(), code) << status.ToString();
  EXPECT_EQ(database.Dump(), before);
  EXPECT_EQ(sqlite3_get_autocommit(database.handle()), 1);
  return {status};
}

Refusal ExpectUpgradeRefused(const TestDatabase& database,
                             const HistoryBlob& blob, StatusCode code) {
  return ExpectRefused(database, code, [&] { return Upgrade(database, blob); });
}

void ExpectMentions(const Refusal& refusal,
                    const std::vector<std::string>& words) {
  const std::string text = refusal.status.ToString();
  for (const std::string& word : words) {
    EXPECT_NE(text.find(word), std::string::npos) << word << "\n" << text;
  }
}

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

TEST(Refusal, OfAnEngineThatIsTooOld) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[2].minimum_engine = 99000000;
  const HistoryBlob blob = Compile("board", migrations);
  const TestDatabase database;
  const Refusal refusal =
      ExpectUpgradeRefused(database, blob, StatusCode::kEngineTooOld);
  ExpectMentions(refusal, {"99.0.0", sqlite3_libversion()});
  EXPECT_EQ(refusal.status.details().revision, "c3");
  EXPECT_OK(Upgrade(database, blob, "b2"));
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

TEST(Refusal, OfAStatementThatFailsHalfWay) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[2].up = Sql({"INSERT INTO users VALUES (1, 'ann')",
                          "INSERT INTO users VALUES (1, 'bob')"});
  migrations[2].up[1].line = 12;
  migrations[2].proof = table::Proof::kNone;
  const HistoryBlob blob = Compile("board", migrations);
  const TestDatabase database;
  const Refusal refusal =
      ExpectUpgradeRefused(database, blob, StatusCode::kFailedStatement);
  EXPECT_EQ(refusal.status.details().revision, "c3");
  EXPECT_EQ(refusal.status.details().line, 12U);
  EXPECT_EQ(refusal.status.details().statement,
            "INSERT INTO users VALUES (1, 'bob')");
  EXPECT_EQ(refusal.status.details().engine_message,
            "UNIQUE constraint failed: users.id");
  EXPECT_EQ(refusal.status.details().file_name, "20250115_143022_c3.sql");
}

TEST(Refusal, OfAConstraintThatRollsBackByItself) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[2].up = Sql({"INSERT INTO users VALUES (1, 'ann')",
                          "INSERT OR ROLLBACK INTO users VALUES (1, 'bob')"});
  migrations[2].proof = table::Proof::kNone;
  const TestDatabase database;
  ExpectUpgradeRefused(database, Compile("board", migrations),
                       StatusCode::kFailedStatement);
}

TEST(Refusal, OfARowThatMustNotBe) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[2].up.insert(
      migrations[2].up.begin(),
      {table::kExpectNoRows, "SELECT 'column `name` holds NULL in 1 row'"});
  migrations[2].proof = table::Proof::kNone;
  const TestDatabase database;
  ExpectMentions(ExpectUpgradeRefused(database, Compile("board", migrations),
                                      StatusCode::kFailedStatement),
                 {"column `name` holds NULL in 1 row"});
}

TEST(Refusal, OfTransactionControlInAProgram) {
  for (const char* sql : {"COMMIT", "/* now */ ROLLBACK", "END", "SAVEPOINT s",
                          "ATTACH ':memory:' AS other"}) {
    std::vector<Migration> migrations = ThreeMigrations();
    migrations[2].up.push_back({0, sql});
    migrations[2].proof = table::Proof::kNone;
    // Rehearsing it is what the compiler refuses; here only the others are.
    const TestDatabase database;
    ExpectUpgradeRefused(database, Compile("board", migrations),
                         StatusCode::kFailedStatement);
  }
}

TEST(Refusal, OfASecondStatementInOneText) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[0].up = Sql({"CREATE TABLE a (x); CREATE TABLE b (x)"});
  for (Migration& migration : migrations) {
    migration.proof = table::Proof::kNone;
  }
  const TestDatabase database;
  ExpectUpgradeRefused(database, Compile("board", migrations),
                       StatusCode::kFailedStatement);
}

TEST(Refusal, OfAnUnknownStatementFlag) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[2].up[0].flags = table::kKnownStatementFlags + 1;
  const TestDatabase database;
  ExpectUpgradeRefused(database, Compile("board", migrations),
                       StatusCode::kUnsupportedHistory);
}

TEST(Refusal, OfAnotherDialect) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[1].dialect = table::Dialect::kPostgresql;
  const TestDatabase database;
  const Refusal refusal = ExpectUpgradeRefused(
      database, Compile("board", migrations), StatusCode::kNoProgram);
  EXPECT_EQ(refusal.status.details().revision, "b2");
}

// The schema after the run is other than the one the compiler recorded, as
// with an engine that understands a statement otherwise.
TEST(Refusal, OfAResultThatIsNotTheRehearsedOne) {
  HistoryBlob blob = Compile("board", ThreeMigrations());
  blob.row(2).digest_after = blob.row(0).digest_after;
  const TestDatabase database;
  const Refusal refusal =
      ExpectUpgradeRefused(database, blob, StatusCode::kDriftedSchema);
  EXPECT_EQ(refusal.status.details().revision, "c3");
}

TEST(Refusal, OfAMalformedTable) {
  HistoryBlob blob = Compile("board", ThreeMigrations());
  blob.header().magic[0] = 'X';
  const TestDatabase database;
  ExpectUpgradeRefused(database, blob, StatusCode::kMalformedHistory);
  EXPECT_EQ(Upgrade(database, blob, "a1").code(),
            StatusCode::kMalformedHistory);
  HistoryBlob newer = Compile("board", ThreeMigrations());
  newer.header().version = table::kVersion + 1;
  ExpectUpgradeRefused(database, newer, StatusCode::kUnsupportedHistory);
}

TEST(Refusal, OfALedgerOfAnotherFormat) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "b2"));
  database.Execute("UPDATE palindrome_applied SET format = 2");
  ExpectUpgradeRefused(database, blob, StatusCode::kUnsupportedLedger);
  const TestDatabase other;
  other.Execute(
      "CREATE TABLE palindrome_applied (something_else); "
      "CREATE TABLE palindrome_history (something_else); "
      "CREATE TABLE palindrome_objects (something_else)");
  ExpectUpgradeRefused(other, blob, StatusCode::kUnsupportedLedger);
}

TEST(Refusal, OfALedgerThatContradictsItself) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  for (const char* damage :
       {"UPDATE palindrome_applied SET chain = 'c1:0' WHERE revision = 'b2'",
        "DELETE FROM palindrome_applied WHERE revision = 'a1'",
        "UPDATE palindrome_applied SET is_head = 1",
        "UPDATE palindrome_applied SET is_head = 0"}) {
    const TestDatabase database;
    ASSERT_OK(Upgrade(database, blob, "b2"));
    database.Execute(damage);
    ExpectUpgradeRefused(database, blob, StatusCode::kCorruptLedger);
  }
}

// What every call says that reads the ledger.
void ExpectCorruptLedger(const TestDatabase& database, const HistoryBlob& blob,
                         const std::vector<std::string>& words) {
  sqlite::Database driver(database.handle());
  Migrator migrator(blob.history(), driver, NoWaiting());
  for (const std::function<Status()>& call :
       std::vector<std::function<Status()>>{
           [&] { return migrator.Upgrade(); },
           [&] { return migrator.Upgrade("a1"); },
           [&] { return migrator.Downgrade("base"); },
           [&] { return migrator.Plan("head").status(); },
           [&] { return migrator.Current().status(); },
           [&] { return migrator.History().status(); },
           [&] { return migrator.Verify().status(); }}) {
    ExpectMentions(ExpectRefused(database, StatusCode::kCorruptLedger, call),
                   words);
  }
}

TEST(Refusal, OfALedgerWithoutOneOfItsTables) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  for (const char* table :
       {"palindrome_applied", "palindrome_history", "palindrome_objects"}) {
    for (const char* target : {"base", "b2", "head"}) {
      const TestDatabase database;
      ASSERT_OK(Upgrade(database, blob));
      ASSERT_OK(Downgrade(database, blob, target));
      database.Execute(std::string("DROP TABLE ") + table);
      ExpectCorruptLedger(database, blob,
                          {std::string("lacks its table `") + table + "`",
                           "; restore the database"});
      ExpectRefused(database, StatusCode::kCorruptLedger,
                    [&] { return Stamp(database, blob, "b2"); });
    }
  }
}

TEST(Refusal, OfALedgerThatLostWhatIsApplied) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  const std::string owned =
      database.Query("SELECT * FROM palindrome_objects ORDER BY kind, name");
  database.Execute("DELETE FROM palindrome_applied");
  ExpectCorruptLedger(database, blob,
                      {"no migration of `board` is applied",
                       "index `ix_tasks_title` and ", "; stamp the database"});
  ASSERT_OK(Stamp(database, blob, "head"));
  EXPECT_OK(Verify(database, blob).status());
  EXPECT_EQ(
      database.Query("SELECT * FROM palindrome_objects ORDER BY kind, name"),
      owned);
}

// Read as text they would be what the program knows, and no `=` finds them.
TEST(Refusal, OfALedgerWithBytesForText) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  for (const auto& [table, column] :
       {std::pair{"palindrome_applied", "revision"},
        std::pair{"palindrome_applied", "chain"},
        std::pair{"palindrome_applied", "is_head"},
        std::pair{"palindrome_applied", "format"},
        std::pair{"palindrome_objects", "name"},
        std::pair{"palindrome_objects", "namespace"}}) {
    const TestDatabase database;
    ASSERT_OK(Upgrade(database, blob, "b2"));
    database.Execute("UPDATE " + std::string(table) + " SET " + column +
                     " = CAST(" + column + " AS BLOB)");
    ExpectMentions(
        ExpectUpgradeRefused(database, blob, StatusCode::kCorruptLedger),
        {std::string("`") + column + "`"});
    ExpectRefused(database, StatusCode::kCorruptLedger,
                  [&] { return Downgrade(database, blob, "-1"); });
    ExpectRefused(database, StatusCode::kCorruptLedger,
                  [&] { return Verify(database, blob).status(); });
  }
}

// Here a trigger keeps the rows; it goes by the name of the ledger's own.
TEST(Refusal, OfALedgerThatDoesNotTakeWhatIsWritten) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  for (const char* change :
       {"DELETE ON palindrome_applied", "UPDATE ON palindrome_applied",
        "DELETE ON palindrome_objects", "INSERT ON palindrome_history"}) {
    const TestDatabase database;
    ASSERT_OK(Upgrade(database, blob));
    database.Execute("CREATE TRIGGER palindrome_keep BEFORE " +
                     std::string(change) + " BEGIN SELECT raise(IGNORE); END");
    ExpectMentions(
        ExpectRefused(database, StatusCode::kCorruptLedger,
                      [&] { return Downgrade(database, blob, "-2"); }),
        {"contradicts itself", "`palindrome_"});
  }
}

class CancelAfter final : public Observer {
 public:
  explicit CancelAfter(int statements) : left_(statements) {}
  bool IsCancelled() override { return left_-- == 0; }

 private:
  int left_;
};

TEST(Refusal, WhenCancelledAtAnyStatement) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  for (int statements = 0; statements < 4; ++statements) {
    const TestDatabase database;
    CancelAfter observer(statements);
    Options options = NoWaiting();
    options.observer = &observer;
    ExpectRefused(database, StatusCode::kCancelled,
                  [&] { return Upgrade(database, blob, "head", options); });
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
