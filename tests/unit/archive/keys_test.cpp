// By which keys rows are found again, whatever names, types and values they
// have.

#include <gtest/gtest.h>

#include "tests/unit/archive/archived_history.h"

namespace palindrome::testing {
namespace {

TEST(ArchivedKey, IsNotTheRowidThatTheStatementWrites) {
  const std::string other = "CREATE TABLE t (id INTEGER PRIMARY KEY, v";
  const std::string update =
      "PRESERVE UPDATE t SET rowid = rowid + 100, v = 1;";
  EXPECT_NE(ArchivedHistory::ProblemsOf({other + ");", update})
                .find("has no primary key that stays as it is"),
            std::string::npos);
  ArchivedHistory history({other + ", k NOT NULL UNIQUE);", update});
  history.To(1);
  history.Execute("INSERT INTO t VALUES (1, 'x', 'a'), (2, 'y', 'b')");
  history.To(2);
  history.To(1);
  EXPECT_EQ(history.Query("SELECT * FROM t"), "1|x|a\n2|y|b\n");
}

TEST(ArchivedKey, OfAHiddenNumberAloneIsNothing) {
  EXPECT_EQ(ArchivedHistory::ProblemsOf(
                {"CREATE TABLE t (k TEXT NOT NULL PRIMARY KEY, v);",
                 "PRESERVE UPDATE t SET rowid = rowid + 100;"}),
            "`PRESERVE` before `UPDATE`, which destroys nothing that could be "
            "kept; remove the word\n");
}

TEST(ArchivedKey, IsNotGenerated) {
  EXPECT_NE(ArchivedHistory::ProblemsOf(
                {"CREATE TABLE t (a TEXT, g TEXT NOT NULL GENERATED ALWAYS AS "
                 "(lower(a)) STORED UNIQUE);",
                 "PRESERVE UPDATE t SET a = 'x' || a;"})
                .find("table `t` has no primary key"),
            std::string::npos);
}

TEST(ArchivedKey, WithNullIsToldFromTheRowsThatAreThere) {
  ArchivedHistory history({"CREATE TABLE t (k TEXT PRIMARY KEY, v);",
                           "PRESERVE INSERT INTO t VALUES (NULL, 'x');"});
  history.To(2);
  history.To(1);
  EXPECT_EQ(history.Query("SELECT * FROM t"), "");
  history.Execute("INSERT INTO t VALUES (NULL, 'x')");
  EXPECT_NE(history.Try(2).find("could not be told apart"), std::string::npos);
  EXPECT_EQ(history.Query("SELECT * FROM t"), "NULL|x\n");
}

TEST(ArchivedKey, WithNullIsToldFromTheRowsThatCameLater) {
  for (const char* statement :
       {"PRESERVE UPDATE t SET v = 2;", "PRESERVE ALTER TABLE t DROP COLUMN v;",
        "PRESERVE INSERT INTO t VALUES (NULL, 2, 0);"}) {
    ArchivedHistory history(
        {"CREATE TABLE t (k TEXT PRIMARY KEY, v, w);", statement});
    history.To(1);
    if (std::string(statement).find("INSERT") == std::string::npos) {
      history.Execute("INSERT INTO t VALUES (NULL, 1, 0)");
    }
    history.To(2);
    history.Execute("INSERT INTO t (k, w) VALUES (NULL, 0), ('a', 0)");
    EXPECT_NE(history.Try(1).find("could not be told apart"), std::string::npos)
        << statement;
    history.Execute(
        "DELETE FROM t WHERE rowid = (SELECT rowid FROM t WHERE k IS NULL "
        "ORDER BY rowid DESC LIMIT 1)");
    history.To(1);
  }
}

TEST(ArchivedKey, MayBeNullWhereRowsAreDeletedWhole) {
  ArchivedHistory history({"CREATE TABLE t (k TEXT PRIMARY KEY, v);",
                           "PRESERVE DELETE FROM t WHERE v = 1;"});
  history.To(1);
  history.Execute("INSERT INTO t VALUES (NULL, 1), (NULL, 1), (NULL, 2)");
  history.To(2);
  history.To(1);
  EXPECT_EQ(history.Query("SELECT rowid, * FROM t"),
            "1|NULL|1\n2|NULL|1\n3|NULL|2\n");
  EXPECT_EQ(history.notices(), "");
}

TEST(ArchivedKey, MayBeCalledAnything) {
  ArchivedHistory history(
      {"CREATE TABLE \"or\"\"der\" (\"key_x\" TEXT COLLATE NOCASE, \"ol'd_x\" "
       "REAL, row_id BLOB, rowid INTEGER, \"select\" TEXT, [a b] ANY, n "
       "NUMERIC, PRIMARY KEY (key_x, \"ol'd_x\", row_id));"
       "CREATE TABLE new (old INTEGER PRIMARY KEY, new_v, new UNIQUE);",
       "PRESERVE UPDATE \"or\"\"der\" SET \"select\" = 'v', [a b] = 1.0, n = 3;"
       "PRESERVE DELETE FROM \"or\"\"der\" WHERE rowid = 3;"
       "PRESERVE INSERT INTO \"or\"\"der\" VALUES ('new', 1, x'00', 4, 'x', 1, "
       "1);"
       "PRESERVE ALTER TABLE \"or\"\"der\" DROP COLUMN \"select\";"
       "PRESERVE ALTER TABLE \"or\"\"der\" ALTER COLUMN n TYPE TEXT;"
       "PRESERVE DROP TABLE \"or\"\"der\";"
       "PRESERVE UPDATE new SET new = new - 1, new_v = new;"
       "PRESERVE DELETE FROM new WHERE new = 1;"
       "PRESERVE INSERT INTO new VALUES (9, 9, 9);"
       "PRESERVE ALTER TABLE new DROP COLUMN new_v;"});
  history.To(1);
  history.Execute(
      "INSERT INTO \"or\"\"der\" VALUES ('a', 1, x'01', 1, 'S', 1, 2),"
      "('b', 1, x'01', 2, 'S', 1.5, 2.5), ('b', 1.5, x'01', 3, 'S', '1', 'n'),"
      "('c', 9e999, 'text', 4, CAST(x'00ff' AS TEXT), -9e999, -0.0);"
      "INSERT INTO new VALUES (1, 'a', 1), (2, 'b', 2)");
  const char* query =
      "SELECT key_x, quote(\"ol'd_x\"), quote(row_id), rowid, "
      "quote(CAST(\"select\" AS BLOB)), quote([a b]), quote(n), _rowid_ "
      "FROM \"or\"\"der\"";
  const std::string rows = history.Query(query);
  history.To(2);
  history.To(1);
  EXPECT_EQ(history.notices(), "");
  EXPECT_EQ(history.Query(query), rows);
  EXPECT_EQ(history.Query("SELECT * FROM new"), "1|a|1\n2|b|2\n");
}

TEST(ArchivedKey, OfAnyTypeTellsValuesApart) {
  ArchivedHistory history(
      {"CREATE TABLE t (id INTEGER PRIMARY KEY, x ANY) STRICT;"
       "CREATE TABLE w (a ANY NOT NULL, b TEXT COLLATE RTRIM, c ANY, "
       "PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;",
       "PRESERVE ALTER TABLE t ALTER COLUMN x TYPE TEXT USING CAST(x AS TEXT);"
       "PRESERVE UPDATE w SET c = a || 'z';"
       "PRESERVE ALTER TABLE w DROP COLUMN c;"
       "PRESERVE DELETE FROM w; PRESERVE DROP TABLE w;"});
  history.To(1);
  history.Execute(
      "INSERT INTO t VALUES (1, 1), (2, x'ff'), (3, 1.5), (4, '1');"
      "INSERT INTO w VALUES (1, 'a', 1), ('1', 'a', '1'), (x'31', 'b', NULL),"
      "(1.5, 'a  ', 2);");
  const char* of_t = "SELECT quote(x) FROM t";
  const char* of_w = "SELECT quote(a), quote(b), quote(c) FROM w";
  const std::string t = history.Query(of_t);
  const std::string w = history.Query(of_w);
  history.To(2);
  history.To(1);
  EXPECT_EQ(history.notices(), "");
  EXPECT_EQ(history.Query(of_t), t);
  EXPECT_EQ(history.Query(of_w), w);
}

TEST(ArchivedKey, IsSearchedByItsIndex) {
  constexpr std::size_t kRows = 2000;
  const std::string rest = ", v, w DEFAULT 1";
  for (const std::string& table :
       {"k INTEGER PRIMARY KEY" + rest, "k TEXT PRIMARY KEY" + rest,
        "k TEXT COLLATE NOCASE PRIMARY KEY" + rest,
        "k TEXT NOT NULL" + rest + ", PRIMARY KEY (k COLLATE NOCASE)",
        "k TEXT COLLATE NOCASE NOT NULL" + rest +
            ", PRIMARY KEY (k COLLATE BINARY)",
        "c DEFAULT 'c', k TEXT COLLATE RTRIM" + rest + ", PRIMARY KEY (c, k)",
        "k REAL PRIMARY KEY" + rest, "k DECIMAL PRIMARY KEY" + rest}) {
    for (const char* statement :
         {"UPDATE t SET v = 2", "DELETE FROM t WHERE w = 1",
          "ALTER TABLE t DROP COLUMN v",
          "ALTER TABLE t ALTER COLUMN v TYPE INT USING v + 1",
          "INSERT INTO t (k, v) SELECT k + 10000, v FROM t"}) {
      ArchivedHistory history({"CREATE TABLE t (" + table + ");",
                               std::string("PRESERVE ") + statement + ";"});
      history.To(1);
      history.Execute(
          "INSERT INTO t (k, v) WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL "
          "SELECT i + 1 FROM r LIMIT " +
          std::to_string(kRows) + ") SELECT i, i FROM r");
      // Thousands of instructions: at most 1000 a row.
      history.To(2);
      EXPECT_LT(history.work(), kRows) << table << ": " << statement;
      history.To(1);
      EXPECT_LT(history.work(), kRows) << table << ": " << statement;
      EXPECT_EQ(history.notices(), "");
    }
  }
}

}  // namespace
}  // namespace palindrome::testing
