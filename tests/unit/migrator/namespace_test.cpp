// Several histories in one database.
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {
namespace {

std::vector<Migration> Notes() {
  return {
      {"a1",
       {},
       Sql({"CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT)"}),
       Sql({"DROP TABLE notes"})},
      {"n2",
       {"a1"},
       Sql({"CREATE INDEX ix_notes ON notes (body)"}),
       Sql({"DROP INDEX ix_notes"})},
  };
}

TEST(Namespaces, ShareADatabaseInAnyOrder) {
  const HistoryBlob board = Compile("board", ThreeMigrations());
  const HistoryBlob notes = Compile("notes", Notes());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, board, "b2"));
  ASSERT_OK(Upgrade(database, notes, "a1"));
  ASSERT_OK(Upgrade(database, board));
  ASSERT_OK(Upgrade(database, notes));
  EXPECT_EQ(CurrentOf(database, board), "c3");
  EXPECT_EQ(CurrentOf(database, notes), "n2");
  EXPECT_OK(Verify(database, board).status());
  EXPECT_OK(Verify(database, notes).status());
  ASSERT_OK(Downgrade(database, board, "base"));
  EXPECT_EQ(CurrentOf(database, notes), "n2");
  EXPECT_OK(Verify(database, notes).status());
  EXPECT_EQ(database.Query("SELECT namespace, kind, name FROM "
                           "palindrome_objects ORDER BY kind"),
            "notes|index|ix_notes\nnotes|table|notes\n");
  ASSERT_OK(Downgrade(database, notes, "base"));
  EXPECT_EQ(database.DumpUserObjects(), "");
}

TEST(Namespaces, DriftOfOneIsNoDriftOfTheOther) {
  const HistoryBlob board = Compile("board", ThreeMigrations());
  const HistoryBlob notes = Compile("notes", Notes());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, board));
  ASSERT_OK(Upgrade(database, notes));
  database.Execute("DROP INDEX ix_notes");
  EXPECT_OK(Verify(database, board).status());
  EXPECT_EQ(Verify(database, notes).status().code(),
            StatusCode::kDriftedSchema);
}

TEST(Namespaces, TheWayBackOfOneIsItsOwn) {
  const HistoryBlob board = Compile("board", ThreeMigrations());
  const HistoryBlob notes = Compile("notes", Notes());
  std::vector<Migration> migrations = Notes();
  migrations.resize(1);
  const HistoryBlob old_notes = Compile("notes", migrations);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, notes));
  ASSERT_OK(Upgrade(database, board));
  Options options = NoWaiting();
  options.allow_foreign_downgrade = true;
  ASSERT_OK(Upgrade(database, old_notes, "head", options));
  EXPECT_EQ(CurrentOf(database, notes), "a1");
  EXPECT_EQ(CurrentOf(database, board), "c3");
  EXPECT_OK(Verify(database, old_notes).status());
  EXPECT_OK(Verify(database, board).status());
}

TEST(Namespaces, AStampOfOneIsItsOwn) {
  const HistoryBlob board = Compile("board", ThreeMigrations());
  const HistoryBlob notes = Compile("notes", Notes());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, notes));
  ASSERT_OK(Upgrade(database, board));
  ASSERT_OK(Stamp(database, notes, "a1"));
  EXPECT_OK(Verify(database, board).status());
  EXPECT_EQ(Verify(database, notes).status().code(),
            StatusCode::kDriftedSchema);
  ASSERT_OK(Stamp(database, notes, "head"));
  EXPECT_OK(Verify(database, notes).status());
}

// What belongs to nobody is in everybody's way, as it was before a history.
TEST(Namespaces, AStampOfBaseGivesUpWhatWasOwned) {
  const HistoryBlob board = Compile("board", ThreeMigrations());
  const HistoryBlob notes = Compile("notes", Notes());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, notes));
  ASSERT_OK(Upgrade(database, board));
  ASSERT_OK(Stamp(database, notes, "base"));
  EXPECT_EQ(Verify(database, board).status().code(),
            StatusCode::kDriftedSchema);
  ASSERT_OK(Stamp(database, notes, "head"));
  EXPECT_OK(Verify(database, board).status());
}

// What the migrations of a history make, made by hand.
void MakeByHand(const TestDatabase& database,
                const std::vector<Migration>& migrations) {
  for (const Migration& migration : migrations) {
    for (const ProgramStatement& statement : migration.up) {
      database.Execute(statement.sql);
    }
  }
}

std::vector<Migration> FirstOf(std::vector<Migration> migrations) {
  migrations.resize(1);
  return migrations;
}

