// What is passed through, what ALTER TABLE does itself, and what becomes a
// rebuild.
#include <gtest/gtest.h>

#include "palindrome/migration.h"
#include "tests/unit/compiler/lower/lowering_test_support.h"

namespace palindrome::test {
namespace {

using Rows = std::vector<std::string>;

bool IsRebuild(const Lowered& lowered) {
  for (const lower::Statement& statement : lowered.program.statements) {
    if ((statement.flags & table::kCopiesRows) != 0) {
      return true;
    }
  }
  return false;
}

TEST(Native, TheAuthorsBytesAreKept) {
  const Lowered lowered =
      LowerChange("CREATE TABLE t (a);",
                  "create  table if not exists [u] (a -- why\n, b);\n"
                  "CREATE INDEX ix ON u(a) ;"
                  "ALTER TABLE t ADD b DEFAULT  -1;"
                  "INSERT INTO t VALUES (1, /* two */ 2);");
  EXPECT_EQ(Sql(lowered.program),
            (Rows{"create  table if not exists [u] (a -- why\n, b)",
                  "CREATE INDEX ix ON u(a)", "ALTER TABLE t ADD b DEFAULT  -1",
                  "INSERT INTO t VALUES (1, /* two */ 2)"}));
  for (const lower::Statement& statement : lowered.program.statements) {
    ASSERT_TRUE(statement.source_offset);
    EXPECT_EQ(lowered.file->text().substr(*statement.source_offset,
                                          statement.sql.size()),
              statement.sql);
  }
  EXPECT_EQ(lowered.program.statements[3].step, 3U);
}

TEST(Native, DerivedStatementsArePrinted) {
  catalog::Simulation simulation;
  std::vector<ast::Item> items(1);
  items[0].statement.node = ast::DropIndex{{"an index", {}}, false};
  simulation.steps.emplace_back().item = &items[0];
  ast::Table table;
  table.name.text = "t";
  simulation.steps[0].before = catalog::Catalog().With({table, {}, {}});
  const lower::Program program = lower::sqlite::Lower(simulation, nullptr, 0);
  EXPECT_EQ(Sql(program), Rows{"DROP INDEX \"an index\""});
  EXPECT_FALSE(program.statements[0].source_offset);
  EXPECT_EQ(program.minimum_engine, lower::sqlite::kOldestEngine);
}

TEST(Native, NothingForAStatementThatChangesNothing) {
  const Lowered lowered =
      LowerChange("CREATE TABLE t (a DEFAULT 1);",
                  "CREATE TABLE IF NOT EXISTS t (b); DROP TABLE IF EXISTS u;"
                  "ALTER TABLE t ALTER COLUMN a SET DEFAULT 1;");
  EXPECT_EQ(Sql(lowered.program), Rows{});
}

TEST(Native, OtherDialectsAreLeftOut) {
  const Lowered lowered =
      LowerChange("CREATE TABLE t (a);",
                  "FOR postgresql BEGIN CREATE EXTENSION pgcrypto; END;"
                  "FOR sqlite BEGIN CREATE INDEX ix ON t (a); END;");
  EXPECT_EQ(Sql(lowered.program), Rows{"CREATE INDEX ix ON t (a)"});
}

TEST(Native, RenamesFollowIntoEverything) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (a TEXT UNIQUE CHECK (a <> ''), b AS (upper(a)));"
      "CREATE TABLE c (x REFERENCES t (a));"
      "CREATE INDEX ix ON t (a) WHERE a > 'b';",
      "ALTER TABLE t RENAME COLUMN a TO \"new a\";"
      "ALTER TABLE t RENAME TO u;",
      lower::sqlite::kDefaultMinimum, /*allow_findings=*/true);
  EXPECT_FALSE(IsRebuild(lowered));
  const auto database = Given(lowered, "");
  EXPECT_EQ(database->Apply(lowered.program), "");
  ExpectSchema(*database, lowered.change.after);
}

