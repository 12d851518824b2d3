// What a rebuild does to rows: all arrive, with their rowids, and nothing else
// in the database notices.
#include <gtest/gtest.h>

#include "palindrome/migration.h"
#include "tests/unit/compiler/lower/lowering_test_support.h"

namespace palindrome::test {
namespace {

using Rows = std::vector<std::string>;

TEST(RebuildRows, CascadeSetNullAndSetDefaultChildrenSurvive) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);"
      "CREATE TABLE c1 (p REFERENCES t (id) ON DELETE CASCADE);"
      "CREATE TABLE c2 (p REFERENCES t (id) ON DELETE SET NULL);"
      "CREATE TABLE c3 (p DEFAULT 9 REFERENCES t (id) ON DELETE SET DEFAULT);",
      "ALTER TABLE t ALTER COLUMN a SET NOT NULL;");
  const auto database = Given(lowered,
                              "INSERT INTO t VALUES (1, 'x'), (2, 'y');"
                              "INSERT INTO c1 VALUES (1), (2);"
                              "INSERT INTO c2 VALUES (1);"
                              "INSERT INTO c3 VALUES (2);");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT * FROM t"), (Rows{"1|x", "2|y"}));
  EXPECT_EQ(database->Query("SELECT * FROM c1"), (Rows{"1", "2"}));
  EXPECT_EQ(database->Query("SELECT * FROM c2"), Rows{"1"});
  EXPECT_EQ(database->Query("SELECT * FROM c3"), Rows{"2"});
  ExpectSchema(*database, lowered.change.after);
  // The references are alive.
  database->Execute("DELETE FROM t WHERE id = 1");
  EXPECT_EQ(database->Query("SELECT * FROM c1"), Rows{"2"});
  EXPECT_EQ(database->Query("SELECT * FROM c2"), Rows{"NULL"});
}

TEST(RebuildRows, SelfReferenceCascades) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT,"
      " up INTEGER REFERENCES t (id) ON DELETE CASCADE);",
      "ALTER TABLE t ALTER COLUMN a SET DEFAULT 'n';");
  const auto database = Given(
      lowered, "INSERT INTO t VALUES (1, 'x', NULL), (2, 'y', 1), (3, 'z', 2)");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT * FROM t"),
            (Rows{"1|x|NULL", "2|y|1", "3|z|2"}));
  ExpectSchema(*database, lowered.change.after);
  database->Execute("DELETE FROM t WHERE id = 1");
  EXPECT_EQ(database->Query("SELECT * FROM t"), Rows{});
}

TEST(RebuildRows, RowidsAreKept) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (a TEXT);", "ALTER TABLE t ALTER COLUMN a SET NOT NULL;");
  const auto database =
      Given(lowered, "INSERT INTO t (rowid, a) VALUES (7, 'x'), (-3, 'y')");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT rowid, a FROM t ORDER BY a"),
            (Rows{"7|x", "-3|y"}));
}

TEST(RebuildRows, ColumnsMayBeCalledLikeTheRowid) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (rowid TEXT, OID TEXT, a TEXT);"
      "CREATE TABLE u (rowid TEXT, oid TEXT, _rowid_ TEXT, a TEXT);",
      "ALTER TABLE t ALTER COLUMN a SET NOT NULL;"
      "ALTER TABLE u ALTER COLUMN a SET NOT NULL;");
  const auto database =
      Given(lowered,
            "INSERT INTO t (_rowid_, rowid, oid, a) VALUES (7, 'r', 'o', 'x');"
            "INSERT INTO u VALUES ('r', 'o', '_', 'x');");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT _rowid_, rowid, oid, a FROM t"),
            Rows{"7|r|o|x"});
  EXPECT_EQ(database->Query("SELECT * FROM u"), Rows{"r|o|_|x"});
  ExpectSchema(*database, lowered.change.after);
}

TEST(RebuildRows, RowidsSurviveLosingTheIntegerPrimaryKey) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (id INTEGER, a TEXT, CONSTRAINT pk PRIMARY KEY (id));",
      "ALTER TABLE t DROP CONSTRAINT pk;");
  const auto database = Given(lowered, "INSERT INTO t VALUES (5, 'x')");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT rowid, id, a FROM t"), Rows{"5|5|x"});
  ExpectSchema(*database, lowered.change.after);
}

TEST(RebuildRows, ANullNeverBecomesARowid) {
  const Lowered lowered =
      LowerChange("CREATE TABLE t (id INTEGER, a TEXT);",
                  "ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY (id);");
  const auto database =
      Given(lowered, "INSERT INTO t VALUES (5, 'x'), (NULL, 'y')");
  EXPECT_EQ(database->Apply(lowered.program),
            "column `t`.`id` holds NULL in 1 row");
  database->Execute("DELETE FROM t WHERE id IS NULL");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT rowid, * FROM t"), Rows{"5|5|x"});
}

TEST(RebuildRows, AutoincrementKeepsItsSequence) {
  const std::string given =
      "CREATE TABLE T1 (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);"
      "CREATE TABLE other (id INTEGER PRIMARY KEY AUTOINCREMENT);";
  const Lowered lowered =
      LowerChange(given, "ALTER TABLE t1 ALTER COLUMN a SET NOT NULL;");
  const auto database = Given(lowered,
                              "INSERT INTO t1 (a) VALUES ('x'), ('dead');"
                              "DELETE FROM t1 WHERE a = 'dead';"
                              "INSERT INTO other VALUES (40);");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT lower(name), seq FROM sqlite_sequence "
                            "ORDER BY seq"),
            (Rows{"t1|2", "other|40"}));
  database->Execute("INSERT INTO t1 (a) VALUES ('y')");
  EXPECT_EQ(database->Query("SELECT max(id) FROM t1"), Rows{"3"});
  ExpectSchema(*database, lowered.change.after);
}

