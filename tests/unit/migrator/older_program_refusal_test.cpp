// When a program that is older than its database does not go back.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/migrator/older_program_fixture.h"

namespace palindrome::testing {
namespace {

TEST_F(WayBackTest, IsOffByDefault) {
  ExpectRefused(database_, StatusCode::kDatabaseNewer,
                [&] { return Upgrade(database_, old_); });
  ExpectRefused(database_, StatusCode::kDatabaseNewer, [&] {
    Options options = NoWaiting();
    options.accept_loss = true;
    return Upgrade(database_, old_, "head", options);
  });
}

TEST_F(WayBackTest, ATargetThatCountsFromWhatIsAppliedIsRefused) {
  for (const char* target : {"+1", "-1"}) {
    const Status status =
        ExpectRefused(database_, StatusCode::kDatabaseNewer, [&] {
          return target[0] == '+'
                     ? Upgrade(database_, old_, target, WayBack())
                     : Downgrade(database_, old_, target, WayBack());
        }).status;
    EXPECT_NE(status.message().find(target), std::string::npos);
  }
  ExpectRefused(database_, StatusCode::kUnknownRevision, [&] {
    return Downgrade(database_, old_, "nowhere", WayBack());
  });
}

TEST_F(WayBackTest, RefusesALossThatIsNotAccepted) {
  for (const int loss : {0, 3, 4, 5, 6, 7}) {
    SCOPED_TRACE(loss);
    database_.Execute("UPDATE palindrome_applied SET loss = " +
                      std::to_string(loss) + " WHERE revision = 'c3'");
    const Status status =
        ExpectRefused(database_, StatusCode::kLossNotAccepted, [&] {
          return Upgrade(database_, old_, "head", WayBack());
        }).status;
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

TEST_F(WayBackTest, TheSchemaMustBeTheOneOfTheKnownRevision) {
  Store(database_, "c3", EncodeProgram({}));
  const Status status =
      ExpectRefused(database_, StatusCode::kDriftedSchema, [&] {
        return Upgrade(database_, old_, "head", WayBack());
      }).status;
  EXPECT_EQ(status.details().revision, "c3");
}

TEST_F(WayBackTest, TheSchemaMustBeTheOneThatTheLedgerSaysBefore) {
  database_.Execute("CREATE TABLE extra (x)");
  const Status status =
      ExpectRefused(database_, StatusCode::kDriftedSchema, [&] {
        return Upgrade(database_, old_, "head", WayBack());
      }).status;
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

}  // namespace
}  // namespace palindrome::testing
