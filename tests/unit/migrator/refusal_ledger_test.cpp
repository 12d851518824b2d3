// What is refused because of what the ledger says.
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/migrator/refusal_fixture.h"

namespace palindrome::testing {
namespace {

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

}  // namespace
}  // namespace palindrome::testing
