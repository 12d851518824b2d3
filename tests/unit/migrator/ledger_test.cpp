// The ledger's tables, which databases carry: format 1 is final.
#include "runtime/src/ledger.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {
namespace {

TEST(Ledger, HasTheTablesOfFormat1) {
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, Compile("board", ThreeMigrations())));
  const auto columns = [&](const std::string& table) {
    return database.Query(
        "SELECT name, type, \"notnull\", pk FROM "
        "pragma_table_info('" +
        table + "')");
  };
  EXPECT_EQ(columns("palindrome_history"),
            "id|INTEGER|0|1\nnamespace|TEXT|1|0\nrevision|TEXT|1|0\n"
            "action|TEXT|1|0\ntitle|TEXT|1|0\nchecksum|TEXT|1|0\n"
            "applied_at|TEXT|1|0\ntool|TEXT|1|0\nformat|INTEGER|1|0\n");
  EXPECT_EQ(columns("palindrome_applied"),
            "namespace|TEXT|1|1\nrevision|TEXT|1|2\ntitle|TEXT|1|0\n"
            "parents|TEXT|1|0\ndepends_on|TEXT|1|0\nchecksum|TEXT|1|0\n"
            "chain|TEXT|1|0\nis_head|INTEGER|1|0\ndigest|TEXT|1|0\n"
            "loss|INTEGER|1|0\ncompatibility|INTEGER|1|0\ndown_program|TEXT|1|"
            "0\ndown_digest|TEXT|1|0\n"
            "applied_at|TEXT|1|0\nformat|INTEGER|1|0\n");
  EXPECT_EQ(columns("palindrome_objects"),
            "namespace|TEXT|1|0\nkind|TEXT|1|1\nname|TEXT|1|2\n"
            "digest|TEXT|1|0\n");
  EXPECT_EQ(kLedgerFormat, "1");
}

TEST(Ledger, IsEmptyWhereThereIsNone) {
  const TestDatabase database;
  sqlite::Database driver(database.handle());
  Ledger ledger(driver, "board");
  EXPECT_FALSE(ledger.Exists().value());
  EXPECT_FALSE(ledger.HasLog().value());
  EXPECT_TRUE(ledger.ReadHeads().value().empty());
  EXPECT_TRUE(ledger.ReadApplied().value().empty());
  EXPECT_TRUE(ledger.ReadObjects().value().empty());
  EXPECT_EQ(database.Dump(), "");
}

// Another process creates the ledger after the query has not found it and
// before the look at why.
TEST(Ledger, MayComeIntoBeingWhileItIsLookedFor) {
  const TemporaryFolder folder;
  const TestDatabase database(folder.File("board.db"));
  struct Other {
    std::string path;
    const HistoryBlob blob = Compile("board", ThreeMigrations());
    int looks = 0;
  } other{folder.File("board.db")};
  sqlite3_set_authorizer(
      database.handle(),
      [](void* context, int action, const char* table, const char*, const char*,
         const char*) {
        auto& racing = *static_cast<Other*>(context);
        if (action == SQLITE_READ && table != nullptr &&
            std::string_view(table) == "sqlite_master" && racing.looks++ == 0) {
          EXPECT_OK(Upgrade(TestDatabase(racing.path), racing.blob));
        }
        return SQLITE_OK;
      },
      &other);
  sqlite::Database driver(database.handle());
  const auto heads = Ledger(driver, "board").ReadHeads();
  EXPECT_GT(other.looks, 0);
  ASSERT_OK(heads.status());
  ASSERT_EQ(heads.value().size(), 1U);
  EXPECT_EQ(heads.value()[0].revision, "c3");
}

TEST(Ledger, ReadsWhatItWrote) {
  const TestDatabase database;
  sqlite::Database driver(database.handle());
  Ledger ledger(driver, "it's \"one\"");
  LedgerChange change;
  AppliedRevision row;
  row.revision = "d4";
  row.title = "it's; -- \n\xff";
  row.parents = {"b2", "c3"};
  row.depends_on = {"x1"};
  row.checksum = "t1:0";
  row.chain = "c1:0";
  row.is_head = true;
  row.digest = "s1:0";
  row.loss = 6;
  row.compatibility = 5;
  row.down_program = std::string("a\0b", 3);
  row.down_digest = "p1:0";
  change.added = {row};
  change.log = {{"d4", "upgrade", row.title, "t1:0"}};
  change.owned = {{"it's \"one\"", "table", "T", "s1:1"}};
  ASSERT_OK(ledger.Write(change));

  const auto rows = ledger.ReadAppliedWithPrograms();
  ASSERT_OK(rows.status());
  ASSERT_EQ(rows.value().size(), 1U);
  const AppliedRevision& read = rows.value()[0];
  EXPECT_EQ(read.revision, row.revision);
  EXPECT_EQ(read.title, row.title);
  EXPECT_EQ(read.parents, row.parents);
  EXPECT_EQ(read.depends_on, row.depends_on);
  EXPECT_EQ(read.checksum, row.checksum);
  EXPECT_EQ(read.chain, row.chain);
  EXPECT_TRUE(read.is_head);
  EXPECT_EQ(read.digest, row.digest);
  EXPECT_EQ(read.loss, row.loss);
  EXPECT_EQ(read.compatibility, row.compatibility);
  EXPECT_EQ(read.down_program, row.down_program);
  EXPECT_EQ(read.down_digest, row.down_digest);
  EXPECT_TRUE(ledger.HasLog().value());
  EXPECT_EQ(ledger.ReadObjects().value().size(), 1U);
  EXPECT_TRUE(Ledger(driver, "other").ReadApplied().value().empty());
  EXPECT_FALSE(Ledger(driver, "other").HasLog().value());
}

}  // namespace
}  // namespace palindrome::testing
