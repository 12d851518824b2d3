// SQL of other tools is divided as SQLite divides it, and judged by its verbs.
#include "compiler/import/sql_text.h"

#include <gtest/gtest.h>

#include "compiler/import/convert.h"

namespace palindrome::importer {
namespace {

using Strings = std::vector<std::string>;

Strings TextsOf(const std::string& sql) {
  Strings texts;
  for (const SqlStatement& statement : SplitStatements(sql)) {
    texts.emplace_back(statement.text);
  }
  return texts;
}

TEST(SplitStatements, ATriggerIsOne) {
  const std::string trigger =
      "CREATE TEMP TRIGGER a AFTER INSERT ON t BEGIN UPDATE t SET a = CASE a "
      "WHEN 1 THEN 2 END; DELETE FROM t; END";
  EXPECT_EQ(TextsOf("CREATE TABLE t (a);" + trigger + "; DROP TABLE t"),
            (Strings{"CREATE TABLE t (a)", trigger, "DROP TABLE t", ""}));
}

TEST(SplitStatements, AnOpenCommentIsClosed) {
  const auto statements = SplitStatements("A /* in */ b /* open; C\n");
  ASSERT_EQ(statements.size(), 2U);
  EXPECT_EQ(statements[0].text, "A /* in */ b");
  EXPECT_EQ(statements[1].before, " /* open; C\n*/");
  EXPECT_EQ(statements[1].text, "");
}

TEST(SplitStatements, WhatIsCalledTriggerIsNone) {
  EXPECT_EQ(TextsOf("CREATE TABLE trigger (a); DROP TABLE t"),
            (Strings{"CREATE TABLE trigger (a)", "DROP TABLE t", ""}));
  EXPECT_EQ(TextsOf("CREATE VIEW trigger AS SELECT 1; DROP TABLE t"),
            (Strings{"CREATE VIEW trigger AS SELECT 1", "DROP TABLE t", ""}));
}

TEST(SplitStatements, WhatStandsBetweenIsKept) {
  const auto statements = SplitStatements(
      "-- first\nA 'x;y' /* in */ ; ; -- behind\n;\nB -- late\n;-- last\n");
  ASSERT_EQ(statements.size(), 3U);
  EXPECT_EQ(statements[0].before, "-- first\n");
  EXPECT_EQ(statements[0].text, "A 'x;y'");
  EXPECT_EQ(statements[1].before, " /* in */   -- behind\n\n");
  EXPECT_EQ(statements[1].text, "B");
  EXPECT_EQ(statements[2].before, " -- late\n-- last\n");
  EXPECT_EQ(statements[2].text, "");
}

TEST(Judge, VerbsTell) {
  const std::pair<const char*, Fate> kCases[] = {
      {"BEGIN IMMEDIATE TRANSACTION", Fate::kDropped},
      {"END", Fate::kDropped},
      {"PRAGMA foreign_keys = OFF", Fate::kDropped},
      {"PRAGMA main.foreign_key_check", Fate::kDropped},
      {"PRAGMA journal_mode=WAL", Fate::kLeftOut},
      {"PRAGMA writable_schema = 1", Fate::kRefused},
      {"SELECT 1", Fate::kLeftOut},
      {"VACUUM", Fate::kLeftOut},
      {"DROP INDEX IF EXISTS other.i", Fate::kLeftOut},
      {"DROP INDEX IF EXISTS Main.i", Fate::kPlain},
      {"DROP INDEX other.i", Fate::kPlain},
      {"ATTACH 'x' AS y", Fate::kRefused},
      {"CREATE TABLE t (a)", Fate::kPlain},
      {"CREATE TABLE t AS SELECT 1", Fate::kDialect},
      {"CREATE VIRTUAL TABLE f USING fts5 (a)", Fate::kDialect},
      {"REINDEX", Fate::kDialect},
      {"DROP batches", Fate::kPlain},
      {"ALLOW hygiene BECAUSE 'x'", Fate::kRefused},
      {"FOR sqlite BEGIN DROP TABLE t", Fate::kRefused},
  };
  for (const auto& [statement, fate] : kCases) {
    EXPECT_EQ(Judge(statement).fate, fate) << statement;
  }
}

TEST(Convert, RefusesWhatWouldBeginASection) {
  ForeignMigration migration;
  migration.up = "INSERT INTO users DOWNGRADE BEGIN\nVALUES (1);";
  const Converted refused =
      Convert(migration, {"t", "abc", "", "2025-01-01 00:00:00"});
  EXPECT_EQ(refused.failure,
            "a statement has the words `DOWNGRADE BEGIN`, which begin a "
            "section of a migration");
  migration.up =
      "CREATE TRIGGER r AFTER INSERT ON downgrade BEGIN SELECT 1; END;";
  EXPECT_EQ(Convert(migration, {"t", "abc", "", "2025-01-01 00:00:00"}).failure,
            "");
}

TEST(Convert, KeepsTextAndLeavesOutWhatTheRuntimeDoes) {
  ForeignMigration migration;
  migration.documentation = "Why.\n\nMore.";
  migration.up =
      "PRAGMA foreign_keys=off;\nBEGIN;\n-- The table.\nCREATE TABLE t (a);\n"
      "CREATE VIRTUAL TABLE f USING fts5 (a); -- search\nSELECT 1;\nCOMMIT;\n";
  migration.down = "DROP TABLE f;\nDROP TABLE t";
  const Converted result =
      Convert(migration, {"create t's", "abc", "", "2025-01-01 00:00:00"});
  EXPECT_EQ(result.failure, "");
  EXPECT_EQ(result.notes, Strings{"nobody reads the result of a query"});
  EXPECT_EQ(result.text, R"(-- Why.
--
-- More.
MIGRATION 'create t''s'
  REVISION 'abc'
  REVISES  NONE
  CREATED  '2025-01-01 00:00:00';

UPGRADE BEGIN
-- The table.
CREATE TABLE t (a);
FOR sqlite BEGIN
CREATE VIRTUAL TABLE f USING fts5 (a);
END; -- search
-- Left out: SELECT 1;
END;

DOWNGRADE BEGIN
DROP TABLE f;
DROP TABLE t;
END;
)");
}

TEST(Convert, WithoutAStatementThereIsNoText) {
  ForeignMigration migration;
  migration.up = "-- later\nVACUUM;";
  const Converted result =
      Convert(migration, {"nothing", "abc", "", "2025-01-01 00:00:00"});
  EXPECT_TRUE(result.is_empty);
  EXPECT_EQ(result.text, "");
  EXPECT_EQ(result.failure, "");
  EXPECT_EQ(result.notes, Strings{"VACUUM cannot run in a transaction"});
}

// What is dropped takes no line feed with it that ends a comment.
TEST(Convert, DrawsNoStatementIntoAComment) {
  ForeignMigration migration;
  migration.up =
      "-- One.\nPRAGMA foreign_keys=off;DROP TABLE t;\n"
      "-- Two.\nBEGIN; COMMIT; DROP TABLE u;\n"
      "-- Three.\nBEGIN; -- Four.\nDROP TABLE v;\n";
  const Converted result =
      Convert(migration, {"t", "abc", "", "2025-01-01 00:00:00"});
  EXPECT_NE(result.text.find("UPGRADE BEGIN\n"
                             "-- One.\nDROP TABLE t;\n"
                             "-- Two.\n DROP TABLE u;\n"
                             "-- Three.\n -- Four.\nDROP TABLE v;\n"
                             "END;\n"),
            std::string::npos)
      << result.text;
}

}  // namespace
}  // namespace palindrome::importer
