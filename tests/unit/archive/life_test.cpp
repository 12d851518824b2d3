// What becomes of archives while the history goes on.

#include <gtest/gtest.h>

#include "tests/unit/archive/archived_history.h"

namespace palindrome::testing {
namespace {

constexpr char kUsers[] =
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INTEGER);";
constexpr char kDrop[] = "PRESERVE ALTER TABLE users DROP COLUMN name;";

TEST(Archive, OutlivesRenamesAndRebuildsOfItsTable) {
  ArchivedHistory history({kUsers, kDrop, "ALTER TABLE users RENAME TO people;",
                           "ALTER TABLE people ALTER COLUMN age TYPE TEXT;"
                           "ALTER TABLE people RENAME COLUMN id TO number;"});
  history.To(1);
  history.Execute("INSERT INTO users VALUES (1, 'a', 1)");
  history.To(4);
  EXPECT_EQ(history.Archives(), "palindrome_archive_1_m2\n");
  EXPECT_EQ(history.Verify(), "");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT * FROM users"), "1|a|1\n");
}

TEST(Archive, IsMadeAnewByEachUpgrade) {
  ArchivedHistory history({kUsers, kDrop});
  history.To(1);
  history.Execute("INSERT INTO users VALUES (1, 'a', 1)");
  for (int i = 0; i < 3; ++i) {
    history.To(2);
    history.To(1);
    EXPECT_EQ(history.Query("SELECT * FROM users"), "1|a|1\n");
  }
}

TEST(Archive, OfOneFileAreSeveral) {
  ArchivedHistory history({kUsers,
                           "PRESERVE UPDATE users SET age = 0;"
                           "PRESERVE UPDATE users SET age = age + 5;"
                           "PRESERVE ALTER TABLE users DROP COLUMN name;"
                           "PRESERVE DROP TABLE users;"});
  history.To(1);
  history.Execute("INSERT INTO users VALUES (1, 'a', 1), (2, 'b', NULL)");
  history.To(2);
  EXPECT_EQ(history.Archives(),
            "palindrome_archive_1_m2\npalindrome_archive_2_m2\n"
            "palindrome_archive_3_m2\npalindrome_archive_4_m2\n");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT * FROM users"), "1|a|1\n2|b|NULL\n");
  EXPECT_EQ(history.Archives(), "");
}

TEST(Archive, IsGivenUpByPurge) {
  ArchivedHistory history({kUsers, kDrop, "PURGE ARCHIVE OF 'm2';"});
  history.To(1);
  history.Execute("INSERT INTO users VALUES (1, 'a', 1)");
  history.To(3);
  EXPECT_EQ(history.Archives(), "");
  EXPECT_EQ(history.Verify(), "");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT * FROM users"), "1|NULL|1\n");
  EXPECT_EQ(history.Archives(), "");
}

TEST(Archive, OfAFailedDowngradeStays) {
  ArchivedHistory history({kUsers, kDrop});
  history.To(1);
  history.Execute("INSERT INTO users VALUES (1, 'a', 1)");
  history.To(2);
  history.Execute(
      "CREATE TRIGGER in_the_way BEFORE INSERT ON users BEGIN SELECT 1; END");
  EXPECT_NE(history.Try(1), "");
  EXPECT_EQ(history.Archives(), "palindrome_archive_1_m2\n");
}

}  // namespace
}  // namespace palindrome::testing
