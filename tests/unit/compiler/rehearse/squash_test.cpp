// The proof of a squash: every way to leave something else is seen.
#include "compiler/rehearse/squash.h"

#include <gtest/gtest.h>

namespace palindrome::rehearse {
namespace {

using Statements = std::vector<std::string>;

lower::Program ProgramOf(const Statements& statements) {
  lower::Program program;
  for (const std::string& statement : statements) {
    program.statements.push_back({0, statement, 0, std::nullopt});
  }
  return program;
}

// What is left otherwise by the squash after `before`, without made-up rows.
std::string Prove(const Statements& before, const Statements& chain,
                  const Statements& squash) {
  const lower::Program past = ProgramOf(before);
  const lower::Program original = ProgramOf(chain);
  const lower::Program own = ProgramOf(squash);
  SquashTask task;
  task.before = {&past};
  task.chain = {&original};
  task.squash = &own;
  return ProveSquash(task);
}

constexpr char kTable[] = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)";

TEST(SquashProof, TheSameInOtherWordsIsTheSame) {
  EXPECT_EQ(Prove({kTable},
                  {"ALTER TABLE t ADD COLUMN b TEXT",
                   "INSERT INTO t VALUES (1, 'x', 'y')"},
                  {"ALTER TABLE \"t\" ADD  \"b\" TEXT",
                   "INSERT INTO t (b, a) VALUES ('y', 'x')"}),
            "");
  // Tables made in another order.
  EXPECT_EQ(Prove({}, {"CREATE TABLE a (x)", "CREATE TABLE b (x)"},
                  {"CREATE TABLE b (x)", "CREATE TABLE a (x)"}),
            "");
}

TEST(SquashProof, SchemasThatDiffer) {
  EXPECT_EQ(Prove({}, {kTable, "CREATE INDEX i ON t (a)"}, {kTable}),
            "index `i` is missing");
  EXPECT_NE(Prove({}, {kTable}, {kTable, "CREATE VIEW v AS SELECT 1"}), "");
  EXPECT_EQ(Prove({}, {"CREATE TABLE t (a, b)"}, {"CREATE TABLE t (b, a)"}),
            "the columns of table `t` have another order");
}

TEST(SquashProof, TriggersThatFireInAnotherOrder) {
  const std::string one =
      "CREATE TRIGGER one AFTER INSERT ON t BEGIN SELECT 1; END";
  const std::string two =
      "CREATE TRIGGER two AFTER INSERT ON t BEGIN SELECT 2; END";
  EXPECT_EQ(Prove({kTable}, {one, two}, {two, one}),
            "the triggers of a table have another order");
}

TEST(SquashProof, RowsThatDiffer) {
  EXPECT_EQ(Prove({kTable}, {"INSERT INTO t VALUES (1, 'x')"},
                  {"INSERT INTO t VALUES (2, 'x')"}),
            "the numbers of rows, or the counters of AUTOINCREMENT, are "
            "others");
  const std::string counted =
      "CREATE TABLE c (id INTEGER PRIMARY KEY AUTOINCREMENT)";
  EXPECT_EQ(Prove({counted}, {"INSERT INTO c VALUES (9)", "DELETE FROM c"},
                  {"DELETE FROM c"}),
            "the numbers of rows, or the counters of AUTOINCREMENT, are "
            "others");
}

TEST(SquashProof, WhatDependsOnMoreShowsNothing) {
  for (const char* value :
       {"CURRENT_TIMESTAMP", "random()", "changes()", "sqlite_version()"}) {
    const std::string insert =
        std::string("INSERT INTO t (a) VALUES (") + value + ")";
    EXPECT_NE(Prove({kTable}, {insert}, {insert})
                  .find("that cannot be shown; what they leave depends on"),
              std::string::npos)
        << value;
    // Before the chain it does no harm.
    EXPECT_EQ(Prove({kTable, insert}, {"DELETE FROM t WHERE id > 1"},
                    {"DELETE FROM t WHERE id > 1"}),
              "");
  }
  EXPECT_EQ(Prove({kTable, "CREATE VIRTUAL TABLE f USING fts5(a)"},
                  {"DELETE FROM t"}, {"DELETE FROM t"}),
            "that cannot be shown, since the virtual table `f` is there");
}

TEST(SquashProof, FailuresAreTold) {
  EXPECT_EQ(Prove({kTable}, {"DROP TABLE t"}, {"DROP TABLE u"}).substr(0, 54),
            "of its own statements, they fail one after the other: ");
  EXPECT_EQ(Prove({"DROP TABLE u"}, {kTable}, {kTable}).substr(0, 28),
            "what comes before it fails: ");
}

TEST(SquashProof, ContentsAreReadAfterTheChain) {
  const lower::Program program =
      ProgramOf({kTable, "INSERT INTO t VALUES (3, 'x')"});
  const Left left = RunForContents({&program}, nullptr);
  EXPECT_EQ(left.problem, "");
  ASSERT_EQ(left.contents.objects.size(), 1U);
  EXPECT_EQ(left.contents.rows,
            Statements{"INSERT INTO t (id, a) VALUES (3, 'x')"});
  const lower::Program broken = ProgramOf({"DROP TABLE u"});
  EXPECT_NE(RunForContents({&broken}, nullptr).problem, "");
}

}  // namespace
}  // namespace palindrome::rehearse
