// Rows that go and come back: DROP TABLE, DELETE, INSERT.

#include <gtest/gtest.h>

#include "tests/unit/archive/archived_history.h"

namespace palindrome::testing {
namespace {

constexpr char kLog[] =
    "CREATE TABLE log (id INTEGER PRIMARY KEY AUTOINCREMENT, what, n INTEGER);"
    "CREATE INDEX log_what ON log (what);";

TEST(ArchivedTable, ComesBackWhole) {
  ArchivedHistory history({kLog, "PRESERVE DROP TABLE log;"});
  history.To(1);
  history.Execute(
      "INSERT INTO log (what, n) VALUES (x'00ff', NULL), ('', 1), (1.5, 2);"
      "DELETE FROM log WHERE n = 2;");
  const std::string rows = history.Query("SELECT id, quote(what), n FROM log");
  history.To(2);
  EXPECT_EQ(history.Archives(), "palindrome_archive_1_m2\n");
  EXPECT_EQ(history.Verify(), "");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT id, quote(what), n FROM log"), rows);
  EXPECT_EQ(history.Archives(), "");
  EXPECT_EQ(history.notices(), "");
  history.Execute("INSERT INTO log (what) VALUES ('next')");
  EXPECT_EQ(history.Query("SELECT max(id) FROM log"), "4\n");
  EXPECT_EQ(history.Query("SELECT name FROM sqlite_sequence WHERE name <> "
                          "'palindrome_history'"),
            "log\n");
  history.To(2);
  history.To(0);
}

TEST(ArchivedTable, KeepsTheCounterOfAnEmptyTable) {
  ArchivedHistory history({kLog, "PRESERVE DROP TABLE log;"});
  history.To(1);
  history.Execute("INSERT INTO log (id) VALUES (41); DELETE FROM log;");
  history.To(2);
  history.To(1);
  history.Execute("INSERT INTO log (what) VALUES ('next')");
  EXPECT_EQ(history.Query("SELECT id FROM log"), "42\n");
}

TEST(ArchivedTable, NeedsNoKeyAndKeepsHiddenNumbers) {
  ArchivedHistory history(
      {"CREATE TABLE t (a, rowid);", "PRESERVE DROP TABLE t;"});
  history.To(1);
  history.Execute("INSERT INTO t (_rowid_, a) VALUES (7, 'x'), (3, 'x');");
  history.To(2);
  history.To(1);
  EXPECT_EQ(history.Query("SELECT _rowid_, a FROM t ORDER BY 1"), "3|x\n7|x\n");
}

TEST(ArchivedTable, ComesBackBehindItsTriggers) {
  ArchivedHistory history(
      {"CREATE TABLE t (id INTEGER PRIMARY KEY);"
       "CREATE TABLE seen (id INTEGER PRIMARY KEY);"
       "CREATE TRIGGER see AFTER INSERT ON t BEGIN "
       "INSERT INTO seen VALUES (NEW.id); END;",
       "PRESERVE DROP TABLE t;"});
  history.To(1);
  history.Execute("INSERT INTO t VALUES (1); DELETE FROM seen;");
  history.To(2);
  history.To(1);
  EXPECT_EQ(history.Query("SELECT count(*) FROM seen"), "0\n");
}

TEST(ArchivedTable, StopsTheDowngradeWhereAParentIsGone) {
  ArchivedHistory history(
      {"CREATE TABLE p (id INTEGER PRIMARY KEY);"
       "CREATE TABLE t (id INTEGER PRIMARY KEY, p INTEGER REFERENCES p (id));",
       "PRESERVE DROP TABLE t;"});
  history.To(1);
  history.Execute("INSERT INTO p VALUES (1); INSERT INTO t VALUES (5, 1);");
  history.To(2);
  history.Execute("DELETE FROM p");
  EXPECT_NE(history.Try(1).find("`t`"), std::string::npos);
  EXPECT_EQ(history.Archives(), "palindrome_archive_1_m2\n");
  history.Execute("INSERT INTO p VALUES (1)");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT * FROM t"), "5|1\n");
}

constexpr char kNotes[] =
    "CREATE TABLE notes (id INTEGER PRIMARY KEY, slug TEXT UNIQUE, body TEXT);";

TEST(ArchivedDelete, BringsBackWhatItDeletedAlone) {
  ArchivedHistory history(
      {kNotes, "PRESERVE DELETE FROM notes WHERE body IS NULL;"});
  history.To(1);
  history.Execute(
      "INSERT INTO notes VALUES (1, 'a', NULL), (2, 'b', 'B'), (3, 'c', NULL)");
  history.To(2);
  history.Execute(
      "INSERT INTO notes VALUES (9, 'i', 'I'); DELETE FROM notes WHERE id = 2");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT * FROM notes"),
            "1|a|NULL\n3|c|NULL\n9|i|I\n");
  EXPECT_EQ(history.notices(), "");
}

TEST(ArchivedDelete, LeavesOutWhatOthersHaveTheKeyOf) {
  ArchivedHistory history({kNotes, "PRESERVE DELETE FROM notes;"});
  history.To(1);
  history.Execute(
      "INSERT INTO notes VALUES (1, 'a', 'A'), (2, 'b', 'B'), (3, 'c', 'C')");
  history.To(2);
  // An id that is used again, and a unique value.
  history.Execute("INSERT INTO notes VALUES (1, 'x', 'X'), (8, 'b', 'Y')");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT * FROM notes ORDER BY id"),
            "1|x|X\n3|c|C\n8|b|Y\n");
  EXPECT_EQ(history.notices(),
            "deleted and not restored: 2 rows of table `notes`, since others "
            "have their keys\n");
}

