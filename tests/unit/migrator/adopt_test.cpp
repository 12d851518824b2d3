// Databases that were made without migrations.
#include <array>
#include <functional>
#include <utility>

#include <gtest/gtest.h>

#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {
namespace {

// The three migrations, with one between the last two that changes rows alone.
std::vector<Migration> WithRows() {
  std::vector<Migration> migrations = ThreeMigrations();
  Migration rows = {"r9", {"b2"}, Sql({"UPDATE tasks SET title = 'x'"}), {}};
  migrations[2].parents = {"r9"};
  migrations.insert(migrations.begin() + 2, rows);
  return migrations;
}

Status Adopt(const TestDatabase& database, const HistoryBlob& blob,
             std::string_view revision = "",
             const Options& options = NoWaiting()) {
  sqlite::Database driver(database.handle());
  return Migrator(blob.history(), driver, options).Adopt(revision);
}

Options Adopting() {
  Options options = NoWaiting();
  options.adopt = true;
  return options;
}

// What a call that failed with `code` said; the database must be as before.
std::string Refused(const TestDatabase& database, StatusCode code,
                    const std::function<Status()>& call) {
  const std::string before = database.Dump();
  const Status status = call();
  EXPECT_EQ(status.code(), code) << status.ToString();
  EXPECT_EQ(database.Dump(), before);
  EXPECT_EQ(sqlite3_get_autocommit(database.handle()), 1);
  return status.message();
}

// A database as a program without migrations made it, at `c3` of the three.
class AdoptTest : public ::testing::Test {
 protected:
  AdoptTest() {
    for (const Migration& migration : ThreeMigrations()) {
      for (const ProgramStatement& statement : migration.up) {
        database_.Execute(statement.sql);
      }
    }
    database_.Execute("INSERT INTO users VALUES (1, 'Ann')");
  }
  void GoTo(const std::string& revision) {
    if (revision == "b2") {
      database_.Execute("ALTER TABLE tasks DROP COLUMN status");
    }
  }
  const HistoryBlob blob_ = Compile("board", ThreeMigrations());
  const TestDatabase database_;
};

TEST_F(AdoptTest, StampsTheRevisionThatHasTheSchema) {
  const std::string before = database_.DumpUserObjects();
  ASSERT_OK(Adopt(database_, blob_));
  EXPECT_EQ(database_.DumpUserObjects(), before);
  EXPECT_EQ(CurrentOf(database_, blob_), "c3");
  EXPECT_EQ(database_.Query("SELECT revision, action FROM palindrome_history "
                            "ORDER BY id"),
            "a1|adopt\nb2|adopt\nc3|adopt\n");
  EXPECT_EQ(database_.Query("SELECT name FROM palindrome_objects "
                            "ORDER BY name"),
            "ix_tasks_title\ntasks\nusers\n");
  EXPECT_OK(Verify(database_, blob_).status());
  ASSERT_OK(Downgrade(database_, blob_, "b2"));
  EXPECT_OK(Verify(database_, blob_).status());
}

TEST_F(AdoptTest, IsOptIn) {
  Refused(database_, StatusCode::kUnknownDatabase,
          [&] { return Upgrade(database_, blob_); });
}

TEST_F(AdoptTest, AnUpgradeGoesOnFromThere) {
  GoTo("b2");
  sqlite::Database driver(database_.handle());
  Migrator migrator(blob_.history(), driver, Adopting());
  const auto plan = migrator.Plan("head");
  ASSERT_OK(plan.status());
  ASSERT_EQ(plan->size(), 1U);
  EXPECT_EQ((*plan)[0].revision, "c3");
  EXPECT_EQ(database_.Query("SELECT count(*) FROM sqlite_master WHERE name "
                            "LIKE 'palindrome%'"),
            "0\n");
  ASSERT_OK(migrator.Upgrade());
  EXPECT_EQ(CurrentOf(database_, blob_), "c3");
  EXPECT_EQ(database_.Query("SELECT revision, action FROM palindrome_history "
                            "ORDER BY id"),
            "a1|adopt\nb2|adopt\nc3|upgrade\n");
  EXPECT_OK(Verify(database_, blob_).status());
  EXPECT_EQ(database_.Query("SELECT * FROM users"), "1|Ann\n");
}

TEST_F(AdoptTest, AnUpgradeToWhatIsThereIsAdoptionAlone) {
  Refused(database_, StatusCode::kBadTarget,
          [&] { return Upgrade(database_, blob_, "b2", Adopting()); });
  ASSERT_OK(Upgrade(database_, blob_, "head", Adopting()));
  EXPECT_EQ(CurrentOf(database_, blob_), "c3");
  EXPECT_EQ(database_.Query("SELECT DISTINCT action FROM palindrome_history"),
            "adopt\n");
}

TEST_F(AdoptTest, EachTransactionMayBeItsOwn) {
  GoTo("b2");
  Options options = Adopting();
  options.transaction_per_migration = true;
  ASSERT_OK(Upgrade(database_, blob_, "head", options));
  EXPECT_OK(Verify(database_, blob_).status());
}

TEST_F(AdoptTest, AFailedUpgradeTakesTheAdoptionBack) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations.push_back({"d4",
                        {"c3"},
                        {{table::kExpectNoRows, "SELECT 'a user' FROM users"}},
                        {}});
  const HistoryBlob broken = Compile("board", migrations);
  constexpr std::array<UserVersion, 1> kVersions = {{{0, "c3"}}};
  Options options = Adopting();
  options.user_versions = kVersions;
  Refused(database_, StatusCode::kFailedStatement,
          [&] { return Upgrade(database_, broken, "head", options); });
}

