// Several histories in one database.
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
