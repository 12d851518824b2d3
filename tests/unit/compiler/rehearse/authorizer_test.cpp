// A rehearsal is cut off from the world, and ends.
#include <gtest/gtest.h>

#include "compiler/rehearse/sqlite/connection.h"

namespace palindrome::rehearse::sqlite {
namespace {

using Class = catalog::EngineError::Class;

class Forbidden : public testing::TestWithParam<const char*> {};

TEST_P(Forbidden, IsAnErrorThatSaysSo) {
  Connection connection(nullptr);
  ASSERT_FALSE(connection.RunTrusted("CREATE TABLE t (a)"));
  const auto error = connection.Run(GetParam());
  ASSERT_TRUE(error);
  EXPECT_EQ(error->error_class, Class::kForbidden) << error->message;
}

INSTANTIATE_TEST_SUITE_P(
    Rehearsal, Forbidden,
    testing::Values(
        "ATTACH '/tmp/x.db' AS x", "ATTACH ':memory:' AS x", "DETACH main",
        "VACUUM INTO '/tmp/x.db'", "VACUUM", "SELECT load_extension('x')",
        "INSERT INTO t SELECT load_extension('x')",
        "PRAGMA writable_schema = ON", "PRAGMA journal_mode",
        "PRAGMA foreign_keys = ON", "PRAGMA temp_store_directory = '/tmp'",
        "SELECT * FROM pragma_table_info('t')",
        "UPDATE sqlite_master SET sql = 'x'", "DELETE FROM sqlite_schema",
        "BEGIN", "COMMIT", "SAVEPOINT s",
        "CREATE VIRTUAL TABLE x USING csv(filename = '/etc/passwd')"));

class Permitted : public testing::TestWithParam<const char*> {};

TEST_P(Permitted, Runs) {
  Connection connection(nullptr);
  ASSERT_FALSE(connection.RunTrusted(
      "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT, b)"));
  ASSERT_FALSE(connection.RunTrusted("CREATE INDEX ix ON t (b)"));
  const auto error = connection.Run(GetParam());
  EXPECT_FALSE(error) << error->message;
}

INSTANTIATE_TEST_SUITE_P(
    Rehearsal, Permitted,
    testing::Values("ALTER TABLE t ADD COLUMN c INTEGER CHECK (c > 0)",
                    "ALTER TABLE t RENAME TO u", "REINDEX", "ANALYZE",
                    "DELETE FROM sqlite_sequence",
                    "SELECT * FROM sqlite_master",
                    "INSERT INTO t (b) WITH RECURSIVE n (i) AS (SELECT 1 UNION "
                    "ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT i FROM n",
                    "INSERT INTO t (b) SELECT value FROM json_each('[1, 2]')",
                    "CREATE TABLE j (a CHECK (json_valid(a)), b AS"
                    " (json_extract(a, '$.b')))",
                    "CREATE INDEX json_index ON t (b ->> '$.x')",
                    "CREATE VIRTUAL TABLE f USING fts5(a)",
                    "CREATE TEMP TABLE x (a)", "CREATE TABLE temp.x (a)",
                    "CREATE TEMP VIEW x AS SELECT 1",
                    "CREATE TEMP TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; "
                    "END"));

TEST(Connection, AStatementThatDoesNotEndIsStopped) {
  Connection connection(nullptr);
  const auto error = connection.Run(
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
      " SELECT count(*) FROM n");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->message,
            "the statement was stopped after 20 million steps of the engine; "
            "it does not seem to end");
  // The next one has a budget of its own.
  EXPECT_FALSE(connection.Run("SELECT 1"));
}

TEST(Connection, AStatementMayNotFillTheMemory) {
  Connection connection(nullptr);
  ASSERT_FALSE(connection.RunTrusted("CREATE TABLE t (a)"));
  EXPECT_TRUE(connection.Run("INSERT INTO t VALUES (zeroblob(500000000))"));
}

TEST(Connection, TakesOneStatement) {
  Connection connection(nullptr);
  EXPECT_FALSE(connection.Run("SELECT 1; -- and no more"));
  const auto error = connection.Run("SELECT 1; SELECT 2");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->error_class, Class::kSyntax);
}

TEST(Connection, DoubleQuotedNamesAreNeverStrings) {
  Connection connection(nullptr);
  ASSERT_FALSE(connection.RunTrusted("CREATE TABLE t (a)"));
  EXPECT_EQ(connection.Run("INSERT INTO t VALUES (\"abc\")")->error_class,
            Class::kUnknownColumn);
}

struct Message {
  const char* sql;
  Class error_class;
  const char* name;
  const char* message;
};

class Messages : public testing::TestWithParam<Message> {};

TEST_P(Messages, AreClassified) {
  Connection connection(nullptr);
  ASSERT_FALSE(connection.RunTrusted("CREATE TABLE t (a UNIQUE, b NOT NULL)"));
  ASSERT_FALSE(connection.RunTrusted("INSERT INTO t VALUES (1, 1)"));
  const auto error = connection.Run(GetParam().sql);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->error_class, GetParam().error_class);
  EXPECT_EQ(error->name, GetParam().name);
  EXPECT_EQ(error->message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Rehearsal, Messages,
    testing::Values(
        Message{"SELECT * FROM u", Class::kUnknownTable, "u",
                "no such table: u"},
        Message{"DELETE FROM main.u", Class::kUnknownTable, "u",
                "no such table: main.u"},
        Message{"SELECT x FROM t", Class::kUnknownColumn, "x",
                "no such column: x"},
        Message{"INSERT INTO t (x) VALUES (1)", Class::kUnknownColumn, "x",
                "table t has no column named x"},
        Message{"SELECT f(1)", Class::kUnknownFunction, "f",
                "no such function: f"},
        Message{"SELECT a COLLATE icu FROM t ORDER BY 1",
                Class::kUnknownCollation, "icu",
                "no such collation sequence: icu"},
        Message{"SELECT 1 +", Class::kSyntax, "", "incomplete input"},
        Message{"SELECT 1 1", Class::kSyntax, "", "near \"1\": syntax error"},
        Message{"INSERT INTO t VALUES (1, 2)", Class::kOther, "",
                "UNIQUE constraint failed: t.a"},
        Message{"ALTER TABLE t ADD COLUMN c NOT NULL", Class::kOther, "",
                "cannot add a NOT NULL column with default value NULL"}));

TEST(NewerEngines, GuessAtNamesInDoubleQuotes) {
  const auto error =
      Classify(1,
               "no such column: \"a b\" - should this be a string literal in "
               "single-quotes?",
               -1, std::nullopt);
  EXPECT_EQ(error.error_class, Class::kUnknownColumn);
  EXPECT_EQ(error.name, "a b");
}

}  // namespace
}  // namespace palindrome::rehearse::sqlite
