// The way up and down, what the ledger says of it, and targets.
#include <gtest/gtest.h>

#include "runtime/src/sql_lexer.h"
#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {
namespace {

std::string AppliedRevisions(const TestDatabase& database) {
  return database.Query(
      "SELECT revision, is_head FROM palindrome_applied ORDER BY revision");
}

TEST(Upgrade, AppliesEverythingAndWritesTheLedger) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  EXPECT_EQ(CurrentOf(database, blob), "c3");
  EXPECT_EQ(AppliedRevisions(database), "a1|0\nb2|0\nc3|1\n");
  EXPECT_EQ(database.Query("SELECT namespace, revision, action, title, format "
                           "FROM palindrome_history ORDER BY id"),
            "board|a1|upgrade|migration a1|1\n"
            "board|b2|upgrade|migration b2|1\n"
            "board|c3|upgrade|migration c3|1\n");
  EXPECT_EQ(database.Query("SELECT namespace, kind, name "
                           "FROM palindrome_objects ORDER BY kind, name"),
            "board|index|ix_tasks_title\nboard|table|tasks\n"
            "board|table|users\n");
  EXPECT_EQ(
      database.Query("SELECT count(*) FROM palindrome_applied WHERE applied_at "
                     "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*Z'"),
      "3\n");
  EXPECT_EQ(database.Query("SELECT name FROM pragma_table_info('tasks')"),
            "id\ntitle\nuser_id\nstatus\n");
}

TEST(Upgrade, KeepsTheDownProgramItself) {
  const std::vector<Migration> migrations = ThreeMigrations();
  const HistoryBlob blob = Compile("board", migrations);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  const Program down = {migrations[1].down};
  EXPECT_EQ(database.Query("SELECT down_program = " +
                           sql::QuoteString(EncodeProgram(down)) +
                           ", down_digest FROM palindrome_applied "
                           "WHERE revision = 'b2'"),
            "1|" + ProgramDigest(down) + "\n");
}

TEST(Upgrade, ChangesNothingTheSecondTime) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  const std::string before = database.Dump();
  ASSERT_OK(Upgrade(database, blob));
  ASSERT_OK(Upgrade(database, blob, "c3"));
  EXPECT_EQ(database.Dump(), before);
}

TEST(Upgrade, NeedsNoWriteLockWhenNothingIsPending) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TemporaryFolder folder;
  const TestDatabase database(folder.File("board.db"));
  ASSERT_OK(Upgrade(database, blob));
  const TestDatabase other(folder.File("board.db"));
  other.Execute("BEGIN IMMEDIATE");
  EXPECT_OK(Upgrade(database, blob));
  other.Execute("ROLLBACK");
}

TEST(Upgrade, IsFineInsideATransactionWhenNothingIsPending) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  database.Execute("BEGIN; INSERT INTO users VALUES (1, 'ann')");
  EXPECT_OK(Upgrade(database, blob));
  database.Execute("COMMIT");
  EXPECT_EQ(database.Query("SELECT name FROM users"), "ann\n");
}

TEST(Upgrade, FindsEveryFormOfATarget) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  for (const auto& [target, current] :
       {std::pair{"+1", "a1"}, std::pair{"+3", "c3"}, std::pair{"b2", "b2"},
        std::pair{"b", "b2"}, std::pair{"head", "c3"},
        std::pair{"heads", "c3"}}) {
    const TestDatabase database;
    EXPECT_OK(Upgrade(database, blob, target));
    EXPECT_EQ(CurrentOf(database, blob), current) << target;
  }
}

TEST(Upgrade, RefusesTargetsThatLeadElsewhere) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "b2"));
  const std::string before = database.Dump();
  for (const auto& [target, code] :
       {std::pair{"a1", StatusCode::kBadTarget},
        std::pair{"base", StatusCode::kBadTarget},
        std::pair{"-1", StatusCode::kBadTarget},
        std::pair{"+2", StatusCode::kBadTarget},
        std::pair{"", StatusCode::kBadTarget},
        std::pair{"+", StatusCode::kBadTarget},
        std::pair{"a1; DROP TABLE users", StatusCode::kBadTarget},
        std::pair{"d4", StatusCode::kUnknownRevision}}) {
    EXPECT_EQ(Upgrade(database, blob, target).code(), code) << target;
  }
  for (const auto& [target, code] :
       {std::pair{"c3", StatusCode::kBadTarget},
        std::pair{"head", StatusCode::kBadTarget},
        std::pair{"+1", StatusCode::kBadTarget},
        std::pair{"-3", StatusCode::kBadTarget},
        std::pair{"x", StatusCode::kUnknownRevision}}) {
    EXPECT_EQ(Downgrade(database, blob, target).code(), code) << target;
  }
  EXPECT_EQ(database.Dump(), before);
}

