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

// Rebuilds, restoring and notices are what a stored program may do.
TEST(Archive, BringsBackForAnOlderProgram) {
  ArchivedHistory history({kUsers, kDrop, "ALTER TABLE users RENAME TO people;",
                           "ALTER TABLE people ALTER COLUMN age TYPE TEXT;"
                           "ALTER TABLE people RENAME COLUMN id TO number;",
                           "PRESERVE DELETE FROM people WHERE age > 1;"
                           "PRESERVE UPDATE people SET age = 0;",
                           "PRESERVE DROP TABLE people;"});
  for (const std::size_t known : {5U, 4U, 3U, 2U, 1U}) {
    history.To(1);
    history.Execute("DELETE FROM users");
    history.Execute("INSERT INTO users VALUES (1, 'a', 1), (2, 'b', 2)");
    history.To(6);
    history.BackAsOlder(known);
    EXPECT_EQ(history.Verify(), "");
    history.To(1);
    EXPECT_EQ(history.Query("SELECT * FROM users"), "1|a|1\n2|b|2\n") << known;
  }
  history.To(6);
  history.BackAsOlder(1);
  EXPECT_EQ(history.Query("SELECT * FROM users"), "1|a|1\n2|b|2\n");
  EXPECT_EQ(history.Archives(), "");
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

TEST(Archive, OfOneDialectIsPurgedToo) {
  ArchivedHistory history({kUsers,
                           "FOR postgresql BEGIN "
                           "PRESERVE UPDATE users SET age = 0; END;"
                           "FOR sqlite BEGIN "
                           "PRESERVE UPDATE users SET age = 0; END;",
                           "PURGE ARCHIVE OF 'm2';"});
  history.To(3);
  EXPECT_EQ(history.Archives(), "");
  history.To(1);
}

TEST(Archive, TakesItsCounterAlongWhenItIsPurged) {
  ArchivedHistory history(
      {"CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT);",
       "PRESERVE DROP TABLE t;", "PURGE ARCHIVE OF 'm2';"});
  history.To(1);
  history.Execute("INSERT INTO t VALUES (7)");
  history.To(3);
  EXPECT_EQ(history.Query("SELECT count(*) FROM sqlite_sequence WHERE name "
                          "LIKE 'palindrome_archive%'"),
            "0\n");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT count(*) FROM t"), "0\n");
}

TEST(Archive, IsMissedReadably) {
  for (const char* statement :
       {kDrop, "PRESERVE DROP TABLE users;", "PRESERVE DELETE FROM users;",
        "PRESERVE UPDATE users SET age = 1;",
        "PRESERVE INSERT INTO users VALUES (1, 'a', 1);"}) {
    ArchivedHistory history({kUsers, statement, "PURGE ARCHIVE OF 'm2';"});
    history.To(2);
    history.Execute("DROP TABLE palindrome_archive_1_m2");
    EXPECT_EQ(history.Try(1),
              "a check of the migration found: there is no "
              "`palindrome_archive_1_m2`, the archive of table `users`; if a "
              "stamp took the place of the upgrade, stamp back instead of the "
              "downgrade")
        << statement;
    // What is not there can be given up.
    history.To(3);
    history.To(0);
  }
}

TEST(Archive, IsNotOverwritten) {
  ArchivedHistory history({kUsers, kDrop});
  history.To(1);
  history.Execute("CREATE TABLE palindrome_archive_1_m2 (x)");
  EXPECT_EQ(history.Try(2),
            "a check of the migration found: there is a table "
            "`palindrome_archive_1_m2` already, which an earlier upgrade may "
            "have left behind; drop it if nobody needs what it keeps");
  history.Execute("DROP TABLE palindrome_archive_1_m2");
  history.To(2);
}

TEST(Archive, OfATableThatIsRebuiltByHandWouldLoseNewRows) {
  EXPECT_EQ(ArchivedHistory::ProblemsOf(
                {"CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER);",
                 "CREATE TABLE t_new (id INTEGER PRIMARY KEY, a TEXT);"
                 "INSERT INTO t_new (id, a) SELECT id, a FROM t;"
                 "PRESERVE DROP TABLE t; ALTER TABLE t_new RENAME TO t;"}),
            "what is written later to the table that takes its name would be "
            "lost; remove `PRESERVE`, or alter the table instead\n");
}

TEST(Archive, OfParentsAndChildrenComesBackInAnyOrder) {
  ArchivedHistory history(
      {"CREATE TABLE p (id INTEGER PRIMARY KEY, up INTEGER REFERENCES p (id));"
       "CREATE TABLE c (id INTEGER PRIMARY KEY, p INTEGER NOT NULL REFERENCES "
       "p (id));",
       "PRESERVE DELETE FROM c WHERE id = 1; PRESERVE DROP TABLE p;"
       "PRESERVE DROP TABLE c;"});
  history.To(1);
  history.Execute(
      "INSERT INTO p VALUES (5, NULL), (1, 5), (9, 1);"
      "INSERT INTO c VALUES (1, 9), (2, 5);");
  history.To(2);
  history.To(1);
  EXPECT_EQ(history.Query("SELECT * FROM p"), "1|5\n5|NULL\n9|1\n");
  EXPECT_EQ(history.Query("SELECT * FROM c"), "1|9\n2|5\n");
}

}  // namespace
}  // namespace palindrome::testing