TEST(Native, ACaseOnlyRenameTakesTwoSteps) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE tasks (a INTEGER PRIMARY KEY AUTOINCREMENT);"
      "CREATE INDEX ix ON tasks (a);",
      "ALTER TABLE tasks RENAME TO Tasks;");
  ASSERT_EQ(lowered.program.statements.size(), 2U);
  const auto database = Given(lowered, "INSERT INTO tasks VALUES (4)");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT name FROM sqlite_master WHERE type = "
                            "'table' AND name NOT LIKE 'sqlite%'"),
            Rows{"Tasks"});
  EXPECT_EQ(database->Query("SELECT * FROM sqlite_sequence"), Rows{"Tasks|4"});
  ExpectSchema(*database, lowered.change.after);
}

struct Case {
  std::string statement;
  bool rebuild;
  Rows rows;  // Afterwards, of a table that held (1, 'x').
};

class AddColumn : public testing::TestWithParam<Case> {};

TEST_P(AddColumn, GivesTheSameEitherWay) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE p (id INTEGER PRIMARY KEY);"
      "CREATE TABLE t (a INTEGER, b TEXT);",
      "ALTER TABLE t ADD COLUMN " + GetParam().statement + ";");
  EXPECT_EQ(IsRebuild(lowered), GetParam().rebuild);
  const auto database =
      Given(lowered, "INSERT INTO p VALUES (5); INSERT INTO t VALUES (1, 'x')");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT *, typeof(c) FROM t"), GetParam().rows);
  ExpectSchema(*database, lowered.change.after);
}

INSTANTIATE_TEST_SUITE_P(
    Native, AddColumn,
    testing::Values(
        Case{"c", false, {"1|x|NULL|null"}},
        Case{"c TEXT DEFAULT NULL", false, {"1|x|NULL|null"}},
        Case{"c INTEGER NOT NULL DEFAULT 7", false, {"1|x|7|integer"}},
        Case{"c INTEGER DEFAULT '7'", false, {"1|x|7|integer"}},
        Case{"c REAL NOT NULL DEFAULT -7", false, {"1|x|-7.0|real"}},
        Case{"c DEFAULT - 7.5", false, {"1|x|-7.5|real"}},
        Case{"c DEFAULT TRUE", false, {"1|x|1|integer"}},
        Case{"c DEFAULT x'41'", false, {"1|x|A|blob"}},
        Case{"c TEXT DEFAULT 'it''s'", false, {"1|x|it's|text"}},
        Case{"c DEFAULT 5 REFERENCES p (id)", false, {"1|x|5|integer"}},
        Case{"c INTEGER CHECK (c > 0) DEFAULT 1", false, {"1|x|1|integer"}},
        Case{"c AS (a + 1)", false, {"1|x|2|integer"}},
        Case{"c INTEGER AS (a + 1) VIRTUAL NOT NULL", false, {"1|x|2|integer"}},
        Case{"c INTEGER AS (a + 1) STORED", true, {"1|x|2|integer"}},
        Case{"c DEFAULT (1 + 1)", true, {"1|x|2|integer"}},
        Case{"c DEFAULT (lower('X'))", true, {"1|x|x|text"}},
        Case{"c INTEGER UNIQUE DEFAULT 3", true, {"1|x|3|integer"}},
        Case{"c INTEGER PRIMARY KEY", true, {"1|x|1|integer"}},
        Case{"c TEXT COLLATE NOCASE UNIQUE", true, {"1|x|NULL|null"}}));

TEST(Native, AddColumnTakesTheTimeOfTheUpgrade) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (a);",
      "ALTER TABLE t ADD COLUMN at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP;");
  EXPECT_TRUE(IsRebuild(lowered));
  const auto database = Given(lowered, "INSERT INTO t VALUES (1)");
  EXPECT_EQ(database->Apply(lowered.program), "");
  EXPECT_EQ(database->Query("SELECT at IS datetime(at) FROM t"), Rows{"1"});
  ExpectSchema(*database, lowered.change.after);
}