TEST(Downgrade, RestoresEachStateOnTheWay) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  std::vector<std::string> states = {database.DumpUserObjects()};
  for (int i = 0; i < 3; ++i) {
    ASSERT_OK(Upgrade(database, blob, "+1"));
    states.push_back(database.DumpUserObjects());
  }
  for (std::size_t i = 3; i > 0; --i) {
    EXPECT_EQ(database.DumpUserObjects(), states[i]) << i;
    ASSERT_OK(Downgrade(database, blob, "-1"));
  }
  EXPECT_EQ(database.DumpUserObjects(), states[0]);
  EXPECT_EQ(CurrentOf(database, blob), "");
  EXPECT_EQ(AppliedRevisions(database), "");
  EXPECT_EQ(database.Query("SELECT count(*) FROM palindrome_objects"), "0\n");
  EXPECT_EQ(database.Query("SELECT count(*) FROM palindrome_history"), "6\n");
}

// What no digest sees: names of constraints, and REFERENCES with or without
// the columns that it means.
TEST(Downgrade, MaySpellConstraintsOtherwise) {
  const HistoryBlob blob = Compile(
      "board",
      {{"a1",
        {},
        Sql({"CREATE TABLE users (id INTEGER PRIMARY KEY)",
             "CREATE TABLE tasks (size INT CONSTRAINT large CHECK (size > 9),"
             " owner CONSTRAINT f REFERENCES users (id) MATCH FULL)"}),
        Sql({"DROP TABLE tasks", "DROP TABLE users"})},
       {"b2",
        {"a1"},
        Sql({"DROP TABLE tasks"}),
        Sql({"CREATE TABLE tasks (size INT CHECK (size > 9),"
             " owner CONSTRAINT g REFERENCES users)"})}});
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob));
  ASSERT_OK(Downgrade(database, blob, "a1"));
  EXPECT_OK(Verify(database, blob).status());
  ASSERT_OK(Upgrade(database, blob));
  ASSERT_OK(Downgrade(database, blob, "base"));
}

TEST(Downgrade, FindsEveryFormOfATarget) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  for (const auto& [target, current] :
       {std::pair{"-1", "b2"}, std::pair{"-3", ""}, std::pair{"base", ""},
        std::pair{"a1", "a1"}, std::pair{"a", "a1"}, std::pair{"c3", "c3"}}) {
    const TestDatabase database;
    ASSERT_OK(Upgrade(database, blob));
    EXPECT_OK(Downgrade(database, blob, target));
    EXPECT_EQ(CurrentOf(database, blob), current) << target;
  }
}

TEST(Downgrade, OfADatabaseThatWasNeverMigratedDoesNothing) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  EXPECT_OK(Downgrade(database, blob, "base"));
  EXPECT_EQ(Downgrade(database, blob, "-1").code(), StatusCode::kBadTarget);
  EXPECT_EQ(database.Dump(), "");
}

std::vector<Migration> Diamond() {
  return {
      {"a", {}, Sql({"CREATE TABLE a (x)"}), Sql({"DROP TABLE a"})},
      {"b", {"a"}, Sql({"CREATE TABLE b (x)"}), Sql({"DROP TABLE b"})},
      {"c", {"a"}, Sql({"CREATE TABLE c (x)"}), Sql({"DROP TABLE c"})},
      {"d", {"b", "c"}, Sql({"CREATE TABLE d (x)"}), Sql({"DROP TABLE d"})},
  };
}

TEST(Branches, AreAppliedAndMerged) {
  const HistoryBlob blob = Compile("board", Diamond());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "b"));
  EXPECT_EQ(CurrentOf(database, blob), "b");
  ASSERT_OK(Upgrade(database, blob, "c"));
  EXPECT_EQ(CurrentOf(database, blob), "b c");
  EXPECT_EQ(AppliedRevisions(database), "a|0\nb|1\nc|1\n");
  ASSERT_OK(Upgrade(database, blob));
  EXPECT_EQ(CurrentOf(database, blob), "d");
  EXPECT_EQ(AppliedRevisions(database), "a|0\nb|0\nc|0\nd|1\n");
  ASSERT_OK(Downgrade(database, blob, "-1"));
  EXPECT_EQ(CurrentOf(database, blob), "b c");
  EXPECT_EQ(AppliedRevisions(database), "a|0\nb|1\nc|1\n");
  EXPECT_EQ(Downgrade(database, blob, "-1").code(), StatusCode::kBadTarget);
  ASSERT_OK(Downgrade(database, blob, "a"));
  EXPECT_EQ(CurrentOf(database, blob), "a");
}

