// Programs that use a database that is newer than they are.
#include <functional>

#include <gtest/gtest.h>

#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {
namespace {

constexpr std::uint32_t kAdditive = table::kClassified;
constexpr std::uint32_t kNoReads = table::kClassified | table::kBreaksReads;
constexpr std::uint32_t kNoWrites = table::kClassified | table::kBreaksWrites;

Options Allowing(AllowNewer allowed) {
  Options options = NoWaiting();
  options.allow_newer = allowed;
  return options;
}

// Three migrations, of which the last two have these classes.
std::vector<Migration> Classified(std::uint32_t second, std::uint32_t third) {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations[1].compatibility = second;
  migrations[2].compatibility = third;
  return migrations;
}

HistoryBlob FirstOf(std::vector<Migration> migrations, std::size_t count) {
  migrations.resize(count);
  return Compile("board", migrations);
}

Result<Verification> VerifyAllowing(const TestDatabase& database,
                                    const HistoryBlob& blob,
                                    AllowNewer allowed) {
  sqlite::Database driver(database.handle());
  return Migrator(blob.history(), driver, Allowing(allowed)).Verify();
}

TEST(AllowNewer, AcceptsWhatLeavesThePartsAloneThatAreUsed) {
  struct Case {
    std::uint32_t second;
    std::uint32_t third;
    bool for_reads;
    bool for_writes;
    const char* breaking;
  };
  for (const Case& each :
       {Case{kAdditive, kAdditive, true, true, ""},
        Case{kNoWrites, kAdditive, true, false, "`b2` breaks writes"},
        Case{kAdditive, kNoWrites, true, false, "`c3` breaks writes"},
        Case{kAdditive, kNoReads, false, false, "`c3` breaks reads"},
        Case{kNoWrites, kNoReads, false, false, "breaks"},
        Case{kAdditive, table::kKnownCompatibility, false, false,
             "`c3` breaks reads and writes"},
        Case{0, kAdditive, false, false, "`b2` may break"}}) {
    SCOPED_TRACE(std::to_string(each.second) + " " +
                 std::to_string(each.third));
    const auto migrations = Classified(each.second, each.third);
    const HistoryBlob old = FirstOf(migrations, 1);
    const TestDatabase database;
    ASSERT_OK(Upgrade(database, Compile("board", migrations)));
    const std::string before = database.Dump();
    for (const auto& [allowed, accepts] :
         {std::pair{AllowNewer::kNo, false},
          std::pair{AllowNewer::kReads, each.for_reads},
          std::pair{AllowNewer::kReadsAndWrites, each.for_writes}}) {
      for (const char* target : {"head", "heads", "a1"}) {
        const Status status = Upgrade(database, old, target, Allowing(allowed));
        EXPECT_EQ(status.code(),
                  accepts ? StatusCode::kOk : StatusCode::kDatabaseNewer)
            << status.ToString();
        if (!accepts && allowed == AllowNewer::kReadsAndWrites) {
          EXPECT_NE(status.message().find(each.breaking), std::string::npos)
              << status.ToString();
        }
      }
      EXPECT_EQ(VerifyAllowing(database, old, allowed).ok(), accepts);
    }
    EXPECT_EQ(database.Dump(), before);
  }
}

TEST(AllowNewer, ABitThatIsNotKnownIsNoLeave) {
  const auto migrations = Classified(kAdditive, kAdditive);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, Compile("board", migrations)));
  for (const char* bits : {"9", "0", "4294967295", "4294967297", "-1", "'x'"}) {
    database.Execute("UPDATE palindrome_applied SET compatibility = " +
                     std::string(bits) + " WHERE revision = 'c3'");
    EXPECT_EQ(Upgrade(database, FirstOf(migrations, 1), "head",
                      Allowing(AllowNewer::kReads))
                  .code(),
              StatusCode::kDatabaseNewer)
        << bits;
  }
}

TEST(AllowNewer, TheProgramsOwnHeadMustBeApplied) {
  auto migrations = Classified(kAdditive, kAdditive);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, Compile("board", migrations)));
  migrations[2].revision = "d4";
  const HistoryBlob other = Compile("board", migrations);
  const Status status =
      Upgrade(database, other, "head", Allowing(AllowNewer::kReadsAndWrites));
  EXPECT_EQ(status.code(), StatusCode::kDatabaseNewer);
  EXPECT_NE(status.message().find("`d4`"), std::string::npos)
      << status.ToString();
}

TEST(AllowNewer, ADowngradeIsRefused) {
  const auto migrations = Classified(kAdditive, kAdditive);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, Compile("board", migrations)));
  EXPECT_EQ(Downgrade(database, FirstOf(migrations, 2), "a1",
                      Allowing(AllowNewer::kReadsAndWrites))
                .code(),
            StatusCode::kDatabaseNewer);
}

TEST(AllowNewer, VerifyComparesTheSchemaWithTheLedgersDigest) {
  const auto migrations = Classified(kAdditive, kAdditive);
  const HistoryBlob old = FirstOf(migrations, 1);
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, Compile("board", migrations)));
  const auto verification =
      VerifyAllowing(database, old, AllowNewer::kReadsAndWrites);
  ASSERT_OK(verification.status());
  EXPECT_EQ(verification->applied, 3U);
  ASSERT_EQ(verification->current.size(), 1U);
  EXPECT_EQ(verification->current[0].revision, "c3");
  EXPECT_FALSE(verification->current[0].is_known);
  ASSERT_EQ(verification->not_checked.size(), 1U);
  EXPECT_EQ(verification->not_checked[0],
            "2 applied revisions are not known to this program");
  database.Execute("DROP INDEX ix_tasks_title");
  EXPECT_EQ(VerifyAllowing(database, old, AllowNewer::kReadsAndWrites)
                .status()
                .code(),
            StatusCode::kDriftedSchema);
}

TEST(AllowNewer, VerifySaysWhereThereIsNoDigest) {
  auto migrations = Classified(kAdditive, kAdditive);
  migrations[2].proof = table::Proof::kNone;
  const TestDatabase database;
  ASSERT_OK(Upgrade(database, Compile("board", migrations)));
  for (const std::size_t known : {0U, 2U}) {
    const auto verification = VerifyAllowing(
        database, FirstOf(migrations, known), AllowNewer::kReadsAndWrites);
    ASSERT_OK(verification.status());
    ASSERT_EQ(verification->not_checked.size(), 2U);
    EXPECT_EQ(
        verification->not_checked[0],
        "the schema was compared with what the last run or stamp left, "
        "and not with what the migrations make: revision `c3` was compiled "
        "without rehearsal");
  }
}

TEST(AllowNewer, WithTheWayBackItIsTriedFirst) {
  for (const bool additive : {true, false}) {
    const auto migrations =
        Classified(kAdditive, additive ? kAdditive : kNoWrites);
    const TestDatabase database;
    ASSERT_OK(Upgrade(database, Compile("board", migrations)));
    Options options = Allowing(AllowNewer::kReadsAndWrites);
    options.allow_foreign_downgrade = true;
    ASSERT_OK(Upgrade(database, FirstOf(migrations, 1), "head", options));
    EXPECT_EQ(CurrentOf(database, Compile("board", migrations)),
              additive ? "c3" : "a1");
    // A downgrade has to walk.
    ASSERT_OK(Downgrade(database, FirstOf(migrations, 1), "base", options));
    EXPECT_EQ(database.DumpUserObjects(), "");
  }
}

}  // namespace
}  // namespace palindrome::testing