TEST(Native, AddColumnWithoutDefaultIsForEmptyTables) {
  const Lowered lowered = LowerChange(
      "CREATE TABLE t (a);", "ALTER TABLE t ADD COLUMN c TEXT NOT NULL;");
  const auto database = Given(lowered, "INSERT INTO t VALUES (1), (2)");
  EXPECT_EQ(database->Apply(lowered.program),
            "column `t`.`c` is NOT NULL without a default, and `t` holds 2 "
            "rows");
  database->Execute("DELETE FROM t");
  EXPECT_EQ(database->Apply(lowered.program), "");
  ExpectSchema(*database, lowered.change.after);
}

TEST(Native, AddColumnTestsItsCheckOnTheRows) {
  // An engine below 3.37 does not, so a query does.
  for (const std::uint32_t minimum : {3035000U, 3037000U}) {
    const Lowered lowered = LowerChange(
        "CREATE TABLE t (a INTEGER);",
        "ALTER TABLE t ADD COLUMN c INTEGER DEFAULT 5 CHECK (c < a);", minimum);
    EXPECT_EQ(lowered.program.statements.size(), minimum < 3037000 ? 2U : 1U);
    const auto database = Given(lowered, "INSERT INTO t VALUES (9), (3)");
    EXPECT_NE(database->Apply(lowered.program), "");
    ExpectSchema(*database, lowered.given.after);
  }
}

class DropColumn : public testing::TestWithParam<Case> {};

TEST_P(DropColumn, GivesTheSameEitherWay) {
  for (const std::uint32_t minimum : {3031000U, 3035000U}) {
    const Lowered lowered = LowerChange(
        "CREATE TABLE p (id INTEGER PRIMARY KEY);"
        "CREATE TABLE t (a INTEGER, " +
            GetParam().statement + ");",
        "ALTER TABLE t DROP COLUMN c;", minimum,
        /*allow_findings=*/true);
    EXPECT_EQ(IsRebuild(lowered), GetParam().rebuild || minimum < 3035000);
    EXPECT_EQ(lowered.program.minimum_engine,
              IsRebuild(lowered) ? minimum : 3035005U);
    const auto database = Given(lowered, "INSERT INTO t (a) VALUES (1)");
    EXPECT_EQ(database->Apply(lowered.program), "");
    EXPECT_EQ(database->Query("SELECT * FROM t"), Rows{"1"});
    ExpectSchema(*database, lowered.change.after);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Native, DropColumn,
    testing::Values(
        Case{"c TEXT", false, {}},
        Case{"c TEXT COLLATE NOCASE DEFAULT 'q' CHECK (c <> a)", false, {}},
        Case{"c CONSTRAINT fk REFERENCES p (id)", false, {}},
        Case{"c AS (a + 1)", false, {}}, Case{"c TEXT UNIQUE", true, {}},
        Case{"c TEXT PRIMARY KEY", true, {}},
        Case{"c AS (a + 1) STORED", false, {}}));

TEST(Native, OpaqueStatementsAreChecked) {
  const Lowered lowered =
      LowerChange("CREATE TABLE t (a);",
                  "FOR sqlite BEGIN CREATE TABLE u AS SELECT a FROM t; END;");
  ASSERT_EQ(lowered.program.statements.size(), 1U);
  EXPECT_EQ(lowered.program.statements[0].flags, table::kCheckForeignKeys);
}

// ADD COLUMN itself would leave a number in a BLOB column.
TEST(Native, AStrictTableTakesNoDefaultOfAnotherType) {
  const auto change =
      LowerChange("CREATE TABLE t (a INT) STRICT;",
                  "ALTER TABLE t ADD COLUMN b BLOB NOT NULL DEFAULT 1e3;");
  const auto database = Given(change, "INSERT INTO t VALUES (1);");
  EXPECT_NE(database->Apply(change.program).find("cannot store"),
            std::string::npos);
  const auto fits = LowerChange("CREATE TABLE t (a INT) STRICT;",
                                "ALTER TABLE t ADD COLUMN b TEXT DEFAULT 'x';");
  EXPECT_EQ(Sql(fits.program),
            Rows{"ALTER TABLE t ADD COLUMN b TEXT DEFAULT 'x'"});
}

}  // namespace
}  // namespace palindrome::test
