// Programs that are older than their database: the way back with the down
// programs that the ledger keeps.
#include <functional>
#include <utility>

#include <gtest/gtest.h>

#include "runtime/src/sha256.h"
#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {
namespace {

Options WayBack() {
  Options options = NoWaiting();
  options.allow_foreign_downgrade = true;
  return options;
}

Options AcceptingLoss() {
  Options options = WayBack();
  options.accept_loss = true;
  return options;
}

// a1 and b2 of the three migrations, whose third the program does not know.
HistoryBlob Old() {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations.resize(2);
  return Compile("board", migrations);
}

// Replaces the stored program of `revision`, with a digest that is right.
void Store(const TestDatabase& database, const std::string& revision,
           const std::string& program) {
  std::string hex;
  for (const char c : program) {
    constexpr char kDigits[] = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte / 16];
    hex += kDigits[byte % 16];
  }
  database.Execute("UPDATE palindrome_applied SET down_program = CAST(X'" +
                   hex + "' AS TEXT), down_digest = 'p1:" + Sha256Hex(program) +
                   "' WHERE revision = '" + revision + "'");
}

// What a refused call said; it may be ignored.
struct Refusal : Status {
  explicit Refusal(Status status) : Status(std::move(status)) {}
};

Refusal ExpectRefused(const TestDatabase& database, StatusCode code,
                      const std::function<Status()>& call) {
  const std::string before = database.Dump();
  Status status = call();
  EXPECT_EQ(status.code(), code) << status.ToString();
  EXPECT_EQ(database.Dump(), before);
  EXPECT_EQ(sqlite3_get_autocommit(database.handle()), 1);
  return Refusal(std::move(status));
}

class WayBackTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK(Upgrade(database_, new_));
    database_.Execute(
        "INSERT INTO users VALUES (1, 'Ann');"
        "INSERT INTO tasks VALUES (7, 'water', 1, 'done')");
  }
  TestDatabase database_;
  HistoryBlob new_ = Compile("board", ThreeMigrations());
  HistoryBlob old_ = Old();
};

TEST_F(WayBackTest, GoesToTheNewestRevisionThatTheProgramKnows) {
  ASSERT_OK(Upgrade(database_, old_, "head", WayBack()));
  EXPECT_EQ(CurrentOf(database_, old_), "b2");
  EXPECT_EQ(database_.Query("SELECT * FROM tasks"), "7|water|1\n");
  EXPECT_EQ(database_.Query("SELECT revision, is_head FROM palindrome_applied "
                            "ORDER BY revision"),
            "a1|0\nb2|1\n");
  EXPECT_EQ(database_.Query("SELECT revision, action, title FROM "
                            "palindrome_history ORDER BY id DESC LIMIT 1"),
            "c3|downgrade|migration c3\n");
  EXPECT_OK(Verify(database_, old_).status());
  ASSERT_OK(Upgrade(database_, new_));
  EXPECT_EQ(database_.Query("SELECT * FROM tasks"), "7|water|1|new\n");
  EXPECT_OK(Verify(database_, new_).status());
}

TEST_F(WayBackTest, IsOffByDefault) {
  ExpectRefused(database_, StatusCode::kDatabaseNewer,
                [&] { return Upgrade(database_, old_); });
  ExpectRefused(database_, StatusCode::kDatabaseNewer, [&] {
    Options options = NoWaiting();
    options.accept_loss = true;
    return Upgrade(database_, old_, "head", options);
  });
}

TEST_F(WayBackTest, GoesOnWithTheProgramsOwnPlan) {
  ASSERT_OK(Downgrade(database_, old_, "a1", WayBack()));
  EXPECT_EQ(CurrentOf(database_, old_), "a1");
  ASSERT_OK(Upgrade(database_, new_));
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[2] = {
      "d4", {"b2"}, Sql({"CREATE TABLE other (x)"}), Sql({"DROP TABLE other"})};
  const HistoryBlob branch = Compile("board", migrations);
  ASSERT_OK(Upgrade(database_, branch, "head", WayBack()));
  EXPECT_EQ(CurrentOf(database_, branch), "d4");
  EXPECT_OK(Verify(database_, branch).status());
}

