// What `rebase` leaves as it was.
#include <gtest/gtest.h>

#include "compiler/driver/environment.h"
#include "tests/golden/world.h"

namespace palindrome::driver {
namespace {

using testing::FileMap;
using testing::Outcome;
using testing::World;

constexpr char kUsersPath[] = "migrations/20250101_120000_create_users.sql";
constexpr char kTasksPath[] = "migrations/20250102_120000_create_tasks.sql";

std::string Migration(const std::string& id, const std::string& revises,
                      const std::string& clauses = "") {
  return "MIGRATION 'create " + id + "'\n  REVISION '" + id + "'\n  REVISES " +
         revises + clauses + ";\nUPGRADE BEGIN\n  CREATE TABLE " + id +
         " (id INTEGER PRIMARY KEY);\nEND;\nDOWNGRADE AUTO;\n";
}

class RebaseTest : public ::testing::Test {
 protected:
  RebaseTest() {
    world_.files() = {{kUsersPath, Migration("a1", "NONE")},
                      {kTasksPath, Migration("b1", "'a1'")}};
  }

  // Neither a status of success nor a file that is another.
  void ExpectRefused(const std::vector<std::string>& args,
                     const std::string& reason) {
    const FileMap before = world_.files();
    const Outcome outcome = world_.Run(args);
    EXPECT_EQ(outcome.status, kFindings);
    EXPECT_NE(outcome.err.find(reason), std::string::npos) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_TRUE(world_.files() == before);
  }

  World world_;
};

TEST_F(RebaseTest, EveryOtherByteStays) {
  const std::string mark = "\xef\xbb\xbf";
  const std::string before =
      mark +
      "-- \xe2\x82\xac CREATED '2025'\r\nmigration 'x'  revision 'c1'\r\n"
      "\tcreated\t'2025-01-03 12:00:00' revises /* 'b1' */ none \r\n;\r\n"
      "upgrade begin create table c1 (n integer default 'none'); end;\r\n"
      "downgrade auto;\r\n\r\n-- 'a1'";
  world_.files()["migrations/20250103_120000_create_c1.sql"] = before;
  const Outcome outcome = world_.Run({"rebase", "c1", "--onto", "b1"});
  ASSERT_EQ(outcome.status, kSuccess) << outcome.err;
  EXPECT_EQ(outcome.out, "migrations/20250115_143022_create_c1.sql\n");
  std::string expected = before;
  const auto replace = [&](const std::string& old, const std::string& with) {
    expected.replace(expected.find(old), old.size(), with);
  };
  replace("'2025-01-03 12:00:00'", "'2025-01-15 14:30:22'");
  replace("none \r", "'b1' \r");
  EXPECT_EQ(world_.files()["migrations/20250115_143022_create_c1.sql"],
            expected);
  EXPECT_EQ(world_.files().count("migrations/20250103_120000_create_c1.sql"),
            0U);
}

TEST_F(RebaseTest, AFileOfAnotherNameGetsAProperOne) {
  world_.files()["migrations/third.sql"] = Migration("c1", "'a1'");
  world_.files()["migrations/fourth.sql"] = Migration("d1", "'c1'");
  const Outcome outcome = world_.Run({"rebase", "c1", "--onto", "b1"});
  EXPECT_EQ(outcome.status, kSuccess) << outcome.err;
  // The other one has no date that could be too early.
  EXPECT_EQ(outcome.out, "migrations/20250115_143022_create_c1.sql\n");
  EXPECT_EQ(world_.files().count("migrations/fourth.sql"), 1U);
}

TEST_F(RebaseTest, TheOriginalsOfASquashStayInTheirFolder) {
  world_.files()["migrations/20250103_120000_c.sql"] = Migration("c1", "'a1'");
  world_.files()["migrations/squashed/20250104_120000_d.sql"] =
      Migration("d1", "'c1'");
  world_.files()["migrations/squashed/20250105_120000_e.sql"] =
      Migration("e1", "'d1'");
  world_.files()["migrations/20250106_120000_s.sql"] =
      Migration("s1", "'c1'", " SQUASHES 'd1' TO 'e1' APPROVED BY 'Ada'");
  const Outcome outcome = world_.Run({"rebase", "c1", "--onto", "b1"});
  EXPECT_EQ(outcome.status, kSuccess) << outcome.err;
  EXPECT_EQ(outcome.out,
            "migrations/20250115_143022_c.sql\n"
            "migrations/squashed/20250115_143023_d.sql\n"
            "migrations/squashed/20250115_143024_e.sql\n");
}

TEST_F(RebaseTest, AFailureLeavesAllAsItWas) {
  world_.files()["migrations/20250103_120000_add.sql"] =
      Migration("c1", "'a1'");
  world_.files()["migrations/20250115_143022_add.sql"] =
      Migration("d1", "'c1'");
  ExpectRefused({"rebase", "c1", "--onto", "b1"},
                "`migrations/20250115_143022_add.sql` exists already");
  world_.files().erase("migrations/20250115_143022_add.sql");
  world_.FailWrites("the disk is full");
  ExpectRefused({"rebase", "c1", "--onto", "b1"}, "the disk is full");
}

TEST_F(RebaseTest, WhatIsLockedStays) {
  const std::string path = "migrations/20250103_120000_add.sql";
  world_.files()[path] = Migration("c1", "'a1'");
  world_.files()["migrations/20250104_120000_add.sql"] =
      Migration("d1", "'c1'");
  ASSERT_EQ(world_.Run({"lock"}).status, kSuccess);
  ExpectRefused({"rebase", "c1", "--onto", "b1"}, "`c1` is locked");
  // A lock file that lost a line.
  std::string& lock = world_.files()["migrations/migrations.lock"];
  const std::size_t line = lock.find("\nc1 ") + 1;
  lock.erase(line, lock.find('\n', line) + 1 - line);
  ExpectRefused({"rebase", "c1", "--onto", "b1"},
                "`d1` is locked and needs `c1`");
}

TEST_F(RebaseTest, AFolderWithoutAnOrderIsLeftAlone) {
  world_.files()["migrations/20250103_120000_add.sql"] =
      Migration("c1", "'lost'");
  ExpectRefused({"rebase", "b1", "--onto", "c1"}, "[unknown-parent]");
  world_.files()["migrations/20250103_120000_add.sql"] =
      "MIGRATION 'add c1' REVISION 'c1';";
  ExpectRefused({"rebase", "b1", "--onto", "c1"}, "has no `REVISES`");
}

}  // namespace
}  // namespace palindrome::driver