TEST_F(AdoptTest, DoesNothingWhereThereIsNothing) {
  const TestDatabase empty;
  ASSERT_OK(Adopt(empty, blob_));
  EXPECT_EQ(empty.Dump(), "");
  ASSERT_OK(Upgrade(empty, blob_, "b2", Adopting()));
  EXPECT_EQ(CurrentOf(empty, blob_), "b2");
  const std::string before = empty.Dump();
  ASSERT_OK(Adopt(empty, blob_));
  EXPECT_EQ(empty.Dump(), before);
}

TEST_F(AdoptTest, ANamedRevisionIsWhatTheLedgerSaysOrIsRefused) {
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob_, "b2"));
  const std::string before = database.Dump();
  for (const char* revision : {"a1", "b2"}) {
    ASSERT_OK(Adopt(database, blob_, revision));
    EXPECT_EQ(database.Dump(), before);
  }
  EXPECT_NE(Refused(database, StatusCode::kBadTarget,
                    [&] { return Adopt(database, blob_, "head"); })
                .find("revision `c3` is not applied, but `b2`"),
            std::string::npos);
  Refused(database, StatusCode::kUnknownRevision,
          [&] { return Adopt(database, blob_, "nowhere"); });
  Refused(database, StatusCode::kBadTarget,
          [&] { return Adopt(database, blob_, "base"); });
  ASSERT_OK(Downgrade(database, blob_, "base"));
  EXPECT_NE(Refused(database, StatusCode::kBadTarget,
                    [&] { return Adopt(database, blob_, "a1"); })
                .find("revision `a1` is not applied, but none"),
            std::string::npos);
}

TEST_F(AdoptTest, ANamedRevisionIsNoneInADatabaseThatIsNewer) {
  ASSERT_OK(Adopt(database_, blob_));
  std::vector<Migration> migrations = ThreeMigrations();
  migrations.resize(2);
  const HistoryBlob old = Compile("board", migrations);
  Refused(database_, StatusCode::kDatabaseNewer,
          [&] { return Adopt(database_, old, "b2"); });
}

TEST_F(AdoptTest, ALedgerAtBaseIsALedger) {
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, blob_));
  ASSERT_OK(Stamp(database, blob_, "base"));
  const std::string before = database.Dump();
  ASSERT_OK(Adopt(database, blob_));
  EXPECT_EQ(database.Dump(), before);
  Refused(database, StatusCode::kDriftedSchema,
          [&] { return Upgrade(database, blob_, "head", Adopting()); });
}

TEST_F(AdoptTest, AnotherSchemaIsRefused) {
  database_.Execute("CREATE TABLE extra (x)");
  for (const char* revision : {"", "c3", "b2"}) {
    Refused(database_, StatusCode::kUnknownDatabase,
            [&] { return Adopt(database_, blob_, revision); });
  }
  Refused(database_, StatusCode::kUnknownDatabase,
          [&] { return Upgrade(database_, blob_, "head", Adopting()); });
}

TEST_F(AdoptTest, ANamedRevisionMustHaveTheSchema) {
  EXPECT_NE(Refused(database_, StatusCode::kUnknownDatabase,
                    [&] { return Adopt(database_, blob_, "b2"); })
                .find("`b2`"),
            std::string::npos);
  Refused(database_, StatusCode::kUnknownRevision,
          [&] { return Adopt(database_, blob_, "nowhere"); });
  Refused(database_, StatusCode::kBadTarget,
          [&] { return Adopt(database_, blob_, "base"); });
  ASSERT_OK(Adopt(database_, blob_, "head"));
  EXPECT_EQ(CurrentOf(database_, blob_), "c3");
}