TEST_F(WayBackTest, ATargetThatCountsFromWhatIsAppliedIsRefused) {
  for (const char* target : {"+1", "-1"}) {
    const Status status =
        ExpectRefused(database_, StatusCode::kDatabaseNewer, [&] {
          return target[0] == '+'
                     ? Upgrade(database_, old_, target, WayBack())
                     : Downgrade(database_, old_, target, WayBack());
        });
    EXPECT_NE(status.message().find(target), std::string::npos);
  }
  ExpectRefused(database_, StatusCode::kUnknownRevision, [&] {
    return Downgrade(database_, old_, "nowhere", WayBack());
  });
}

TEST_F(WayBackTest, PlanShowsItFirst) {
  sqlite::Database driver(database_.handle());
  const auto plan = Migrator(old_.history(), driver, WayBack())
                        .Plan("a1", Direction::kDowngrade);
  ASSERT_OK(plan.status());
  ASSERT_EQ(plan->size(), 2U);
  EXPECT_EQ((*plan)[0].revision, "c3");
  EXPECT_EQ((*plan)[0].title, "migration c3");
  EXPECT_EQ((*plan)[0].direction, Direction::kDowngrade);
  EXPECT_EQ((*plan)[0].loss, table::Loss::kLossless);
  EXPECT_TRUE((*plan)[0].is_stored);
  EXPECT_EQ((*plan)[1].revision, "b2");
  EXPECT_FALSE((*plan)[1].is_stored);
}

TEST_F(WayBackTest, CurrentAndHistoryTellOfThem) {
  sqlite::Database driver(database_.handle());
  Migrator migrator(old_.history(), driver, WayBack());
  const auto current = migrator.Current();
  ASSERT_OK(current.status());
  ASSERT_EQ(current->size(), 1U);
  EXPECT_EQ((*current)[0].revision, "c3");
  EXPECT_EQ((*current)[0].title, "migration c3");
  EXPECT_FALSE((*current)[0].is_known);
  EXPECT_FALSE((*current)[0].is_head);
  const auto history = migrator.History();
  ASSERT_OK(history.status());
  EXPECT_TRUE((*history)[1].is_applied);
  EXPECT_FALSE((*history)[1].is_current);
  EXPECT_EQ(migrator.Stamp("head").code(), StatusCode::kDatabaseNewer);
  EXPECT_EQ(migrator.Verify().status().code(), StatusCode::kDatabaseNewer);
}

TEST_F(WayBackTest, TheObserverSeesDowngrades) {
  class Recorder : public Observer {
   public:
    void OnPlan(std::span<const PlannedStep> steps) override {
      for (const PlannedStep& step : steps) {
        Add("plan", step);
      }
    }
    void OnStepStarted(const PlannedStep& step) override { Add("start", step); }
    void OnProgress(const PlannedStep& step, std::size_t done,
                    std::size_t statements, bool) override {
      Add(std::to_string(done) + "/" + std::to_string(statements), step);
    }
    void OnStepDone(const PlannedStep& step) override { Add("done", step); }
    bool IsCancelled() override { return cancels; }
    void Add(const std::string& what, const PlannedStep& step) {
      text += what + " " + step.revision +
              (step.direction == Direction::kDowngrade ? " down" : " up") +
              (step.is_stored ? " stored\n" : "\n");
    }
    std::string text;
    bool cancels = false;
  };
  Recorder recorder;
  Options options = WayBack();
  options.observer = &recorder;
  recorder.cancels = true;
  ExpectRefused(database_, StatusCode::kCancelled,
                [&] { return Upgrade(database_, old_, "head", options); });
  recorder.cancels = false;
  recorder.text.clear();
  ASSERT_OK(Upgrade(database_, old_, "head", options));
  EXPECT_EQ(recorder.text,
            "plan c3 down stored\nstart c3 down stored\n1/1 c3 down stored\n"
            "done c3 down stored\n");
}

TEST_F(WayBackTest, RefusesAProgramThatIsCorrupt) {
  database_.Execute(
      "UPDATE palindrome_applied SET down_program = "
      "replace(down_program, 'status', 'title')");
  const Status status = ExpectRefused(
      database_, StatusCode::kCorruptLedger,
      [&] { return Upgrade(database_, old_, "head", WayBack()); });
  EXPECT_EQ(status.details().revision, "c3");
}

TEST_F(WayBackTest, RefusesAProgramThatIsMissing) {
  database_.Execute(
      "UPDATE palindrome_applied SET down_program = '', "
      "down_digest = '' WHERE revision = 'c3'");
  ExpectRefused(database_, StatusCode::kNoStoredProgram,
                [&] { return Upgrade(database_, old_, "head", WayBack()); });
}

