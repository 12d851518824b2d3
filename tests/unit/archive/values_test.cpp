// Values that change and come back: DROP COLUMN, UPDATE, ALTER COLUMN TYPE, SET
// NOT NULL.

#include <gtest/gtest.h>

#include "tests/unit/archive/archived_history.h"

namespace palindrome::testing {
namespace {

constexpr char kUsers[] =
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT DEFAULT 'nobody', "
    "age);";

TEST(ArchivedColumn, ComesBackToTheRowsThatAreStillThere) {
  ArchivedHistory history(
      {kUsers, "PRESERVE ALTER TABLE users DROP COLUMN name;"});
  history.To(1);
  history.Execute(
      "INSERT INTO users VALUES (1, 'a', 1), (2, NULL, 2), (3, 'c', 3)");
  history.To(2);
  history.Execute(
      "INSERT INTO users VALUES (9, 9); DELETE FROM users WHERE id = 3;"
      "UPDATE users SET age = 100 WHERE id = 1;");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT * FROM users"),
            "1|a|100\n2|NULL|2\n9|nobody|9\n");
  EXPECT_EQ(history.notices(),
            "values not restored: 1 row of table `users`, gone since\n");
  EXPECT_EQ(history.Archives(), "");
}

TEST(ArchivedColumn, MayBeNotNullWithoutDefault) {
  ArchivedHistory history(
      {"CREATE TABLE t (k TEXT COLLATE NOCASE PRIMARY KEY, v NOT NULL UNIQUE "
       "CHECK (v <> 7));",
       "PRESERVE ALTER TABLE t DROP COLUMN v;"});
  history.To(1);
  history.Execute("INSERT INTO t VALUES ('A', 1), (NULL, x'01'), ('b', 'c')");
  const std::string rows = history.Query("SELECT k, quote(v) FROM t");
  history.To(2);
  history.To(1);
  EXPECT_EQ(history.Query("SELECT k, quote(v) FROM t"), rows);
  history.To(2);
  history.Execute("INSERT INTO t VALUES ('new')");
  EXPECT_NE(history.Try(1).find("holds 1 row for which no value is archived"),
            std::string::npos);
  history.Execute("DELETE FROM t WHERE k = 'new'");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT k, quote(v) FROM t"), rows);
}

TEST(ArchivedColumn, RefusesRowsThatNoKeyTellsApart) {
  ArchivedHistory history({"CREATE TABLE t (k TEXT PRIMARY KEY, v);",
                           "PRESERVE ALTER TABLE t DROP COLUMN v;"});
  history.To(1);
  history.Execute("INSERT INTO t VALUES (NULL, 1), (NULL, 2)");
  EXPECT_NE(history.Try(2).find("could not be told apart"), std::string::npos);
}

TEST(ArchivedUpdate, RestoresWhatIsStillTheNewValue) {
  ArchivedHistory history(
      {kUsers,
       "PRESERVE UPDATE users SET name = upper(name), age = age + 1 "
       "WHERE id < 5;"});
  history.To(1);
  history.Execute(
      "INSERT INTO users VALUES (1, 'a', 1), (2, 'b', 2.0), (3, 'c', NULL), "
      "(4, 'D', NULL), (5, 'e', 5)");
  history.To(2);
  EXPECT_EQ(history.Query("SELECT count(*) FROM palindrome_archive_1_m2"),
            "3\n");
  // Case alone is a change, though the column would not tell.
  history.Execute(
      "UPDATE users SET name = 'mine' WHERE id = 1;"
      "UPDATE users SET age = 3 WHERE id = 2;"
      "DELETE FROM users WHERE id = 3; INSERT INTO users VALUES (6, 'F', 6)");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT id, name, quote(age) FROM users"),
            "1|mine|1\n2|b|3\n4|D|NULL\n5|e|5\n6|F|6\n");
  EXPECT_EQ(history.notices(),
            "values not restored: 1 row of table `users`, gone since\n"
            "values not restored: 2 rows of table `users`, changed since\n");
}

TEST(ArchivedUpdate, TakesAnotherKeyWhereItChangesThePrimaryOne) {
  ArchivedHistory history(
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, code TEXT NOT NULL, v);"
       "CREATE UNIQUE INDEX t_code ON t (code);",
       "PRESERVE UPDATE t SET id = id + 100;"});
  history.To(1);
  history.Execute("INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2)");
  history.To(2);
  EXPECT_EQ(history.Query("SELECT id FROM t"), "101\n102\n");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT * FROM t"), "1|a|1\n2|b|2\n");
}