TEST_F(AdoptTest, RevisionsWithOneSchemaAreToldApartByName) {
  GoTo("b2");
  const HistoryBlob blob = Compile("board", WithRows());
  const std::string message = Refused(database_, StatusCode::kAmbiguousRevision,
                                      [&] { return Adopt(database_, blob); });
  EXPECT_NE(message.find("`b2`"), std::string::npos) << message;
  EXPECT_NE(message.find("`r9`"), std::string::npos) << message;
  Refused(database_, StatusCode::kAmbiguousRevision,
          [&] { return Upgrade(database_, blob, "head", Adopting()); });
  ASSERT_OK(Adopt(database_, blob, "b2"));
  EXPECT_EQ(CurrentOf(database_, blob), "b2");
}

TEST_F(AdoptTest, BranchesWithOneSchemaAreAmbiguous) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations.push_back(migrations[2]);
  migrations[3].revision = "d4";
  const HistoryBlob blob = Compile("board", migrations);
  const std::string message = Refused(database_, StatusCode::kAmbiguousRevision,
                                      [&] { return Adopt(database_, blob); });
  EXPECT_NE(message.find("`c3`, `d4`"), std::string::npos) << message;
}

TEST_F(AdoptTest, AUserVersionNamesTheRevision) {
  GoTo("b2");
  const HistoryBlob blob = Compile("board", WithRows());
  constexpr std::array<UserVersion, 4> kVersions = {
      {{1, "a1"}, {2, "b2"}, {3, "r9"}, {4, "nowhere"}}};
  Options options = Adopting();
  options.user_versions = kVersions;
  Refused(database_, StatusCode::kAmbiguousRevision,
          [&] { return Adopt(database_, blob, "", options); });
  for (const auto& [version, code] :
       {std::pair{"1", StatusCode::kUnknownDatabase},
        std::pair{"4", StatusCode::kUnknownRevision},
        std::pair{"-7", StatusCode::kUnknownDatabase}}) {
    database_.Execute("PRAGMA user_version = " + std::string(version));
    EXPECT_NE(
        Refused(database_, code,
                [&] { return Adopt(database_, blob, "", options); })
            .find(code == StatusCode::kUnknownRevision ? "nowhere" : version),
        std::string::npos)
        << version;
  }
  database_.Execute("PRAGMA user_version = 3");
  ASSERT_OK(Upgrade(database_, blob, "head", options));
  EXPECT_EQ(database_.Query("SELECT revision, action FROM palindrome_history "
                            "ORDER BY id"),
            "a1|adopt\nb2|adopt\nr9|adopt\nc3|upgrade\n");
  EXPECT_EQ(database_.Query("PRAGMA user_version"), "3\n");
}

TEST_F(AdoptTest, ARevisionWithoutRehearsalHasNoSchema) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[2].proof = table::Proof::kNone;
  const HistoryBlob blob = Compile("board", migrations);
  Refused(database_, StatusCode::kUnknownDatabase,
          [&] { return Adopt(database_, blob); });
  EXPECT_NE(Refused(database_, StatusCode::kUnknownDatabase,
                    [&] { return Adopt(database_, blob, "c3"); })
                .find("without rehearsal"),
            std::string::npos);
}

TEST_F(AdoptTest, LeavesOutWhatBelongsToOthers) {
  const HistoryBlob notes = Compile(
      "notes",
      {{"n1", {}, Sql({"CREATE TABLE notes (x)"}), Sql({"DROP TABLE notes"})}});
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, notes));
  database.Execute("CREATE TABLE schema_migrations (version)");
  const std::string before = database.Dump();
  ASSERT_OK(Adopt(database, blob_));
  EXPECT_EQ(database.Dump(), before);
  for (const Migration& migration : ThreeMigrations()) {
    for (const ProgramStatement& statement : migration.up) {
      database.Execute(statement.sql);
    }
  }
  ASSERT_OK(Adopt(database, blob_));
  EXPECT_EQ(CurrentOf(database, blob_), "c3");
  EXPECT_OK(Verify(database, blob_).status());
  EXPECT_OK(Verify(database, notes).status());
}

TEST_F(AdoptTest, ATransactionOfTheCallersIsRefused) {
  database_.Execute("BEGIN");
  EXPECT_EQ(Adopt(database_, blob_).code(), StatusCode::kInsideTransaction);
  database_.Execute("ROLLBACK");
}

}  // namespace
}  // namespace palindrome::testing