TEST_F(WayBackTest, RefusesAProgramOfAnotherKind) {
  for (const auto& [program, code] :
       {std::pair{"palindrome-program 2\n", StatusCode::kUnsupportedLedger},
        std::pair{"palindrome-program 1\n64 8\nSELECT 1\n",
                  StatusCode::kUnsupportedLedger},
        std::pair{"palindrome-program 1\n0 9\nSELECT 1\n",
                  StatusCode::kCorruptLedger},
        std::pair{"", StatusCode::kCorruptLedger},
        std::pair{"DROP TABLE tasks", StatusCode::kCorruptLedger}}) {
    SCOPED_TRACE(program);
    Store(database_, "c3", program);
    ExpectRefused(database_, code, [&] {
      return Upgrade(database_, old_, "head", AcceptingLoss());
    });
  }
}

TEST_F(WayBackTest, RefusesALossThatIsNotAccepted) {
  for (const int loss : {0, 3, 4, 5, 6, 7}) {
    SCOPED_TRACE(loss);
    database_.Execute("UPDATE palindrome_applied SET loss = " +
                      std::to_string(loss) + " WHERE revision = 'c3'");
    const Status status = ExpectRefused(
        database_, StatusCode::kLossNotAccepted,
        [&] { return Upgrade(database_, old_, "head", WayBack()); });
    EXPECT_EQ(status.details().revision, "c3");
  }
  ASSERT_OK(Upgrade(database_, old_, "head", AcceptingLoss()));
  EXPECT_EQ(CurrentOf(database_, old_), "b2");
}

TEST_F(WayBackTest, TakesOverWhatAnArchiveBringsBack) {
  database_.Execute(
      "UPDATE palindrome_applied SET loss = 2 "
      "WHERE revision = 'c3'");
  EXPECT_OK(Upgrade(database_, old_, "head", WayBack()));
}

// The digest detects damage, not intent.
TEST_F(WayBackTest, StoredProgramsAreCutOffFromTheWorld) {
  const TemporaryFolder folder;
  for (const std::string& sql :
       {"ATTACH '" + folder.File("x") + "' AS other", std::string("COMMIT"),
        "VACUUM INTO '" + folder.File("x") + "'",
        std::string("PRAGMA writable_schema = ON"),
        std::string("PRAGMA foreign_keys = ON"),
        std::string("SELECT load_extension('x')"),
        std::string("CREATE VIRTUAL TABLE v USING csv(filename='x')")}) {
    SCOPED_TRACE(sql);
    // Also a statement that the runtime reads the rows of.
    for (const std::uint32_t flags : {0U, std::uint32_t{table::kNotice}}) {
      Observer observer;
      Options options = WayBack();
      options.observer = &observer;
      Store(database_, "c3", EncodeProgram({{{flags, sql}}}));
      ExpectRefused(database_, StatusCode::kFailedStatement,
                    [&] { return Upgrade(database_, old_, "head", options); });
    }
  }
  EXPECT_EQ(database_.Query("PRAGMA foreign_keys"), "0\n");
}

TEST_F(WayBackTest, SaysWhatAStoredProgramMustNotUse) {
  Store(database_, "c3", EncodeProgram({{{0, "PRAGMA writable_schema = ON"}}}));
  const Status status = Upgrade(database_, old_, "head", WayBack());
  EXPECT_NE(status.message().find("pragma `writable_schema`"),
            std::string::npos)
      << status.ToString();
  EXPECT_EQ(status.details().statement, "PRAGMA writable_schema = ON");
  EXPECT_EQ(status.details().revision, "c3");
}

int DenyNothing(void* calls, int, const char*, const char*, const char*,
                const char*) {
  ++*static_cast<int*>(calls);
  return SQLITE_OK;
}

TEST_F(WayBackTest, TheCallersAuthorizerIsClearedWhereAStoredProgramRan) {
  int calls = 0;
  sqlite3_set_authorizer(database_.handle(), DenyNothing, &calls);
  ASSERT_OK(Upgrade(database_, new_, "head", WayBack()));
  ASSERT_OK(Verify(database_, new_).status());
  const int before = calls;
  database_.Query("SELECT * FROM users");
  EXPECT_GT(calls, before);
  ASSERT_OK(Upgrade(database_, old_, "head", WayBack()));
  const int after = calls;
  database_.Query("SELECT * FROM users");
  EXPECT_EQ(calls, after);
}