TEST(ArchivedUpdate, KeepsWhatItsTriggersChangeInTheTable) {
  ArchivedHistory history(
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, v, changed TEXT);"
       "CREATE TRIGGER stamp AFTER UPDATE OF v ON t BEGIN "
       "UPDATE t SET changed = 'now' WHERE id = NEW.id; END;"
       "CREATE TRIGGER other AFTER UPDATE OF v ON t BEGIN SELECT 1; END;",
       "PRESERVE UPDATE t SET v = v * 2;"});
  history.To(1);
  history.Execute("INSERT INTO t VALUES (1, 1, 'long ago')");
  history.To(2);
  EXPECT_EQ(history.Query("SELECT * FROM t"), "1|2|now\n");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT * FROM t"), "1|1|long ago\n");
  EXPECT_EQ(history.Query("SELECT name FROM sqlite_master WHERE type = "
                          "'trigger' ORDER BY rowid"),
            "stamp\nother\n");
}

TEST(ArchivedType, RestoresOldValuesAndConvertsNewOnes) {
  ArchivedHistory history(
      {kUsers,
       "PRESERVE ALTER TABLE users ALTER COLUMN age TYPE TEXT USING "
       "age || ' years';"});
  history.To(1);
  history.Execute("INSERT INTO users VALUES (1, 'a', 1), (2, 'b', 2.5)");
  history.To(2);
  EXPECT_EQ(history.Query("SELECT age FROM users"), "1 years\n2.5 years\n");
  history.Execute(
      "UPDATE users SET age = '30' WHERE id = 2;"
      "INSERT INTO users VALUES (3, 'c', '7')");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT id, quote(age) FROM users"),
            "1|1\n2|'30'\n3|'7'\n");
  EXPECT_EQ(history.notices(),
            "values not restored: 1 row of table `users`, changed since\n");
}

TEST(ArchivedUpdate, StopsWhereANewRowHasTheSameKeyWithNull) {
  ArchivedHistory history({"CREATE TABLE t (k TEXT PRIMARY KEY, v);",
                           "PRESERVE UPDATE t SET v = 2;"});
  history.To(1);
  history.Execute("INSERT INTO t VALUES (NULL, 1)");
  history.To(2);
  history.Execute("INSERT INTO t VALUES (NULL, 2)");
  EXPECT_NE(history.Try(1).find("could not be told apart"), std::string::npos);
  history.Execute("UPDATE t SET k = 'mine' WHERE rowid = 2");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT k, v FROM t"), "NULL|1\nmine|2\n");
}

TEST(ArchivedType, KeepsWhatStaysAndWouldNotBeTakenBack) {
  ArchivedHistory history(
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, v REAL);",
       "PRESERVE ALTER TABLE t ALTER COLUMN v TYPE TEXT USING lower(v);"});
  history.To(1);
  history.Execute("INSERT INTO t VALUES (1, 'none'), (2, 'X'), (3, 2.5)");
  history.To(2);
  EXPECT_EQ(history.Query("SELECT quote(v) FROM t"), "'none'\n'x'\n'2.5'\n");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT quote(v) FROM t"), "'none'\n'X'\n2.5\n");
  EXPECT_EQ(history.Archives(), "");
}

TEST(ArchivedNotNull, RemembersWhichValuesWereFilled) {
  ArchivedHistory history(
      {kUsers,
       "UPDATE users SET age = 0 WHERE age IS NULL AND id < 3;"
       "UPDATE users SET age = 1 WHERE age IS NULL;"
       "PRESERVE ALTER TABLE users ALTER COLUMN age SET NOT NULL;"});
  history.To(1);
  history.Execute(
      "INSERT INTO users VALUES (1, 'a', NULL), (2, 'b', 0), (3, 'c', NULL)");
  history.To(2);
  EXPECT_EQ(history.Query("SELECT id, age FROM users"), "1|0\n2|0\n3|1\n");
  history.Execute("UPDATE users SET age = 33 WHERE id = 3");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT id, age FROM users"), "1|NULL\n2|0\n3|33\n");
  EXPECT_EQ(history.Archives(), "");
}

