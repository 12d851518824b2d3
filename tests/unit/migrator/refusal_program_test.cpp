// What is refused because of the compiled history, or a statement of it.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/migrator/refusal_fixture.h"

namespace palindrome::testing {
namespace {

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

}  // namespace
}  // namespace palindrome::testing