TEST(Branches, ADependencyIsAppliedFirstAndIsNoHead) {
  std::vector<Migration> migrations = {
      {"a", {}, Sql({"CREATE TABLE a (x)"}), Sql({"DROP TABLE a"})},
      {"b", {}, Sql({"CREATE TABLE b (x)"}), Sql({"DROP TABLE b"})},
      {"c", {"b"}, Sql({"CREATE TABLE c (x)"}), Sql({"DROP TABLE c"})},
  };
  migrations[2].depends_on = {"a"};
  const HistoryBlob blob = Compile("board", migrations);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "c"));
  EXPECT_EQ(CurrentOf(database, blob), "c");
  EXPECT_EQ(AppliedRevisions(database), "a|0\nb|0\nc|1\n");
  EXPECT_EQ(database.Query("SELECT depends_on FROM palindrome_applied "
                           "WHERE revision = 'c'"),
            "a\n");
}

TEST(Plan, SaysWhatWouldBeDoneAndDoesNothing) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[2].loss = table::Loss::kSigned;
  migrations[2].proof = table::Proof::kNone;
  const HistoryBlob blob = Compile("board", migrations);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "a1"));
  const std::string before = database.Dump();
  sqlite::Database driver(database.handle());
  Migrator migrator(blob.history(), driver);
  const auto up = migrator.Plan("head");
  ASSERT_OK(up.status());
  ASSERT_EQ(up->size(), 2U);
  EXPECT_EQ((*up)[0].revision, "b2");
  EXPECT_EQ((*up)[1].revision, "c3");
  EXPECT_EQ((*up)[1].title, "migration c3");
  EXPECT_EQ((*up)[1].loss, table::Loss::kSigned);
  EXPECT_EQ((*up)[1].proof, table::Proof::kNone);
  const auto down = migrator.Plan("base", Direction::kDowngrade);
  ASSERT_OK(down.status());
  ASSERT_EQ(down->size(), 1U);
  EXPECT_EQ((*down)[0].direction, Direction::kDowngrade);
  EXPECT_EQ(migrator.Plan("base").status().code(), StatusCode::kBadTarget);
  EXPECT_EQ(database.Dump(), before);
}

TEST(History, ListsAllThatTheProgramKnows) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[1].allowed = {{"drop-column-unarchived", "a cache"}};
  const HistoryBlob blob = Compile("board", migrations);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "b2"));
  sqlite::Database driver(database.handle());
  const auto history = Migrator(blob.history(), driver).History();
  ASSERT_OK(history.status());
  ASSERT_EQ(history->size(), 3U);
  const HistoryEntry& second = (*history)[1];
  EXPECT_EQ(second.revision, "b2");
  EXPECT_EQ(second.parents, std::vector<std::string>{"a1"});
  EXPECT_EQ(second.created, "2025-01-15 14:30:22");
  EXPECT_EQ(second.documentation, "What it is for.");
  ASSERT_EQ(second.allowed.size(), 1U);
  EXPECT_EQ(second.allowed[0].second, "a cache");
  EXPECT_TRUE(second.is_applied && second.is_current && !second.is_head);
  const HistoryEntry& third = (*history)[2];
  EXPECT_TRUE(!third.is_applied && !third.is_current && third.is_head);
}

TEST(History, ListsARange) {
  const HistoryBlob blob = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob, "b2"));
  sqlite::Database driver(database.handle());
  Migrator migrator(blob.history(), driver);
  const std::pair<const char*, std::string> cases[] = {
      {":", "a1b2c3"},        {"current:", "b2c3"}, {":current", "a1b2"},
      {"current:+1", "b2c3"}, {"-1:head", "b2c3"},  {"c3:", "c3"},
      {":base", ""}};
  for (const auto& [range, expected] : cases) {
    const auto history = migrator.History(range);
    ASSERT_OK(history.status());
    std::string revisions;
    for (const HistoryEntry& entry : *history) {
      revisions += entry.revision;
    }
    EXPECT_EQ(revisions, expected) << range;
  }
  for (const char* range : {"", "b2", "c3:a1", "a1:b2:c3", "b2:+2", "a1@:"}) {
    EXPECT_EQ(migrator.History(range).status().code(), StatusCode::kBadTarget)
        << range;
  }
}

TEST(Upgrade, OfAnEmptyHistoryDoesNothing) {
  const HistoryBlob blob = Compile("board", {});
  const TestDatabase database;
  EXPECT_OK(Upgrade(database, blob));
  EXPECT_EQ(CurrentOf(database, blob), "");
  EXPECT_EQ(database.Dump(), "");
}

TEST(Upgrade, FollowsAProgramThatGrew) {
  std::vector<Migration> migrations = ThreeMigrations();
  const HistoryBlob grown = Compile("board", migrations);
  migrations.pop_back();
  const HistoryBlob old = Compile("board", migrations);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, old));
  ASSERT_OK(Upgrade(database, grown));
  EXPECT_EQ(CurrentOf(database, grown), "c3");
}

}  // namespace
}  // namespace palindrome::testing
