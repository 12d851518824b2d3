// A rehearsal finds what is not undone, and passes what is.
#include "compiler/rehearse/rehearse.h"

#include <chrono>

#include <gtest/gtest.h>

#include "compiler/rehearse/sqlite/engine.h"
#include "tests/unit/compiler/rehearse/rehearse_test_support.h"

namespace palindrome::rehearse {
namespace {

using Names = std::vector<std::string>;

Names Text(const std::vector<SchemaDifference>& differences) {
  Names names;
  for (const SchemaDifference& difference : differences) {
    names.push_back(difference.kind + " " + difference.name + " " +
                    difference.detail);
  }
  return names;
}

Names Tables(const std::vector<RowChange>& changes) {
  Names names;
  for (const RowChange& change : changes) {
    names.push_back(change.table);
  }
  return names;
}

void ExpectClean(const Result& result) {
  EXPECT_FALSE(result.failure) << result.failure->error.message;
  EXPECT_EQ(Text(result.after_up), Names{});
  EXPECT_EQ(Text(result.after_down), Names{});
  EXPECT_EQ(Text(result.after_up_again), Names{});
  EXPECT_EQ(result.order_not_restored, Names{});
  EXPECT_EQ(Tables(result.rows_not_restored), Names{});
}

constexpr char kBase[] =
    "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " name TEXT NOT NULL, display_name TEXT);"
    "CREATE TABLE tasks (id INTEGER PRIMARY KEY, owner INTEGER"
    " REFERENCES users (id) ON DELETE CASCADE, title TEXT);"
    "CREATE INDEX ix_tasks_owner ON tasks (owner) WHERE owner IS NOT NULL;"
    "CREATE VIEW owners AS SELECT u.name FROM users u JOIN tasks t ON"
    " t.owner = u.id;"
    "CREATE TRIGGER users_ad AFTER DELETE ON users BEGIN"
    " DELETE FROM tasks WHERE owner = old.id; END;";

TEST(Rehearse, WhatIsUndoneIsClean) {
  const std::pair<const char*, const char*> kPairs[] = {
      {"ALTER TABLE tasks ADD COLUMN status VARCHAR(20) NOT NULL DEFAULT 'x';"
       "CREATE INDEX ix_status ON tasks (status);",
       "DROP INDEX ix_status; ALTER TABLE tasks DROP COLUMN status;"},
      {"ALTER TABLE users ALTER COLUMN display_name SET NOT NULL;",
       "ALTER TABLE users ALTER COLUMN display_name DROP NOT NULL;"},
      {"ALTER TABLE tasks RENAME COLUMN title TO name;",
       "ALTER TABLE tasks RENAME COLUMN name TO title;"},
      {"ALTER TABLE users ADD CONSTRAINT u UNIQUE (name);",
       "ALTER TABLE users DROP CONSTRAINT u;"},
      {"INSERT INTO users (name) VALUES ('root');",
       "DELETE FROM users WHERE name = 'root';"},
      {"CREATE TABLE c (a PRIMARY KEY) WITHOUT ROWID;", "DROP TABLE c;"},
  };
  for (const auto& [up, down] : kPairs) {
    SCOPED_TRACE(up);
    const Case made = Make(kBase, up, down);
    const Result result = Rehearse(made.task);
    ExpectClean(result);
    EXPECT_EQ(result.after_digests.size(), made.task.after.size());
  }
}

TEST(Rehearse, WhatIsLeftOverIsFound) {
  const Case made = Make(kBase,
                         "CREATE VIEW titles AS SELECT title FROM tasks;"
                         "ALTER TABLE tasks ADD COLUMN extra;",
                         "DROP VIEW titles;");
  const Result result = Rehearse(made.task);
  EXPECT_EQ(Text(result.after_up), Names{});
  EXPECT_EQ(Text(result.after_down), Names{"table tasks column `extra`"});
  // It cannot be done twice either.
  ASSERT_TRUE(result.failure);
  EXPECT_EQ(result.failure->phase, Phase::kUpAgain);
  EXPECT_EQ(result.failure->statement, 1U);
}

TEST(Rehearse, ADifferenceFromTheCompilersCatalogIsFound) {
  Case made = Make(kBase, "CREATE TABLE extra (a, b);", "DROP TABLE extra;");
  const Case other =
      Make(kBase, "CREATE TABLE extra (a);", "DROP TABLE extra;");
  made.task.after = other.task.after;
  EXPECT_EQ(Text(Rehearse(made.task).after_up),
            Names{"table extra column `b`"});
}

TEST(Rehearse, EveryStepIsComparedOnItsOwn) {
  const std::string up =
      "CREATE TABLE extra (a TEXT DEFAULT 'x', b COLLATE NOCASE, c AS (a));"
      "CREATE INDEX ix_extra ON extra (lower(b) DESC) WHERE a > 1;"
      "ALTER TABLE extra ALTER COLUMN a SET NOT NULL;"
      "ALTER TABLE users RENAME COLUMN display_name TO shown;"
      "ALTER TABLE users ADD COLUMN more CHECK (more > 0);"
      "ALTER TABLE users DROP COLUMN more;"
      "CREATE TRIGGER extra_ad AFTER DELETE ON extra BEGIN DELETE FROM users;"
      " END;"
      "DROP TABLE extra;";
  const std::string down =
      "ALTER TABLE users RENAME COLUMN shown TO display_name;";
  Case made = Make(kBase, up, down);
  const StepChanges changes = ChangesOf(made.up.change);
  made.task.up_changes = changes;
  made.task.down_changes = ChangesOf(made.down.change);
  const Result result = Rehearse(made.task);
  ExpectClean(result);
  EXPECT_FALSE(result.in_up)
      << result.in_up->step << " " << result.in_up->difference.name;
  EXPECT_FALSE(result.in_down);
  // A step that the compiler takes to do nothing is blamed itself, though the
  // end is as expected.
  EXPECT_EQ(changes.size(), 7U);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    made.task.up_changes = changes;
    made.task.up_changes[i].clear();
    const Result other = Rehearse(made.task);
    EXPECT_EQ(Text(other.after_up), Names{}) << i;
    ASSERT_TRUE(other.in_up) << i;
    EXPECT_EQ(other.in_up->step, i);
  }
}

