// What the tests of squashes start with: a history of four migrations.
#ifndef PALINDROME_TESTS_UNIT_COMPILER_DRIVER_SQUASH_FIXTURE_H_
#define PALINDROME_TESTS_UNIT_COMPILER_DRIVER_SQUASH_FIXTURE_H_

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/driver/environment.h"
#include "tests/golden/world.h"

namespace palindrome::driver::squash {

using testing::FileMap;
using testing::Outcome;
using testing::World;
using Args = std::vector<std::string>;

inline std::string Text(const std::string& id, const std::string& revises,
                        const std::string& upgrade,
                        const std::string& downgrade = "AUTO",
                        const std::string& clauses = "") {
  return "MIGRATION 'make " + id + "'\n  REVISION '" + id + "'\n  REVISES " +
         revises + clauses + ";\nUPGRADE BEGIN\n" + upgrade +
         "END;\nDOWNGRADE " + downgrade + ";\n";
}

inline std::string PathOf(int day, const std::string& id) {
  return "migrations/2025010" + std::to_string(day) + "_120000_make_" + id +
         ".sql";
}

inline constexpr char kSquashPath[] = "migrations/20250115_143022_squash_%.sql";

inline std::string SquashPath(const std::string& what) {
  std::string path = kSquashPath;
  return path.replace(path.find('%'), 1, what);
}

// a1: users with a row; b2: tasks; c3: a column and its rows; d4: an index.
inline FileMap FourMigrations() {
  return {
      {PathOf(1, "a1"),
       Text("a1", "NONE",
            "  CREATE TABLE users (\n    id INTEGER PRIMARY KEY,\n"
            "    name TEXT NOT NULL\n  );\n"
            "  INSERT INTO users VALUES (1, 'root');\n")},
      {PathOf(2, "b2"),
       Text("b2", "'a1'",
            "  CREATE TABLE tasks (\n"
            "    id INTEGER PRIMARY KEY AUTOINCREMENT,\n"
            "    owner INTEGER REFERENCES users (id),\n    title TEXT\n  );\n"
            "  CREATE TABLE labels (task INTEGER REFERENCES tasks (id), word "
            "TEXT);\n"
            "  INSERT INTO labels (word) VALUES ('new'), ('old');\n")},
      {PathOf(3, "c3"), Text("c3", "'b2'",
                             "  -- Who is away.\n"
                             "  ALTER TABLE users ADD COLUMN away INTEGER;\n"
                             "  UPDATE users SET away = 0;\n")},
      {PathOf(4, "d4"),
       Text("d4", "'c3'", "  CREATE INDEX ix_tasks_title ON tasks (title);\n")},
  };
}

class SquashTest : public ::testing::Test {
 protected:
  SquashTest() {
    world_.files() = FourMigrations();
    world_.files()["migrations/palindrome.toml"] =
        "[rules]\nmissing-primary-key = \"off\"\n";
  }

  void Lock() { ASSERT_EQ(world_.Run({"lock"}).status, kSuccess); }

  Outcome Squash(const std::string& range, const Args& more = {}) {
    Args args = {"squash", range, "--approved-by", "Ada", "--rev-id", "s1"};
    args.insert(args.end(), more.begin(), more.end());
    return world_.Run(args);
  }

  // Neither a status of success nor a file that is another.
  void ExpectRefused(const std::string& range, const std::string& reason) {
    const FileMap before = world_.files();
    const Outcome outcome = Squash(range);
    EXPECT_EQ(outcome.status, kFindings);
    EXPECT_NE(outcome.err.find(reason), std::string::npos) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_TRUE(world_.files() == before);
  }

  void ExpectClean() {
    const Outcome outcome = world_.Run({"check", "--locked"});
    EXPECT_EQ(outcome.status, kSuccess) << outcome.err;
  }

  World world_;
};

}  // namespace palindrome::driver::squash

#endif  // PALINDROME_TESTS_UNIT_COMPILER_DRIVER_SQUASH_FIXTURE_H_
