// Writing to the ledger without running anything, and comparing it with what
// is there.
#include <gtest/gtest.h>

#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {
namespace {

// What the first two migrations make, made by hand.
TestDatabase MadeByHand() {
  TestDatabase database;
  for (const Migration& migration : ThreeMigrations()) {
    if (migration.revision != "c3") {
      for (const ProgramStatement& statement : migration.up) {
        database.Execute(statement.sql);
      }
    }
  }
  return database;
}

TEST(Stamp, AdoptsADatabaseThatIsThere) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database = MadeByHand();
  ASSERT_OK(Stamp(database, blob, "b2"));
  EXPECT_EQ(CurrentOf(database, blob), "b2");
  EXPECT_EQ(database.Query("SELECT revision, action FROM palindrome_history "
                           "ORDER BY id"),
            "a1|stamp\nb2|stamp\n");
  EXPECT_OK(Verify(database, blob).status());
  ASSERT_OK(Upgrade(database, blob));
  ASSERT_OK(Downgrade(database, blob, "base"));
  EXPECT_EQ(database.DumpUserObjects(), "");
}

// A program that comes from another tool has its ledger still.
TEST(Stamp, LeavesTheLedgersOfOtherToolsAlone) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database = MadeByHand();
  const std::string ledger =
      "CREATE TABLE Schema_Migrations (version uint64, dirty bool);"
      "CREATE UNIQUE INDEX version_unique ON schema_migrations (version);";
  database.Execute(ledger);
  ASSERT_OK(Stamp(database, blob, "b2"));
  EXPECT_EQ(database.Query("SELECT name FROM palindrome_objects WHERE name "
                           "LIKE '%version%' OR name LIKE '%migrations'"),
            "");
  EXPECT_OK(Verify(database, blob).status());
  ASSERT_OK(Upgrade(database, blob));
  database.Execute("DROP TABLE schema_migrations");
  EXPECT_OK(Verify(database, blob).status());
  database.Execute(ledger);
  ASSERT_OK(Downgrade(database, blob, "base"));
  EXPECT_NE(database.DumpUserObjects(), "");
  ASSERT_OK(Upgrade(database, blob));
  database.Execute("CREATE TABLE stray (a)");
  EXPECT_EQ(Verify(database, blob).status().code(), StatusCode::kDriftedSchema);
}

TEST(Stamp, OfTheWrongRevisionIsFoundByVerify) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database = MadeByHand();
  ASSERT_OK(Stamp(database, blob, "a1"));
  EXPECT_EQ(Verify(database, blob).status().code(), StatusCode::kDriftedSchema);
  ASSERT_OK(Stamp(database, blob, "b2"));
  EXPECT_OK(Verify(database, blob).status());
}

TEST(Stamp, GoesDownToo) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  const std::string before = database.DumpUserObjects();
  ASSERT_OK(Stamp(database, blob, "base"));
  EXPECT_EQ(CurrentOf(database, blob), "");
  EXPECT_EQ(database.DumpUserObjects(), before);
  EXPECT_EQ(database.Query("SELECT action FROM palindrome_history "
                           "WHERE id > 3 ORDER BY id"),
            "unstamp\nunstamp\nunstamp\n");
  EXPECT_EQ(Upgrade(database, blob).code(), StatusCode::kDriftedSchema);
}

// At its base a history has nothing, so another one may take it over.
TEST(Stamp, AtBaseOwnsNothing) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const HistoryBlob renamed = Compile("plank", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  ASSERT_OK(Stamp(database, blob, "base"));
  EXPECT_EQ(database.Query("SELECT * FROM palindrome_objects"), "");
  ASSERT_OK(Stamp(database, blob, "base"));
  EXPECT_EQ(database.Query("SELECT * FROM palindrome_objects"), "");
  ASSERT_OK(Stamp(database, renamed, "head"));
  EXPECT_OK(Verify(database, renamed).status());
  ASSERT_OK(Downgrade(database, renamed, "base"));
  EXPECT_EQ(database.Query("SELECT * FROM palindrome_objects"), "");
  EXPECT_EQ(database.DumpUserObjects(), "");
}

TEST(Stamp, RefusesAnUnknownTarget) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  EXPECT_EQ(Stamp(database, blob, "zz").code(), StatusCode::kUnknownRevision);
  EXPECT_EQ(Stamp(database, blob, "!").code(), StatusCode::kBadTarget);
  EXPECT_EQ(database.Dump(), "");
}

TEST(Verify, CountsAndNamesWhereItIs) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "b2"));
  const auto verification = Verify(database, blob);
  ASSERT_OK(verification.status());
  EXPECT_EQ(verification.value().applied, 2U);
  ASSERT_EQ(verification.value().current.size(), 1U);
  EXPECT_EQ(verification.value().current[0].revision, "b2");
  EXPECT_FALSE(verification.value().current[0].is_head);
  EXPECT_TRUE(verification.value().not_checked.empty());
}

TEST(Verify, SaysWhatItCouldNotCheck) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[2].proof = table::Proof::kNone;
  const HistoryBlob blob = Compile("board", migrations);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  const auto verification = Verify(database, blob);
  ASSERT_OK(verification.status());
  ASSERT_EQ(verification.value().not_checked.size(), 2U);
  EXPECT_NE(verification.value().not_checked[0].find("`c3`"),
            std::string::npos);
}

TEST(Verify, FindsADamagedDownProgram) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  database.Execute(
      "UPDATE palindrome_applied SET down_program = "
      "replace(down_program, 'DROP', 'KEEP') "
      "WHERE revision = 'b2'");
  const auto verification = Verify(database, blob);
  EXPECT_EQ(verification.status().code(), StatusCode::kCorruptLedger);
  EXPECT_EQ(verification.status().details().revision, "b2");
}

TEST(Verify, IsFineOnAnEmptyDatabaseAndWritesNothing) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  const auto verification = Verify(database, blob);
  ASSERT_OK(verification.status());
  EXPECT_EQ(verification.value().applied, 0U);
  EXPECT_EQ(database.Dump(), "");
  EXPECT_EQ(sqlite3_get_autocommit(database.handle()), 1);
}

}  // namespace
}  // namespace palindrome::testing
