// Which objects statements leave behind.
#include "runtime/src/made_objects.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/src/program.h"

namespace palindrome {
namespace {

std::string Made(const std::vector<std::string>& statements) {
  std::vector<ProgramStatement> program;
  for (const std::string& sql : statements) {
    program.push_back({0, sql});
  }
  std::string text;
  for (const auto& [kind, name] : FindMadeObjects(program)) {
    text += (text.empty() ? "" : ", ") + kind + " " + name;
  }
  return text;
}

TEST(MadeObjects, AreWhatIsCreated) {
  EXPECT_EQ(Made({"CREATE TABLE Users (id)",
                  "create unique index ix ON users"
                  " (id)",
                  "CREATE VIEW IF NOT EXISTS main.\"a view\" AS SELECT 1",
                  "CREATE TRIGGER [t r] AFTER INSERT ON users BEGIN "
                  "DELETE FROM x; END",
                  "CREATE VIRTUAL TABLE `docs` USING fts5(a)"}),
            "index ix, table docs, table users, trigger t r, view a view");
}

TEST(MadeObjects, AreNotTemporaryOnesNorRows) {
  EXPECT_EQ(Made({"CREATE TEMP TABLE a (x)",
                  "CREATE TEMPORARY VIEW b AS "
                  "SELECT 1",
                  "INSERT INTO c VALUES ('CREATE TABLE d (x)')",
                  "SELECT 'CREATE TABLE e (x)'", "", "-- CREATE TABLE f (x)"}),
            "");
}

TEST(MadeObjects, GoWithTheirTable) {
  EXPECT_EQ(Made({"CREATE TABLE a (x)", "CREATE INDEX i ON a (x)",
                  "CREATE TRIGGER t BEFORE UPDATE OF x ON main.A BEGIN SELECT "
                  "1; END",
                  "CREATE TABLE b (x)", "CREATE INDEX j ON b (x)",
                  "DROP TABLE IF EXISTS A"}),
            "index j, table b");
  EXPECT_EQ(Made({"CREATE VIEW v AS SELECT 1",
                  "CREATE TRIGGER t INSTEAD OF INSERT ON v BEGIN SELECT 1; END",
                  "DROP VIEW v"}),
            "");
  EXPECT_EQ(Made({"CREATE TABLE a (x)", "CREATE INDEX i ON a (x)",
                  "DROP INDEX main.i"}),
            "table a");
}

// As the rebuild of a table is.
TEST(MadeObjects, AreFollowedWhereTheyAreRenamed) {
  EXPECT_EQ(Made({"CREATE TABLE a (x)", "CREATE INDEX i ON a (x)",
                  "CREATE TABLE new_a (x)", "DROP TABLE a",
                  "ALTER TABLE new_a RENAME TO a", "CREATE INDEX k ON a (x)",
                  "ALTER TABLE a RENAME TO \"B\"",
                  "ALTER TABLE b RENAME COLUMN x TO y", "DROP TABLE c"}),
            "index k, table b");
  EXPECT_EQ(Made({"CREATE TABLE a (x)", "CREATE INDEX i ON a (x)",
                  "ALTER TABLE a RENAME TO b", "DROP TABLE b"}),
            "");
}

TEST(MadeObjects, AreNothingOfWhatIsNoStatement) {
  EXPECT_EQ(Made({"CREATE TABLE kept (x)", "DROP", "DROP TABLE", "ALTER TABLE",
                  "ALTER TABLE RENAME TO", "CREATE", "CREATE UNIQUE",
                  "CREATE SEQUENCE s", "'"}),
            "table kept");
}

}  // namespace
}  // namespace palindrome