TEST_F(WayBackTest, AProgramThatFailsChangesNothing) {
  Store(database_, "c3",
        EncodeProgram({{{0, "ALTER TABLE tasks DROP COLUMN status"},
                        {0, "DROP TABLE nothing"}}}));
  const Status status = ExpectRefused(
      database_, StatusCode::kFailedStatement,
      [&] { return Upgrade(database_, old_, "head", WayBack()); });
  EXPECT_EQ(status.details().statement, "DROP TABLE nothing");
}

TEST_F(WayBackTest, TheSchemaMustBeTheOneOfTheKnownRevision) {
  Store(database_, "c3", EncodeProgram({}));
  const Status status = ExpectRefused(
      database_, StatusCode::kDriftedSchema,
      [&] { return Upgrade(database_, old_, "head", WayBack()); });
  EXPECT_EQ(status.details().revision, "c3");
}

TEST_F(WayBackTest, TheSchemaMustBeTheOneThatTheLedgerSaysBefore) {
  database_.Execute("CREATE TABLE extra (x)");
  const Status status = ExpectRefused(
      database_, StatusCode::kDriftedSchema,
      [&] { return Upgrade(database_, old_, "head", WayBack()); });
  EXPECT_NE(status.message().find("table `extra`"), std::string::npos);
  EXPECT_NE(status.message().find("`c3`"), std::string::npos);
}

TEST_F(WayBackTest, ALedgerThatContradictsItselfIsRefused) {
  for (const char* change :
       {"UPDATE palindrome_applied SET chain = 'c1:0' WHERE revision = 'c3'",
        "UPDATE palindrome_applied SET checksum = 't1:0' WHERE revision = 'c3'",
        "UPDATE palindrome_applied SET parents = 'b2 x9' "
        "WHERE revision = 'c3'",
        "UPDATE palindrome_applied SET parents = 'c3' WHERE revision = 'c3'",
        "UPDATE palindrome_applied SET is_head = 0 WHERE revision = 'c3'",
        "UPDATE palindrome_applied SET is_head = 1 WHERE revision = 'b2'",
        "UPDATE palindrome_applied SET chain = 'c1:0' WHERE revision = 'b2'",
        "DELETE FROM palindrome_applied WHERE revision = 'a1'"}) {
    SCOPED_TRACE(change);
    const TestDatabase database;
    ASSERT_OK(Upgrade(database, new_));
    database.Execute(change);
    ExpectRefused(database, StatusCode::kCorruptLedger, [&] {
      return Upgrade(database, old_, "head", AcceptingLoss());
    });
  }
}

TEST_F(WayBackTest, RevisionsThatNeedEachOtherAreRefused) {
  database_.Execute(
      "INSERT INTO palindrome_applied SELECT namespace, 'd4', title, 'e5', '', "
      "checksum, 'c1:0', 0, digest, loss, compatibility, down_program, "
      "down_digest, "
      "applied_at, format FROM palindrome_applied WHERE revision = 'c3'");
  database_.Execute(
      "INSERT INTO palindrome_applied SELECT namespace, 'e5', title, 'd4', '', "
      "checksum, chain, 0, digest, loss, compatibility, down_program, "
      "down_digest, applied_at, format FROM palindrome_applied "
      "WHERE revision = 'd4'");
  ExpectRefused(database_, StatusCode::kCorruptLedger, [&] {
    return Upgrade(database_, old_, "head", AcceptingLoss());
  });
}

TEST_F(WayBackTest, AnEditedRevisionBelowIsTheErrorThatItIsWithout) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations.resize(2);
  migrations[1].checksum = "t1:edited";
  ExpectRefused(database_, StatusCode::kEditedAfterApplied, [&] {
    return Upgrade(database_, Compile("board", migrations), "head", WayBack());
  });
}

// A history of tables on a line, and branches that meet.
std::vector<Migration> Diamond() {
  const auto table = [](const std::string& name,
                        std::vector<std::string> parents) {
    return Migration{name, std::move(parents),
                     Sql({"CREATE TABLE t_" + name + " (x)"}),
                     Sql({"DROP TABLE t_" + name})};
  };
  std::vector<Migration> migrations = {
      table("r1", {}), table("l2", {"r1"}), table("r2", {"r1"}),
      table("m3", {"l2", "r2"}), table("n4", {"m3"})};
  migrations[4].depends_on = {"r2"};
  return migrations;
}

