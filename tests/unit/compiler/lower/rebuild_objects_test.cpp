// What stands around a rebuilt table: indexes, triggers and views are as they
// were, and work.
#include <gtest/gtest.h>

#include "tests/unit/compiler/lower/lowering_test_support.h"

namespace palindrome::test {
namespace {

using Rows = std::vector<std::string>;

TEST(RebuildObjects, IndexesOfEveryKind) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (a TEXT COLLATE NOCASE, b TEXT, c INTEGER, UNIQUE (b));"
      "CREATE INDEX ix_partial ON t (c) WHERE t.c IS NOT NULL AND a <> '';"
      "CREATE UNIQUE INDEX ix_expression ON t (lower(a), c DESC);"
      "CREATE INDEX ix_collate ON t (b COLLATE RTRIM DESC, a);",
      "ALTER TABLE t ALTER COLUMN b SET NOT NULL;");
  const auto database =
      Given(lowered, "INSERT INTO t VALUES ('X', 'y', 1), ('x', 'z', 2)");
  EXPECT_EQ(database->Apply(lowered.program), "");
  ExpectSchema(*database, lowered.change.after);
  EXPECT_EQ(database->Query("SELECT count(*) FROM t WHERE a = 'x'"), Rows{"2"});
  EXPECT_EQ(database->Query("PRAGMA integrity_check"), Rows{"ok"});
}

TEST(RebuildObjects, TriggersOfTheTableAndOfOthers) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);"
      "CREATE TABLE c (pid INTEGER);"
      "CREATE TABLE log (m TEXT);"
      "CREATE TRIGGER t_ai AFTER INSERT ON t WHEN new.a <> 'no' BEGIN"
      " INSERT INTO log VALUES (CASE new.a WHEN 'x' THEN 'X' ELSE 'other' END);"
      " END;"
      "CREATE TRIGGER t_bu BEFORE UPDATE OF a ON t BEGIN"
      " INSERT INTO log VALUES (old.a); END;"
      "CREATE TRIGGER c_ai AFTER INSERT ON c BEGIN"
      " INSERT INTO log SELECT 'c for ' || a FROM t WHERE id = new.pid; END;",
      "ALTER TABLE t ALTER COLUMN a SET NOT NULL;");
  const auto database = Given(lowered, "INSERT INTO t VALUES (1, 'x')");
  EXPECT_EQ(database->Query("SELECT * FROM log"), Rows{"X"});
  EXPECT_EQ(database->Apply(lowered.program), "");
  // The copy of the rows fired nothing.
  EXPECT_EQ(database->Query("SELECT * FROM log"), Rows{"X"});
  ExpectSchema(*database, lowered.change.after);
  database->Execute(
      "INSERT INTO c VALUES (1); UPDATE t SET a = 'q';"
      "INSERT INTO t VALUES (2, 'no'), (3, 'yes')");
  EXPECT_EQ(database->Query("SELECT * FROM log"),
            (Rows{"X", "c for x", "x", "other"}));
}

TEST(RebuildObjects, ViewsAndTheirTriggers) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);"
      "CREATE VIEW v AS SELECT id, a FROM t WHERE t.a <> '';"
      "CREATE VIEW v2 (n) AS SELECT count(*) FROM v, t;"
      "CREATE TRIGGER v_ii INSTEAD OF INSERT ON v BEGIN"
      " INSERT INTO t (a) VALUES (new.a); END;",
      "ALTER TABLE t ALTER COLUMN a SET NOT NULL;");
  const auto database = Given(lowered, "INSERT INTO v (a) VALUES ('x')");
  EXPECT_EQ(database->Apply(lowered.program), "");
  ExpectSchema(*database, lowered.change.after);
  database->Execute("INSERT INTO v (a) VALUES ('y')");
  EXPECT_EQ(database->Query("SELECT * FROM v2"), Rows{"4"});
  // Nothing dangles: a rename re-parses every view and trigger.
  database->Execute("ALTER TABLE t RENAME COLUMN a TO a");
  EXPECT_EQ(database->Query("SELECT * FROM v2"), Rows{"4"});
}

TEST(RebuildObjects, TriggersFireInTheirOrder) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (a TEXT);"
      "CREATE TABLE log (m TEXT);"
      "CREATE TRIGGER m AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('m');"
      " END;"
      "CREATE TRIGGER z AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('z');"
      " END;"
      "CREATE TRIGGER a AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('a');"
      " END;",
      "ALTER TABLE t ALTER COLUMN a SET NOT NULL;");
  const auto database = Given(lowered, "INSERT INTO t VALUES ('x')");
  const Rows before = database->Query("SELECT m FROM log ORDER BY rowid");
  EXPECT_EQ(database->Apply(lowered.program), "");
  database->Execute("DELETE FROM log; INSERT INTO t VALUES ('x')");
  EXPECT_EQ(database->Query("SELECT m FROM log ORDER BY rowid"), before);
}