// In whatever order two histories come to what was there before both: neither
// takes what the other makes.
TEST(Namespaces, AStampClaimsWhatItsHistoryMakes) {
  const std::vector<HistoryBlob> blobs = {Compile("board", ThreeMigrations()),
                                          Compile("notes", Notes())};
  for (const auto& [first, second] : {std::pair{0U, 1U}, std::pair{1U, 0U}}) {
    const TestDatabase database;
    MakeByHand(database, FirstOf(ThreeMigrations()));
    MakeByHand(database, FirstOf(Notes()));
    ASSERT_OK(Stamp(database, blobs[first], "a1"));
    ASSERT_OK(Stamp(database, blobs[second], "a1"));
    EXPECT_EQ(database.Query("SELECT namespace, name FROM palindrome_objects "
                             "ORDER BY namespace"),
              "board|users\nnotes|notes\n");
    for (const unsigned each : {first, second}) {
      ASSERT_OK(Upgrade(database, blobs[each]));
    }
    for (const unsigned each : {first, second}) {
      EXPECT_OK(Verify(database, blobs[each]).status());
      ASSERT_OK(Downgrade(database, blobs[each], "base"));
    }
    EXPECT_EQ(database.DumpUserObjects(), "");
  }
}

TEST(Namespaces, AStampAfterAnUpgradeOfTheOther) {
  const HistoryBlob board = Compile("board", ThreeMigrations());
  const HistoryBlob notes = Compile("notes", Notes());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, board, "a1"));
  MakeByHand(database, FirstOf(Notes()));
  // Until it is stamped, it is in the way.
  EXPECT_EQ(Upgrade(database, board).code(), StatusCode::kDriftedSchema);
  ASSERT_OK(Stamp(database, board, "a1"));
  ASSERT_OK(Stamp(database, board, "b2"));
  ASSERT_OK(Stamp(database, board, "a1"));
  EXPECT_EQ(database.Query("SELECT name FROM palindrome_objects"), "users\n");
  ASSERT_OK(Stamp(database, notes, "a1"));
  ASSERT_OK(Upgrade(database, board));
  ASSERT_OK(Upgrade(database, notes));
  EXPECT_OK(Verify(database, board).status());
  EXPECT_OK(Verify(database, notes).status());
}

// Without rehearsal there is no digest that would tell.
TEST(Namespaces, AStampWithoutRehearsalClaimsNoMore) {
  std::vector<Migration> migrations = ThreeMigrations();
  for (Migration& migration : migrations) {
    migration.proof = table::Proof::kNone;
  }
  const HistoryBlob board = Compile("board", migrations);
  const HistoryBlob notes = Compile("notes", Notes());
  const TestDatabase database;
  MakeByHand(database, ThreeMigrations());
  MakeByHand(database, Notes());
  ASSERT_OK(Stamp(database, board, "head"));
  EXPECT_EQ(database.Query("SELECT name FROM palindrome_objects ORDER BY name"),
            "ix_tasks_title\ntasks\nusers\n");
  ASSERT_OK(Stamp(database, notes, "head"));
  EXPECT_OK(Verify(database, board).status());
  EXPECT_OK(Verify(database, notes).status());
}

// A stamp where the database is already says nothing of what came since.
TEST(Namespaces, AStampThatChangesNothingClaimsNothing) {
  const HistoryBlob board = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, board));
  database.Execute("CREATE TABLE notes (id INTEGER)");
  const std::string before = database.Dump();
  ASSERT_OK(Stamp(database, board, "head"));
  EXPECT_EQ(database.Dump(), before);
}

TEST(Namespaces, OneConnectionMigratesBothInTurns) {
  const HistoryBlob board = Compile("board", ThreeMigrations());
  const HistoryBlob notes = Compile("notes", Notes());
  const TestDatabase database;
  sqlite::Database driver(database.handle());
  Migrator first(board.history(), driver, NoWaiting());
  Migrator second(notes.history(), driver, NoWaiting());
  for (const char* step : {"+1", "+1"}) {
    ASSERT_OK(first.Upgrade(step));
    ASSERT_OK(second.Upgrade(step));
    EXPECT_OK(first.Verify().status());
    EXPECT_OK(second.Verify().status());
  }
  ASSERT_OK(first.Downgrade("-1"));
  ASSERT_OK(second.Downgrade("base"));
  EXPECT_OK(first.Verify().status());
  EXPECT_OK(second.Verify().status());
}

TEST(Namespaces, VerifySaysWhatBelongsToOthers) {
  const HistoryBlob board = Compile("board", ThreeMigrations());
  const HistoryBlob notes = Compile("notes", Notes());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, board));
  ASSERT_OK(Upgrade(database, notes));
  const auto verification = Verify(database, board);
  ASSERT_OK(verification.status());
  ASSERT_EQ(verification.value().not_checked.size(), 1U);
  EXPECT_EQ(verification.value().not_checked[0].front(), '2');
}

}  // namespace
}  // namespace palindrome::testing
