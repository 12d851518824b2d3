// The down programs that the ledger keeps: which of them run, and as what.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/migrator/older_program_fixture.h"

namespace palindrome::testing {
namespace {

TEST_F(WayBackTest, RefusesAProgramThatIsCorrupt) {
  database_.Execute(
      "UPDATE palindrome_applied SET down_program = "
      "replace(down_program, 'status', 'title')");
  const Status status =
      ExpectRefused(database_, StatusCode::kCorruptLedger, [&] {
        return Upgrade(database_, old_, "head", WayBack());
      }).status;
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
  const Status status =
      ExpectRefused(database_, StatusCode::kFailedStatement, [&] {
        return Upgrade(database_, old_, "head", WayBack());
      }).status;
  EXPECT_EQ(status.details().statement, "DROP TABLE nothing");
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

}  // namespace
}  // namespace palindrome::testing