// A temporary trigger would go with the old table.
TEST(RebuildObjects, ObjectsOfTheConnectionAreRefused) {
  const Lowered lowered =
      LowerChange("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);",
                  "ALTER TABLE t ALTER COLUMN a SET NOT NULL;");
  const auto database = Given(
      lowered, "CREATE TEMP TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END");
  EXPECT_NE(database->Apply(lowered.program).find("temporary trigger `r`"),
            std::string::npos);
  EXPECT_EQ(database->Query("SELECT name FROM temp.sqlite_master"), Rows{"r"});
}

TEST(RebuildObjects, NamesOfAnyKind) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE \"odd \"\"na'me`\" (\"the key\" INTEGER PRIMARY KEY,"
      " [select] TEXT DEFAULT 'it''s', `group` TEXT,"
      " CONSTRAINT \"a check\" CHECK ([select] <> ''),"
      " UNIQUE (\"group\" COLLATE NOCASE));"
      "CREATE INDEX \"an index\" ON \"odd \"\"na'me`\" (\"select\" DESC);"
      "CREATE TABLE \"order\" (x REFERENCES \"odd \"\"na'me`\" (\"the key\"));"
      "CREATE VIEW \"from\" AS SELECT [group] FROM \"odd \"\"na'me`\";",
      "ALTER TABLE \"odd \"\"na'me`\" ALTER COLUMN `select` SET NOT NULL;");
  const auto database =
      Given(lowered,
            "INSERT INTO \"odd \"\"na'me`\" VALUES (1, 'a', 'b'), (2, NULL, "
            "'c');"
            "INSERT INTO \"order\" VALUES (1)");
  EXPECT_EQ(database->Apply(lowered.program),
            "column `odd \"na'me``.`select` holds NULL in 1 row");
  database->Execute(
      "UPDATE \"odd \"\"na'me`\" SET \"select\" = 'd' WHERE "
      "\"the key\" = 2");
  EXPECT_EQ(database->Apply(lowered.program), "");
  ExpectSchema(*database, lowered.change.after);
  EXPECT_EQ(database->Query("SELECT * FROM \"from\""), (Rows{"b", "c"}));
}

TEST(RebuildObjects, ConstraintsKeepEveryClause) {
  const std::string given =
      "CREATE TABLE p (x INTEGER, y TEXT COLLATE NOCASE, PRIMARY KEY (x, y));"
      "CREATE TABLE q (z PRIMARY KEY);"
      "CREATE TABLE t (id INTEGER CONSTRAINT pk PRIMARY KEY ON CONFLICT FAIL"
      " AUTOINCREMENT,"
      " a INTEGER CONSTRAINT nn NOT NULL ON CONFLICT ABORT DEFAULT (1 + 1),"
      " b TEXT DEFAULT CURRENT_TIMESTAMP CONSTRAINT ub UNIQUE ON CONFLICT"
      " ROLLBACK COLLATE RTRIM,"
      " c VARCHAR ( 20 ) CHECK (length(c) < 20) CONSTRAINT cc CHECK (c <> ''),"
      " d REFERENCES q ON DELETE SET NULL,"
      " e INTEGER, f TEXT,"
      " CONSTRAINT fk FOREIGN KEY (e, f) REFERENCES p (x, y)"
      " ON UPDATE CASCADE ON DELETE RESTRICT MATCH FULL"
      " DEFERRABLE INITIALLY DEFERRED,"
      " UNIQUE (a, b COLLATE BINARY) ON CONFLICT IGNORE,"
      " CHECK (a > 0));";
  const Lowered lowered =
      LowerChange(given, "ALTER TABLE t ALTER COLUMN f SET DEFAULT 'f';");
  const auto database =
      Given(lowered,
            "INSERT INTO p VALUES (1, 'k');"
            "INSERT INTO t (b, c, e, f) VALUES ('q', 'r', 1, 'K')");
  EXPECT_EQ(database->Apply(lowered.program), "");
  ExpectSchema(*database, lowered.change.after);
  EXPECT_EQ(database->Query("SELECT id, a, b, c, d, e, f FROM t"),
            Rows{"1|2|q|r|NULL|1|K"});
}

TEST(RebuildObjects, RebuildsFollowEachOther) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (a TEXT, b TEXT);"
      "CREATE INDEX ix ON t (a);",
      "ALTER TABLE t ALTER COLUMN a SET NOT NULL;"
      "ALTER TABLE t ADD CONSTRAINT ck CHECK (a <> b);"
      "ALTER TABLE t RENAME CONSTRAINT ck TO differ;"
      "ALTER TABLE t RENAME TO u;"
      "ALTER TABLE u ALTER COLUMN b SET DEFAULT 'z';"
      "ALTER TABLE u ALTER COLUMN b DROP DEFAULT;"
      "ALTER TABLE u DROP CONSTRAINT differ;");
  const auto database = Given(lowered, "INSERT INTO t VALUES ('x', 'y')");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT * FROM u"), Rows{"x|y"});
  ExpectSchema(*database, lowered.change.after);
}

}  // namespace
}  // namespace palindrome::test
