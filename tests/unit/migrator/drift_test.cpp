// Drift where the history does not say what the schema should be: several
// current revisions, or migrations that were compiled without rehearsal.
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {
namespace {

// Two branches and their merge.
std::vector<Migration> Diamond() {
  return {
      {"a1", {}, Sql({"CREATE TABLE a (x)"}), Sql({"DROP TABLE a"})},
      {"b2",
       {"a1"},
       Sql({"CREATE TABLE b (x)", "CREATE INDEX ix_b ON b (x)",
            "ALTER TABLE a ADD COLUMN of_b"}),
       Sql({"ALTER TABLE a DROP COLUMN of_b", "DROP TABLE b"})},
      {"c3",
       {"a1"},
       Sql({"CREATE TABLE c (x)", "CREATE VIEW v AS SELECT x FROM c"}),
       Sql({"DROP VIEW v", "DROP TABLE c"})},
      {"d4", {"b2", "c3"}, Sql({"CREATE TABLE d (x)"}), Sql({"DROP TABLE d"})},
  };
}

HistoryBlob WithoutRehearsal(std::vector<Migration> migrations) {
  for (Migration& migration : migrations) {
    migration.proof = table::Proof::kNone;
  }
  return Compile("board", migrations);
}

// A database in such a state, and a target above it and one below.
struct Place {
  std::string name;
  HistoryBlob blob;
  std::vector<std::string> upgrades;
  std::string above;
  std::string below;
};

std::vector<Place> Places() {
  return {
      {"several", Compile("board", Diamond()), {"b2", "c3"}, "head", "a1"},
      {"several, no rehearsal",
       WithoutRehearsal(Diamond()),
       {"c3", "b2"},
       "head",
       "a1"},
      {"one, no rehearsal",
       WithoutRehearsal(
           {Diamond()[0],
            {"b2",
             {"a1"},
             Sql({"CREATE TABLE b (x)", "CREATE INDEX ix_b ON b (x)",
                  "CREATE TABLE c (x)", "CREATE VIEW v AS SELECT x FROM c",
                  "ALTER TABLE a ADD COLUMN of_b"}),
             Sql({"ALTER TABLE a DROP COLUMN of_b", "DROP TABLE b",
                  "DROP VIEW v", "DROP TABLE c"})},
            {"d4",
             {"b2"},
             Sql({"CREATE TABLE d (x)"}),
             Sql({"DROP TABLE d"})}}),
       {"b2"},
       "head",
       "a1"},
  };
}

void GoTo(const TestDatabase& database, const Place& place) {
  for (const std::string& target : place.upgrades) {
    ASSERT_OK(Upgrade(database, place.blob, target));
  }
}

Result<std::vector<PlannedStep>> Plan(const TestDatabase& database,
                                      const HistoryBlob& blob,
                                      std::string_view target,
                                      Direction direction) {
  sqlite::Database driver(database.handle());
  return Migrator(blob.history(), driver, NoWaiting()).Plan(target, direction);
}

// Refused as drift that `word` names by every call that looks at the schema.
void ExpectDrift(const TestDatabase& database, const Place& place,
                 const std::string& word) {
  const std::string before = database.Dump();
  Options each = NoWaiting();
  each.transaction_per_migration = true;
  for (const std::function<Status()>& call :
       std::vector<std::function<Status()>>{
           [&] { return Upgrade(database, place.blob, place.above); },
           [&] { return Upgrade(database, place.blob, place.above, each); },
           [&] { return Downgrade(database, place.blob, place.below); },
           [&] {
             return Plan(database, place.blob, place.above, Direction::kUpgrade)
                 .status();
           },
           [&] {
             return Plan(database, place.blob, place.below,
                         Direction::kDowngrade)
                 .status();
           },
           [&] { return Verify(database, place.blob).status(); }}) {
    const Status status = call();
    EXPECT_EQ(status.code(), StatusCode::kDriftedSchema) << status.ToString();
    EXPECT_NE(status.message().find(word), std::string::npos)
        << status.ToString();
    EXPECT_NE(status.message().find("the last run left"), std::string::npos)
        << status.ToString();
    EXPECT_EQ(database.Dump(), before);
    EXPECT_EQ(sqlite3_get_autocommit(database.handle()), 1);
  }
}

TEST(Drift, IsFoundByWhatTheLedgerRemembers) {
  for (const Place& place : Places()) {
    for (const auto& [change, word] :
         {std::pair{"DROP INDEX ix_b", "index `ix_b` is missing"},
          std::pair{"DROP TABLE b", "table `b` is missing"},
          std::pair{"ALTER TABLE a ADD COLUMN y", "table `a` was changed"},
          std::pair{"ALTER TABLE a DROP COLUMN of_b", "table `a` was changed"},
          std::pair{"DROP VIEW v; CREATE VIEW v AS SELECT 1",
                    "view `v` was changed"},
          std::pair{"ALTER TABLE b RENAME TO e", "table `b` is missing"},
          std::pair{"CREATE TABLE extra (x)",
                    "table `extra` belongs to no migration"},
          std::pair{"CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END",
                    "trigger `t` belongs to no migration"}}) {
      SCOPED_TRACE(place.name + ": " + change);
      const TestDatabase database;
      GoTo(database, place);
      database.Execute(change);
      ExpectDrift(database, place, word);
    }
  }
}

TEST(Drift, IsNotFoundWhereThereIsNone) {
  for (const Place& place : Places()) {
    SCOPED_TRACE(place.name);
    const TestDatabase database;
    GoTo(database, place);
    const auto verified = Verify(database, place.blob);
    ASSERT_OK(verified.status());
    ASSERT_FALSE(verified->not_checked.empty());
    EXPECT_EQ(verified->not_checked[0].rfind(
                  "the schema was compared with what the last run or stamp "
                  "left, and not with what the migrations make: ",
                  0),
              0U)
        << verified->not_checked[0];
    ASSERT_OK(Upgrade(database, place.blob, place.above));
    ASSERT_OK(Verify(database, place.blob).status());
    ASSERT_OK(Downgrade(database, place.blob, place.below));
    ASSERT_OK(Verify(database, place.blob).status());
    ASSERT_OK(Downgrade(database, place.blob, "base"));
    EXPECT_EQ(database.DumpUserObjects(), "");
  }
}

TEST(Drift, NamesTheRevisions) {
  const Place place = Places()[0];
  const TestDatabase database;
  GoTo(database, place);
  database.Execute("DROP INDEX ix_b");
  EXPECT_EQ(Verify(database, place.blob).status().message(),
            "the schema is not the one that the last run left at the revisions "
            "`b2`, `c3`: index `ix_b` is missing; undo by hand what was "
            "changed by hand; or, if a change to what the migrations made is "
            "meant, stamp `base` and then `b2`, `c3`");
}

TEST(Drift, ThatIsMeantIsStamped) {
  for (const Place& place : Places()) {
    SCOPED_TRACE(place.name);
    const TestDatabase database;
    GoTo(database, place);
    database.Execute("DROP INDEX ix_b; ALTER TABLE a ADD COLUMN y");
    ExpectDrift(database, place, "; or, if a change");
    for (const std::string& target : place.upgrades) {
      ASSERT_OK(Stamp(database, place.blob, target));
    }
    ExpectDrift(database, place, "; or, if a change");
    ASSERT_OK(Stamp(database, place.blob, "base"));
    for (const std::string& target : place.upgrades) {
      ASSERT_OK(Stamp(database, place.blob, target));
    }
    EXPECT_OK(Verify(database, place.blob).status());
    // A stamp takes over nothing that no migration made.
    database.Execute("CREATE TABLE extra (x)");
    EXPECT_EQ(Verify(database, place.blob).status().message().find("; or"),
              std::string::npos);
  }
}

// What a stamp did not find, and the check at the next run did, is known.
TEST(Drift, IsNotWhatWasOnceTheSchemaOfTheHistory) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[2].proof = table::Proof::kNone;
  const HistoryBlob blob = Compile("board", migrations);
  const TestDatabase database;
  for (const std::size_t i : {0U, 1U}) {
    for (const ProgramStatement& statement : migrations[i].up) {
      database.Execute(statement.sql);
    }
  }
  const std::string index = migrations[1].up[1].sql;
  database.Execute("DROP INDEX ix_tasks_title");
  database.Execute("CREATE VIEW old AS SELECT 1");
  ASSERT_OK(Stamp(database, blob, "b2"));
  database.Execute(index);
  database.Execute("DROP VIEW old");
  ASSERT_OK(Verify(database, blob).status());
  ASSERT_OK(Upgrade(database, blob));
  EXPECT_OK(Verify(database, blob).status());
  EXPECT_EQ(database.Query("SELECT name FROM palindrome_objects ORDER BY name"),
            "ix_tasks_title\ntasks\nusers\n");
  database.Execute("DROP INDEX ix_tasks_title");
  EXPECT_EQ(Verify(database, blob).status().code(), StatusCode::kDriftedSchema);
}

TEST(Drift, IsNotWhatBelongsToOthers) {
  const HistoryBlob notes = Compile(
      "notes",
      {{"n1", {}, Sql({"CREATE TABLE notes (x)"}), Sql({"DROP TABLE notes"})}});
  for (const Place& place : Places()) {
    SCOPED_TRACE(place.name);
    const TestDatabase database;
    database.Execute("CREATE TABLE goose_db_version (x)");
    GoTo(database, place);
    ASSERT_OK(Upgrade(database, notes));
    const auto verified = Verify(database, place.blob);
    ASSERT_OK(verified.status());
    std::string all;
    for (const std::string& note : verified->not_checked) {
      all += note + '\n';
    }
    EXPECT_NE(all.find("1 objects of other histories were not compared\n"
                       "1 objects of the ledgers of other tools were not "
                       "compared\n"),
              std::string::npos)
        << all;
    database.Execute("DROP TABLE notes");
    EXPECT_OK(Verify(database, place.blob).status());
    EXPECT_OK(Upgrade(database, place.blob, place.above));
    EXPECT_EQ(Verify(database, notes).status().code(),
              StatusCode::kDriftedSchema);
  }
}

TEST(Drift, OfALedgerThatLostItsObjects) {
  for (const Place& place : Places()) {
    SCOPED_TRACE(place.name);
    const TestDatabase database;
    GoTo(database, place);
    database.Execute("DELETE FROM palindrome_objects WHERE name = 'c'");
    ExpectDrift(database, place, "table `c` belongs to no migration");
    database.Execute("DELETE FROM palindrome_objects");
    ExpectDrift(database, place, "table `a` belongs to no migration");
  }
}

TEST(Drift, IsFoundByAnOlderProgram) {
  std::vector<Migration> migrations = Diamond();
  const HistoryBlob grown = Compile("board", migrations);
  migrations.resize(2);
  const HistoryBlob old = Compile("board", migrations);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, grown, "b2"));
  ASSERT_OK(Upgrade(database, grown, "c3"));
  Options options = NoWaiting();
  options.allow_newer = AllowNewer::kReadsAndWrites;
  sqlite::Database driver(database.handle());
  EXPECT_OK(Migrator(old.history(), driver, options).Verify().status());
  options.allow_foreign_downgrade = true;
  options.allow_newer = AllowNewer::kNo;
  Migrator back(old.history(), driver, options);
  EXPECT_OK(back.Plan("head").status());
  database.Execute("DROP VIEW v");
  options.allow_newer = AllowNewer::kReadsAndWrites;
  EXPECT_EQ(Migrator(old.history(), driver, options).Verify().status().code(),
            StatusCode::kDriftedSchema);
  EXPECT_EQ(back.Plan("head").status().code(), StatusCode::kDriftedSchema);
  EXPECT_EQ(back.Upgrade("head").code(), StatusCode::kDriftedSchema);
}

}  // namespace
}  // namespace palindrome::testing