TEST(RebuildRows, AutoincrementKeepsTheSequenceOfAnEmptyTable) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);",
      "ALTER TABLE t ALTER COLUMN a SET NOT NULL;");
  const auto database =
      Given(lowered, "INSERT INTO t VALUES (90, 'x'); DELETE FROM t;");
  EXPECT_EQ(database->Apply(lowered.program), "");
  database->Execute("INSERT INTO t (a) VALUES ('y')");
  EXPECT_EQ(database->Query("SELECT id FROM t"), Rows{"91"});
  EXPECT_EQ(database->Query("SELECT count(*) FROM sqlite_sequence"), Rows{"1"});
}

TEST(RebuildRows, ATableThatNeverHadRowsHasNoSequence) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);",
      "ALTER TABLE t ALTER COLUMN a SET NOT NULL;");
  const auto database = Given(lowered, "");
  EXPECT_EQ(database->Apply(lowered.program), "");
  database->Execute("INSERT INTO t (a) VALUES ('y')");
  EXPECT_EQ(database->Query("SELECT id FROM t"), Rows{"1"});
}

TEST(RebuildRows, ConflictClausesNeitherDropNorReplaceRows) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (a INTEGER NOT NULL ON CONFLICT REPLACE DEFAULT 7,"
      " b TEXT, c TEXT, UNIQUE (b) ON CONFLICT IGNORE);",
      "ALTER TABLE t ADD CONSTRAINT u UNIQUE (c) ON CONFLICT REPLACE;",
      lower::sqlite::kDefaultMinimum);
  const auto database =
      Given(lowered, "INSERT INTO t VALUES (1, 'x', 's'), (2, 'y', 's')");
  EXPECT_EQ(database->Apply(lowered.program),
            "column `c` of table `t` would not be unique: 1 value occurs more "
            "than once");
  EXPECT_EQ(database->Query("SELECT * FROM t"), (Rows{"1|x|s", "2|y|s"}));
  database->Execute("UPDATE t SET c = b");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT * FROM t"), (Rows{"1|x|x", "2|y|y"}));
  ExpectSchema(*database, lowered.change.after);
  for (const lower::Statement& statement : lowered.program.statements) {
    if ((statement.flags & table::kCopiesRows) != 0) {
      EXPECT_EQ(statement.sql.rfind("INSERT OR ABORT INTO", 0), 0U);
    }
  }
}

TEST(RebuildRows, GeneratedColumnsAreComputedAgain) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (a TEXT, v INTEGER GENERATED ALWAYS AS (length(a)),"
      " s TEXT AS (upper(a)) STORED UNIQUE, b TEXT);",
      "ALTER TABLE t ALTER COLUMN b SET NOT NULL;");
  const auto database =
      Given(lowered, "INSERT INTO t (a, b) VALUES ('xy', 'q'), ('z', 'r')");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT a, v, s, b FROM t"),
            (Rows{"xy|2|XY|q", "z|1|Z|r"}));
  ExpectSchema(*database, lowered.change.after);
}

TEST(RebuildRows, StrictAndWithoutRowid) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (a TEXT, b INTEGER, c ANY, PRIMARY KEY (b DESC, a))"
      " STRICT, WITHOUT ROWID;",
      "ALTER TABLE t ALTER COLUMN c SET NOT NULL;");
  const auto database =
      Given(lowered, "INSERT INTO t VALUES ('x', 1, '012'), ('y', 2, x'00')");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT a, b, quote(c) FROM t"),
            (Rows{"y|2|X'00'", "x|1|'012'"}));
  ExpectSchema(*database, lowered.change.after);
  EXPECT_EQ(lowered.program.minimum_engine, 3037000U);
}

TEST(RebuildRows, NullsAreCountedBeforeAnythingIsDone) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (a TEXT);", "ALTER TABLE t ALTER COLUMN a SET NOT NULL;");
  const auto database =
      Given(lowered, "INSERT INTO t VALUES (NULL), ('x'), (NULL)");
  EXPECT_EQ(database->Apply(lowered.program),
            "column `t`.`a` holds NULL in 2 rows");
  EXPECT_EQ(database->Query("SELECT count(*) FROM t"), Rows{"3"});
  ExpectSchema(*database, lowered.given.after);
}

TEST(RebuildRows, CheckGuardCountsTheRowsInTheWay) {
  const Lowered lowered =
      LowerChange("CREATE TABLE t (a INTEGER);",
                  "ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0);");
  const auto database =
      Given(lowered, "INSERT INTO t VALUES (1), (0), (-1), (NULL)");
  EXPECT_EQ(database->Apply(lowered.program),
            "2 rows violate check `positive` of table `t`");
  database->Execute("DELETE FROM t WHERE a < 1");
  EXPECT_EQ(database->Apply(lowered.program), "");
  ExpectSchema(*database, lowered.change.after);
}

// The table's own name does not exist while the new one has another.
TEST(RebuildRows, AQualifiedCheckGoesOnChecking) {
  const Lowered lowered =
      LowerChange("CREATE TABLE \"a t\" (a INTEGER, CHECK (\"a t\".a > 0));",
                  "ALTER TABLE \"a t\" ALTER COLUMN a SET NOT NULL;");
  const auto database = Given(lowered, "INSERT INTO \"a t\" VALUES (1)");
  EXPECT_EQ(database->Apply(lowered.program), "");
  database->Execute("INSERT OR IGNORE INTO \"a t\" VALUES (2), (-1)");
  EXPECT_EQ(database->Query("SELECT a FROM \"a t\""), (Rows{"1", "2"}));
}

}  // namespace
}  // namespace palindrome::test