TEST(ArchivedUpdate, ComesBackThroughAUniqueKey) {
  for (const char* update : {"pos = pos - 1", "pos = pos + 1", "pos = -pos"}) {
    ArchivedHistory history(
        {"CREATE TABLE t (id INTEGER PRIMARY KEY, pos INTEGER NOT NULL "
         "UNIQUE);",
         std::string("PRESERVE UPDATE t SET ") + update + ";"});
    history.To(1);
    // In the order in which the statement meets no value that is there.
    history.Execute(std::string(update).find('+') == std::string::npos
                        ? "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)"
                        : "INSERT INTO t VALUES (1, 3), (2, 2), (3, 1)");
    const std::string rows = history.Query("SELECT * FROM t");
    history.To(2);
    history.To(1);
    EXPECT_EQ(history.Query("SELECT * FROM t"), rows) << update;
    EXPECT_EQ(history.notices(), "");
  }
}

TEST(ArchivedUpdate, StopsWhereAnotherRowHasTheOldValue) {
  ArchivedHistory history(
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, code UNIQUE);",
       "PRESERVE UPDATE t SET code = upper(code);"});
  history.To(1);
  history.Execute("INSERT INTO t VALUES (1, 'a')");
  history.To(2);
  history.Execute("INSERT INTO t VALUES (2, 'a')");
  EXPECT_NE(history.Try(1), "");
  EXPECT_EQ(history.Query("SELECT * FROM t"), "1|A\n2|a\n");
  history.Execute("DELETE FROM t WHERE id = 2");
  history.To(1);
  EXPECT_EQ(history.Query("SELECT * FROM t"), "1|a\n");
}

TEST(ArchivedUpdate, OfEveryFormComesBack) {
  ArchivedHistory history(
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, a, u UNIQUE);"
       "CREATE TABLE s (id INTEGER PRIMARY KEY, a);",
       "PRESERVE UPDATE OR IGNORE t SET u = 1;"
       "PRESERVE UPDATE t SET a = s.a FROM s WHERE s.id = t.id;"
       "PRESERVE WITH q AS (SELECT * FROM s) UPDATE t AS x SET a = a + (SELECT "
       "count(*) FROM q);"
       "PRESERVE UPDATE t SET a = a;"
       "PRESERVE DELETE FROM t AS y WHERE id IN (SELECT min(id) FROM t);"
       "PRESERVE INSERT OR IGNORE INTO t SELECT id + 1, a, u FROM t;"
       "PRESERVE INSERT OR FAIL INTO t DEFAULT VALUES;"
       "PRESERVE INSERT OR ROLLBACK INTO t (a) VALUES (3) RETURNING id;"
       "PRESERVE INSERT INTO t (a) VALUES (3) ON CONFLICT DO NOTHING;"});
  history.To(1);
  history.Execute(
      "INSERT INTO t VALUES (1, 1, 2), (2, 'a', 3), (3, x'00', 5);"
      "INSERT INTO s VALUES (1, 'q'), (3, 'z')");
  const std::string rows = history.Query("SELECT id, quote(a), u FROM t");
  history.To(2);
  history.To(1);
  EXPECT_EQ(history.notices(), "");
  EXPECT_EQ(history.Query("SELECT id, quote(a), u FROM t"), rows);
}

TEST(ArchivedNotNull, MayBeSetOnSeveralColumns) {
  ArchivedHistory history(
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER);",
       "UPDATE t SET a = 0 WHERE a IS NULL;"
       "UPDATE t SET b = 0 WHERE b IS NULL;"
       "PRESERVE ALTER TABLE t ALTER COLUMN a SET NOT NULL;"
       "PRESERVE ALTER TABLE t ALTER COLUMN b SET NOT NULL;"});
  history.To(1);
  history.Execute("INSERT INTO t VALUES (1, NULL, NULL), (2, 2, NULL)");
  history.To(2);
  history.To(1);
  EXPECT_EQ(history.notices(), "");
  EXPECT_EQ(history.Query("SELECT * FROM t"), "1|NULL|NULL\n2|2|NULL\n");
}

TEST(ArchivedNotNull, DoesNotReachBehindAnotherArchiveOfTheColumn) {
  EXPECT_NE(ArchivedHistory::ProblemsOf(
                {"CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER);",
                 "UPDATE t SET a = 0 WHERE a IS NULL;"
                 "PRESERVE UPDATE t SET a = a + 5;"
                 "PRESERVE ALTER TABLE t ALTER COLUMN a SET NOT NULL;"})
                .find("no UPDATE before it writes `a` alone"),
            std::string::npos);
}

}  // namespace
}  // namespace palindrome::testing