// The compiler's catalogs know more of these, and tell.
TEST(Rehearse, AnotherSpellingIsNoDifference) {
  const Case made = Make(
      "CREATE TABLE p (id INTEGER PRIMARY KEY);"
      "CREATE TABLE t (a CONSTRAINT f REFERENCES p (id) MATCH FULL);",
      "ALTER TABLE t DROP CONSTRAINT f;",
      "ALTER TABLE t ADD CONSTRAINT g FOREIGN KEY (a) REFERENCES p;");
  ExpectClean(Rehearse(made.task));
}

TEST(Rehearse, RowsThatStayBehindAreFound) {
  const Case made =
      Make(kBase, "INSERT INTO users (name) VALUES ('root'), ('guest');",
           "DELETE FROM users WHERE name = 'root';");
  EXPECT_EQ(Tables(Rehearse(made.task).rows_not_restored), Names{"users"});
}

TEST(Rehearse, ColumnsInAnotherOrderAreFound) {
  const Case made =
      Make("CREATE TABLE t (a, b, c);", "ALTER TABLE t DROP COLUMN b;",
           "ALTER TABLE t ADD COLUMN b;");
  const Result result = Rehearse(made.task);
  EXPECT_EQ(Text(result.after_down), Names{});
  EXPECT_EQ(result.order_not_restored, Names{"t"});
}

TEST(Rehearse, AFailureSaysWhere) {
  const Case made = Make(kBase,
                         "CREATE TABLE extra (a UNIQUE);"
                         "INSERT INTO extra VALUES (1);"
                         "INSERT INTO extra VALUES (1);",
                         "DROP TABLE extra;");
  const Result result = Rehearse(made.task);
  ASSERT_TRUE(result.failure);
  EXPECT_EQ(result.failure->phase, Phase::kUp);
  EXPECT_EQ(result.failure->statement, 2U);
  EXPECT_EQ(result.failure->error.message, "UNIQUE constraint failed: extra.a");
}

TEST(Rehearse, AGuardFails) {
  const Case made = Make(kBase,
                         "INSERT INTO users (name) VALUES ('root');"
                         "ALTER TABLE users ALTER COLUMN display_name SET NOT "
                         "NULL;",
                         "DELETE FROM users;");
  const Result result = Rehearse(made.task);
  ASSERT_TRUE(result.failure);
  EXPECT_EQ(result.failure->error.message,
            "column `users`.`display_name` holds NULL in 1 row");
}

TEST(Rehearse, ANewViolationFails) {
  const Case made = Make(kBase, "INSERT INTO tasks (owner) VALUES (77);",
                         "DELETE FROM tasks;");
  const Result result = Rehearse(made.task);
  ASSERT_TRUE(result.failure);
  EXPECT_EQ(
      result.failure->error.message,
      "the migration leaves a row of table `tasks` whose `owner` `77` has no "
      "parent in `users`; migrate or delete such rows first");
}

TEST(Rehearse, WithoutADowngradeOnlyTheUpgradeRuns) {
  Case made = Make(kBase, "CREATE TABLE extra (a);", "DROP TABLE extra;");
  made.task.down.reset();
  const Result result = Rehearse(made.task);
  ExpectClean(result);
  EXPECT_EQ(result.after_digests.size(), made.task.after.size());
}

TEST(Rehearse, DigestsAreThoseOfTheSlice) {
  const Case made = Make(kBase, "CREATE TABLE extra (a);", "DROP TABLE extra;");
  const auto rehearsed = Rehearse(made.task).after_digests;
  const auto built = sqlite::SliceDigests(made.task.after, {});
  ASSERT_EQ(rehearsed.size(), made.task.after.size());
  ASSERT_EQ(built.size(), rehearsed.size());
  for (std::size_t i = 0; i < built.size(); ++i) {
    EXPECT_EQ(built[i].digest, rehearsed[i].digest);
    EXPECT_EQ(built[i].name, made.task.after[i]->name());
  }
}

TEST(Rehearse, IsFast) {
  const Case made = Make(kBase, "ALTER TABLE tasks ADD COLUMN status TEXT;",
                         "ALTER TABLE tasks DROP COLUMN status;");
  constexpr int kTimes = 200;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < kTimes; ++i) {
    ASSERT_FALSE(Rehearse(made.task).failure);
  }
  const auto spent = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - start);
  RecordProperty("microseconds", static_cast<int>(spent.count() / kTimes));
  // A wide bound, for slow machines and sanitizers.
  EXPECT_LT(spent.count() / kTimes, 50'000);
}

}  // namespace
}  // namespace palindrome::rehearse
