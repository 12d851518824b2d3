// Snapshots: what they bring back, and what keeps a history from having one.
#include "compiler/rehearse/snapshot.h"

#include <gtest/gtest.h>

#include "tests/unit/compiler/lower/lowering_test_support.h"

namespace palindrome::rehearse {
namespace {

lower::Program ProgramOf(const std::vector<std::string>& statements) {
  lower::Program program;
  for (const std::string& statement : statements) {
    program.statements.push_back({0, statement, 0, std::nullopt});
  }
  return program;
}

Snapshot Take(const std::vector<std::string>& statements,
              const StandIns* stand_ins = nullptr) {
  const lower::Program program = ProgramOf(statements);
  return TakeSnapshot({&program}, stand_ins);
}

// A database in which the snapshot of the statements was run.
std::unique_ptr<test::Database> Made(
    const std::vector<std::string>& statements) {
  const Snapshot snapshot = Take(statements);
  EXPECT_EQ(snapshot.obstacle, "");
  auto database = std::make_unique<test::Database>();
  EXPECT_EQ(database->Apply(ProgramOf(snapshot.statements)), "");
  return database;
}

TEST(Snapshot, IsWhatTheUpgradesLeave) {
  const Snapshot snapshot =
      Take({"CREATE TABLE a (id INTEGER)", "ALTER TABLE a ADD COLUMN b TEXT",
            "CREATE TABLE gone (id INTEGER)", "DROP TABLE gone"});
  EXPECT_EQ(snapshot.obstacle, "");
  EXPECT_EQ(snapshot.statements,
            std::vector<std::string>{"CREATE TABLE a (id INTEGER, b TEXT)"});
}

TEST(Snapshot, KeepsRowsNumbersAndSequences) {
  const auto database = Made(
      {"CREATE TABLE plain (a TEXT, b)",
       "INSERT INTO plain VALUES ('x', 1.5), (NULL, x'00ff'), ('it''s', NULL)",
       "DELETE FROM plain WHERE a = 'x'",
       "CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT)",
       "INSERT INTO counted DEFAULT VALUES", "INSERT INTO counted VALUES (9)",
       "DELETE FROM counted WHERE id = 9",
       "CREATE TABLE keyed (k TEXT PRIMARY KEY, v TEXT) WITHOUT ROWID",
       "INSERT INTO keyed VALUES ('b', '2'), ('a', '1')",
       "CREATE TABLE hidden (rowid TEXT, n INTEGER AS (1) STORED)",
       "INSERT INTO hidden VALUES ('r')"});
  EXPECT_EQ(database->Query("SELECT rowid, a, hex(b) FROM plain"),
            (std::vector<std::string>{"2|NULL|00FF", "3|it's|"}));
  EXPECT_EQ(database->Query("SELECT seq FROM sqlite_sequence"),
            std::vector<std::string>{"9"});
  EXPECT_EQ(database->Query("SELECT k, v FROM keyed"),
            (std::vector<std::string>{"a|1", "b|2"}));
  EXPECT_EQ(database->Query("SELECT rowid, n FROM hidden"),
            std::vector<std::string>{"r|1"});
}

TEST(Snapshot, ItsRowsFireNoTrigger) {
  const auto database =
      Made({"CREATE TABLE t (a TEXT)", "CREATE TABLE log (a TEXT)",
            "CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES "
            "(new.a); END",
            "INSERT INTO t VALUES ('x')", "DELETE FROM log",
            "CREATE VIEW v AS SELECT a FROM t"});
  EXPECT_EQ(database->Query("SELECT count(*) FROM log"),
            std::vector<std::string>{"0"});
  EXPECT_EQ(database->Query("SELECT a FROM v"), std::vector<std::string>{"x"});
}

TEST(Snapshot, ManyRowsAreSeveralStatements) {
  const std::string fill =
      "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n "
      "WHERE i < 20000) INSERT INTO t SELECT i, 'text ' || i FROM n";
  const auto database =
      Made({"CREATE TABLE t (i INTEGER PRIMARY KEY, s TEXT)", fill});
  EXPECT_EQ(database->Query("SELECT count(*), sum(i), max(s) FROM t"),
            std::vector<std::string>{"20000|200010000|text 9999"});
}

struct Obstacle {
  std::vector<std::string> statements;
  std::string why;
};

TEST(Snapshot, WhatMayBeOtherwiseNextTimeHasNone) {
  const Obstacle kObstacles[] = {
      {{"CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES (datetime('now'))"},
       "what they leave depends on the clock"},
      {{"CREATE TABLE t (a TEXT DEFAULT CURRENT_TIMESTAMP, b)",
        "INSERT INTO t (b) VALUES (1)"},
       "what they leave depends on the clock"},
      {{"CREATE TABLE t (a TEXT)",
        "INSERT INTO t SELECT 1 WHERE date('now') > '1990-01-01'"},
       "what they leave depends on the clock"},
      {{"CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES (random() % 1)"},
       "what they leave depends on `random()`"},
      {{"CREATE TABLE t (a TEXT)",
        "INSERT INTO t VALUES (last_insert_rowid())"},
       "what they leave depends on `last_insert_rowid()`"},
      {{"CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES (sqlite_version())"},
       "what they leave depends on `sqlite_version()`"},
      {{"CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES (slug('x'))"},
       "what they leave depends on functions of the application"},
      {{"CREATE TABLE t (a TEXT)",
        "INSERT INTO t VALUES (datetime('2020-07-01 12:00', 'localtime'))"},
       "what they leave depends on the time zone"},
      {{"CREATE TABLE t (a TEXT)",
        "INSERT INTO t SELECT page_size FROM pragma_page_size"},
       "what they leave depends on settings of the database"},
      {{"CREATE VIRTUAL TABLE f USING fts5 (a)"},
       "they leave the virtual table `f` behind"},
      {{"CREATE TEMP TABLE t (a)"},
       "they leave the temporary table `t` behind"},
      {{"CREATE TABLE t (a)", "INSERT INTO nowhere VALUES (1)"},
       "they fail one after the other: no such table: nowhere"},
  };
  StandIns stand_ins;
  stand_ins.functions = {{"slug", 1}};
  for (const Obstacle& obstacle : kObstacles) {
    const Snapshot snapshot = Take(obstacle.statements, &stand_ins);
    EXPECT_EQ(snapshot.obstacle, obstacle.why);
    EXPECT_TRUE(snapshot.statements.empty());
  }
}

// A default that nothing has asked for yet is only text.
TEST(Snapshot, AClockThatIsNotLookedAtIsNoObstacle) {
  EXPECT_EQ(Take({"CREATE TABLE t (a TEXT DEFAULT CURRENT_TIMESTAMP)",
                  "INSERT INTO t VALUES ('2025')",
                  "INSERT INTO t VALUES (date('2025-01-01', '+1 day'))"})
                .obstacle,
            "");
}

}  // namespace
}  // namespace palindrome::rehearse