TEST(WayBack, FollowsTheLedgersGraphInAnyTransaction) {
  std::vector<Migration> migrations = Diamond();
  const HistoryBlob all = Compile("board", migrations);
  for (const std::size_t known : {0U, 1U, 2U, 3U, 4U}) {
    for (const bool each : {false, true}) {
      SCOPED_TRACE(std::to_string(known) + (each ? " each" : ""));
      std::vector<Migration> some(
          migrations.begin(),
          migrations.begin() + static_cast<std::ptrdiff_t>(known));
      const HistoryBlob old = Compile("board", some);
      const TestDatabase database;
      ASSERT_OK(Upgrade(database, all));
      Options options = WayBack();
      options.transaction_per_migration = each;
      ASSERT_OK(Upgrade(database, old, "heads", options));
      EXPECT_EQ(database.Query("SELECT count(*) FROM palindrome_applied"),
                std::to_string(known) + "\n");
      EXPECT_OK(Verify(database, old).status());
      ASSERT_OK(Upgrade(database, all));
      EXPECT_OK(Verify(database, all).status());
    }
  }
}

TEST(WayBack, StopsWhereATransactionOfItsOwnFails) {
  std::vector<Migration> migrations = Diamond();
  const HistoryBlob all = Compile("board", migrations);
  migrations.resize(1);
  const HistoryBlob old = Compile("board", migrations);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, all));
  Store(database, "m3", EncodeProgram({{{0, "DROP TABLE nothing"}}}));
  Options options = WayBack();
  options.transaction_per_migration = true;
  EXPECT_EQ(Upgrade(database, old, "head", options).code(),
            StatusCode::kFailedStatement);
  EXPECT_EQ(CurrentOf(database, all), "m3");
  database.Execute("PRAGMA foreign_keys");
  EXPECT_OK(Upgrade(database, all, "head"));
}

// As a rebuild is compiled, with rows that refer to the table.
TEST(WayBack, RunsRebuilds) {
  std::vector<Migration> migrations = {
      {"a1",
       {},
       Sql({"CREATE TABLE p (id INTEGER PRIMARY KEY, x TEXT)",
            "CREATE TABLE c (p INTEGER REFERENCES p (id) ON DELETE CASCADE)"}),
       Sql({"DROP TABLE c", "DROP TABLE p"})}};
  const HistoryBlob old = Compile("board", migrations);
  const auto rebuild = [](const std::string& columns) {
    return std::vector<ProgramStatement>{
        {table::kCheckForeignKeys, "CREATE TABLE new_p (" + columns + ")"},
        {table::kCopiesRows, "INSERT INTO new_p SELECT * FROM p"},
        {table::kCheckForeignKeys, "DROP TABLE p"},
        {table::kLegacyAlterTable, "ALTER TABLE new_p RENAME TO p"},
        {table::kExpectNoRows,
         "SELECT 'a row without x' FROM p "
         "WHERE x IS NULL"}};
  };
  migrations.push_back({"b2",
                        {"a1"},
                        rebuild("id INTEGER PRIMARY KEY, x TEXT NOT NULL"),
                        rebuild("id INTEGER PRIMARY KEY, x TEXT")});
  const HistoryBlob all = Compile("board", migrations);
  const TestDatabase database;
  database.Execute("PRAGMA foreign_keys = ON");
  ASSERT_OK(Upgrade(database, all));
  database.Execute("INSERT INTO p VALUES (1, 'a'); INSERT INTO c VALUES (1)");
  ASSERT_OK(Upgrade(database, old, "head", WayBack()));
  EXPECT_EQ(database.Query("SELECT * FROM p, c"), "1|a|1\n");
  EXPECT_EQ(database.Query("PRAGMA foreign_keys"), "1\n");
  EXPECT_EQ(database.Query("PRAGMA foreign_key_list(c)"),
            "0|0|p|p|id|NO ACTION|CASCADE|NONE\n");
}

TEST(WayBack, AHistoryWithoutAnyOfItGoesBackToBase) {
  const HistoryBlob all = Compile("board", Diamond());
  const HistoryBlob other = Compile("board", ThreeMigrations());
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, all));
  ASSERT_OK(Upgrade(database, other, "head", WayBack()));
  EXPECT_EQ(CurrentOf(database, other), "c3");
  EXPECT_OK(Verify(database, other).status());
}

}  // namespace
}  // namespace palindrome::testing
