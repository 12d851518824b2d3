// What `check --fix` leaves: mistakes that several edits would mend, or that
// only a person can judge, and files that are locked.
#include <string>

#include <gtest/gtest.h>

#include "tests/unit/compiler/driver/mend_fixture.h"

namespace palindrome::driver::mend {
namespace {

// A mistake that several edits would mend, or that only a person can judge.
TEST(MendTest, LeavesWhatHasTwoReadings) {
  const std::string kCases[] = {
      // Both `email` and `emails` are near.
      Second("  ALTER TABLE users ADD COLUMN emails TEXT;\n"
             "  CREATE INDEX i ON users (emailz);\n"),
      // The loss is signed or kept by its author.
      Second("  ALTER TABLE users DROP COLUMN phone;\n"),
      Second("  ALLOW drop-column-unarchived BECAUSE '';\n"
             "  ALTER TABLE users DROP COLUMN phone;\n"),
      // The application may have a function of that name.
      Second("  CREATE VIEW v AS SELECT uper(email) AS x FROM users;\n"),
      Second("  CREATE INDEX i ON users (phone COLLATE NOCASSE);\n"),
      // A name, or a word too many.
      Second("  ALTER TABLE users ADD COLUMN order INTEGER;\n"),
      // A string, or a column that is not there.
      Second("  CREATE VIEW v AS SELECT \"a b\" AS x FROM users;\n"),
      Second("  ALLOW delete-rows-unarchived BECAUSE 'gone';\n"
             "  DELETE FROM users WHERE \"status\" <> 'active';\n"),
      // What is destroyed, renamed or written.
      Second("  PRESERVE DROP TABLE usres;\n"),
      Second("  DROP INDEX ix_users_emial;\n"),
      Second("  DROP VIEW mials;\n"),
      Second("  DROP TRIGGER kepe_ids;\n"),
      Second("  ALTER TABLE users RENAME CONSTRAINT ck_users_emial TO ck;\n"),
      Second("  ALTER TABLE users RENAME phoen TO mobile;\n"),
      Second("  UPDATE users SET phone = '', emial = '';\n"),
      // Of whatever table.
      Second("  CREATE VIEW v AS SELECT emial FROM users;\n"),
      // The name stands there already.
      Second("  CREATE INDEX i ON users (email, emial);\n"),
      // Another type would do as well, and another revision may be missing.
      Second("  CREATE TABLE t (id INTEGER PRIMARY KEY, a BOOL) STRICT;\n"),
      "MIGRATION 'change users'\n  REVISION 'bb22'\n  REVISES 'aa12';\n"
      "UPGRADE BEGIN\n  ALTER TABLE users ADD COLUMN age INTEGER;\nEND;\n"
      "DOWNGRADE AUTO;\n",
      // What is signed is the author's, and what follows is not signed.
      Second("  ALLOW drop-column-unarchive BECAUSE 'empty';\n"
             "  ALTER TABLE users DROP COLUMN phone;\n"),
      Second("  ALLOW drop-table-unarchived BECAUSE 'long';\n"
             "  ALTER TABLE users DROP COLUMN phone;\n"),
      Second("  ALLOW drop-column-unarchived BECAUSE 'r';\n  COMMIT;\n"
             "  ALTER TABLE users DROP COLUMN phone;\n"),
      Second("  PRESERVE COMMIT;\n  ALTER TABLE users DROP COLUMN phone;\n"),
      // With a ROLLBACK TO they may mean something.
      Second("  SAVEPOINT a;\n  ALTER TABLE users ADD COLUMN age INTEGER;\n"
             "  RELEASE a;\n"),
      // A comment would go with it.
      Second("  PRAGMA /* ticket 12 */ foreign_keys = OFF;\n"
             "  ALTER TABLE users ADD COLUMN age INTEGER;\n"),
      // A name that is written twice is no slip of the pen.
      Second("  CREATE TABLE post (id INTEGER PRIMARY KEY, a TEXT);\n"
             "  CREATE INDEX i ON posts (a);\n"
             "  CREATE VIEW v AS SELECT a FROM posts;\n"),
      Second("  ALTER TABLE users ADD COLUMN age INTEGER\n  GO\n"),
      "MIGRATION 'change users'\n  REVISION 'bb22'\n  REVISES 'aa11bb22';\n"
      "UPGRADE BEGIN\n  ALTER TABLE users ADD COLUMN age INTEGER;\nEND;\n"
      "DOWNGRADE AUTO BEGIN\nEND;\n",
      // A draft is read by a person.
      Second("  ALTER TABLE users ADD COLUMN age INTEGER;\n", "\n  DRAFT"),
      Second("  SELECT 1;\n  ALTER TABLE users ADD COLUMN age INTEGER;\n"),
      Second("  ALTER TABLE users ADD COLUMN age INTEGER;\n  ROLLBACK;\n"),
      // A downgrade that says something, if only in a comment.
      "MIGRATION 'change users'\n  REVISION 'bb22'\n  REVISES 'aa11bb22';\n"
      "UPGRADE BEGIN\n  ALTER TABLE users ADD COLUMN age INTEGER;\nEND;\n"
      "DOWNGRADE BEGIN\n  -- Later.\nEND;\n",
      "MIGRATION 'change users'\n  REVISION 'bb22'\n  REVISES 'aa11bb22';\n"
      "UPGRADE BEGIN\n  ALTER TABLE users ADD COLUMN age INTEGER;\nEND;\n"
      "DOWNGRADE BEGIN\n  DROP INDEX ix_users_email;\nEND;\n",
  };
  for (const std::string& text : kCases) {
    World world = WithSecond(text);
    const Outcome outcome = world.Run({"check", "--fix"});
    EXPECT_EQ(outcome.status, kFindings) << text;
    EXPECT_TRUE(outcome.written.empty()) << world.files().at(kSecond);
    EXPECT_EQ(outcome.err, world.Run({"check"}).err);
  }
}

TEST(MendTest, EditsNoLockedMigration) {
  const std::string kWrong = Second(
      "  ALLOW drop-column-unarchived BECAUSE 'empty';\n"
      "  ALTER TABLE usres ADD COLUMN age INTEGER;\n");
  // By its id, by its name alone, and where the lock file cannot be read.
  const std::string kLocks[] = {
      "palindrome-lock 1\nbb22 t1:" + std::string(64, '0') +
          " 20250102_120000_change_users.sql\n",
      "palindrome-lock 1\nbb22 t1:" + std::string(64, '0') +
          " 20250102_120000_other.sql\n",
      "palindrome-lock 1\ncc33 t1:" + std::string(64, '0') +
          " 20250102_120000_change_users.sql\n",
      "palindrome-lock 1\nmangled\n",
      "palindrome-lock 3\n",
  };
  for (const std::string& lock : kLocks) {
    World world = WithSecond(kWrong);
    world.files()[kLock] = lock;
    const Outcome outcome = world.Run({"check", "--fix"});
    EXPECT_EQ(outcome.status, kFindings);
    EXPECT_TRUE(outcome.written.empty()) << lock << outcome.err;
    EXPECT_EQ(world.files().at(kSecond), kWrong);
  }
}

}  // namespace
}  // namespace palindrome::driver::mend