TEST(ArchivedDelete, TellsOfRowsThatDifferByCaseAlone) {
  ArchivedHistory history(
      {"CREATE TABLE t (k TEXT COLLATE NOCASE PRIMARY KEY, v);",
       "PRESERVE DELETE FROM t;"});
  history.To(1);
  history.Execute("INSERT INTO t VALUES ('A', 1), ('b', 2)");
  history.To(2);
  history.Execute("INSERT INTO t VALUES ('a', 1), ('b', 2.0)");
  history.To(1);
  EXPECT_EQ(history.notices(),
            "deleted and not restored: 2 rows of table `t`, since others have "
            "their keys\n");
}

TEST(ArchivedDelete, GivesNewHiddenNumbersWhereTheOldAreTaken) {
  ArchivedHistory history({"CREATE TABLE t (k TEXT NOT NULL PRIMARY KEY);",
                           "PRESERVE DELETE FROM t WHERE k < 'm';"});
  history.To(1);
  history.Execute("INSERT INTO t (rowid, k) VALUES (1, 'a'), (2, 'b')");
  history.To(2);
  history.Execute("INSERT INTO t (rowid, k) VALUES (1, 'z')");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT rowid, k FROM t ORDER BY k"),
            "3|a\n2|b\n1|z\n");
  EXPECT_EQ(history.notices(), "");
}

TEST(ArchivedInsert, RemovesJustTheRowsThatItMade) {
  ArchivedHistory history(
      {kNotes,
       "PRESERVE INSERT INTO notes (slug) VALUES ('x'), ('y'), ('z');"});
  history.To(1);
  history.Execute("INSERT INTO notes VALUES (1, 'a', 'A')");
  history.To(2);
  EXPECT_EQ(history.Query("SELECT count(*) FROM notes"), "4\n");
  history.Execute(
      "UPDATE notes SET body = 'edited' WHERE slug = 'y';"
      "DELETE FROM notes WHERE slug = 'z';"
      "INSERT INTO notes VALUES (4, 'mine', NULL);");
  history.To(1);
  // The id of 'z' is used again, by a row that is not the migration's.
  EXPECT_EQ(history.Query("SELECT * FROM notes ORDER BY id"),
            "1|a|A\n3|y|edited\n4|mine|NULL\n");
  EXPECT_EQ(history.notices(),
            "added and not removed: 2 rows of table `notes`, changed since\n");
}

TEST(ArchivedInsert, TakesTheValuesThatTriggersGive) {
  ArchivedHistory history(
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, made TEXT);"
       "CREATE TRIGGER stamp AFTER INSERT ON t BEGIN "
       "UPDATE t SET made = 'now' WHERE id = NEW.id; END;",
       "PRESERVE INSERT INTO t (id) VALUES (5);"});
  history.To(2);
  EXPECT_EQ(history.Query("SELECT * FROM t"), "5|now\n");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT * FROM t"), "");
}

TEST(ArchivedInsert, OfRowsThatWereIgnoredTouchesNothing) {
  ArchivedHistory history(
      {kNotes,
       "PRESERVE INSERT OR IGNORE INTO notes VALUES (1, 'a', 'new'), "
       "(2, 'b', 'new');"});
  history.To(1);
  history.Execute("INSERT INTO notes VALUES (1, 'a', 'old')");
  history.To(2);
  history.To(1);
  EXPECT_EQ(history.Query("SELECT * FROM notes"), "1|a|old\n");
}

TEST(ArchivedRows, FollowFullTextTriggersButNotThoseOfTheTableItself) {
  ArchivedHistory history(
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER);"
       "CREATE TABLE copy (id INTEGER PRIMARY KEY);"
       "CREATE TRIGGER add_copy AFTER INSERT ON t BEGIN "
       "INSERT INTO copy VALUES (NEW.id); END;"
       "CREATE TRIGGER count_up AFTER INSERT ON t BEGIN "
       "UPDATE t SET n = 99 WHERE id = NEW.id; END;"
       "CREATE TRIGGER remove_copy AFTER DELETE ON t BEGIN "
       "DELETE FROM copy WHERE id = OLD.id; END;",
       "PRESERVE DELETE FROM t;"});
  history.To(1);
  history.Execute("INSERT INTO t VALUES (1, 1); UPDATE t SET n = 2");
  const std::string triggers = history.Query(
      "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
      "ORDER BY rowid");
  history.To(2);
  EXPECT_EQ(history.Query("SELECT * FROM copy"), "");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT * FROM t"), "1|2\n");
  EXPECT_EQ(history.Query("SELECT * FROM copy"), "1\n");
  EXPECT_EQ(
      history.Query("SELECT name FROM sqlite_master WHERE type = "
                    "'trigger' AND sql LIKE '%INSERT ON%' ORDER BY rowid"),
      "add_copy\ncount_up\n");
  EXPECT_NE(triggers, "");
}

TEST(ArchivedInsert, RefusesASecondRowOfOneKeyWithNull) {
  ArchivedHistory history({"CREATE TABLE t (k TEXT PRIMARY KEY, v);",
                           "PRESERVE INSERT INTO t (v) VALUES (2);"});
  history.To(1);
  history.Execute("INSERT INTO t VALUES (NULL, 1)");
  EXPECT_NE(history.Try(2).find("could not be told apart"), std::string::npos);
  EXPECT_EQ(history.Query("SELECT v FROM t"), "1\n");
  history.Execute("DELETE FROM t");
  history.To(2);
  // Both would go.
  history.Execute("INSERT INTO t VALUES (NULL, 2)");
  EXPECT_NE(history.Try(1).find("could not be told apart"), std::string::npos);
  history.Execute("DELETE FROM t WHERE rowid = 2");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT count(*) FROM t"), "0\n");
}

}  // namespace
}  // namespace palindrome::testing
