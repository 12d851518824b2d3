// A schema in SQL as what is wanted, and commands without Clang.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/golden/world.h"

namespace palindrome::driver {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ModelsCommandTest : public ::testing::Test {
 protected:
  ModelsCommandTest() {
    world_.files()["migrations/20250101_120000_create_users.sql"] =
        "MIGRATION 'create users' REVISION 'a1' REVISES NONE;\n"
        "UPGRADE BEGIN\n"
        "  CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);\n"
        "END;\nDOWNGRADE AUTO;\n";
  }
  testing::Outcome Run(const std::vector<std::string>& args) {
    return world_.Run(args);
  }
  void SetSchema(const std::string& text) {
    world_.files()["schema.sql"] = text;
  }
  testing::World world_;
};

TEST_F(ModelsCommandTest, ASchemaThatIsTheHistorys) {
  SetSchema("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);\n");
  auto outcome = Run(
      {"models", "--check", "schema.sql", "--stamp", "s", "--depfile", "d"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  ASSERT_EQ(outcome.written.size(), 2U);
  EXPECT_THAT(outcome.written[0].content, HasSubstr("s:"));
  EXPECT_THAT(outcome.written[0].content, HasSubstr("schema.sql"));
  EXPECT_THAT(outcome.written[0].content, HasSubstr("create_users.sql"));
  outcome = Run({"revision", "--autogenerate", "-m", "nothing to do",
                 "--schema", "schema.sql"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(outcome.written.empty());
  EXPECT_THAT(outcome.err, HasSubstr("there is nothing to write"));
}

TEST_F(ModelsCommandTest, DriftAtTheLineOfTheSchema) {
  SetSchema(
      "CREATE TABLE users (\n  id INTEGER PRIMARY KEY,\n"
      "  name TEXT NOT NULL, age INT\n);\n"
      "CREATE INDEX ix ON users (name);\n");
  const auto outcome = Run({"models", "--check", "schema.sql", "--stamp", "s"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(outcome.written.empty());
  EXPECT_THAT(outcome.err,
              HasSubstr("schema.sql:3:3: error: column `name` of table `users` "
                        "is `name TEXT NOT NULL`, and in the history `name "
                        "TEXT`; `palindrome revision --autogenerate` writes "
                        "the migration [model-drift]"));
  EXPECT_THAT(outcome.err, HasSubstr("schema.sql:3:23: error: column `age`"));
  EXPECT_THAT(outcome.err, HasSubstr("schema.sql:5:14: error: index `ix` is "
                                     "not in the history"));
  EXPECT_THAT(outcome.err,
              HasSubstr("the migration is written by `palindrome revision "
                        "--autogenerate -m MESSAGE --models schema.sql`"));
}

TEST_F(ModelsCommandTest, ADraftForTheSchema) {
  SetSchema(
      "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT "
      "'x');\n"
      "CREATE VIEW v AS SELECT name FROM users;\n");
  auto outcome = Run({"revision", "--autogenerate", "-m", "require names",
                      "--rev-id", "b2", "--schema", "schema.sql"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  ASSERT_EQ(outcome.written.size(), 1U);
  EXPECT_THAT(
      outcome.written[0].content,
      HasSubstr("MIGRATION 'require names'\n  REVISION 'b2'\n  REVISES  'a1'\n"
                "  CREATED  '2025-01-15 14:30:22'\n  DRAFT;\n\nUPGRADE BEGIN\n"
                "  ALTER TABLE users ALTER COLUMN name SET DEFAULT 'x';\n"
                "  UPDATE users SET name = ('x') WHERE name IS NULL;\n"
                "  PRESERVE ALTER TABLE users ALTER COLUMN name SET NOT NULL;\n"
                "  CREATE VIEW v AS SELECT name FROM users;\n"
                "END;\n\nDOWNGRADE AUTO;\n"));
  outcome = Run({"check"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("[draft-not-reviewed]"));
  std::string& text =
      world_.files()["migrations/20250115_143022_require_names.sql"];
  text.erase(text.find("\n  DRAFT"), 8);
  outcome = Run({"check"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(Run({"models", "--check", "schema.sql"}).status, 0);
}

TEST_F(ModelsCommandTest, AnEmptyHistory) {
  world_.files().clear();
  world_.files()["migrations/palindrome.toml"] = "";
  SetSchema("CREATE TABLE users (id INTEGER PRIMARY KEY);\n");
  const auto outcome = Run({"revision", "--autogenerate", "-m", "create users",
                            "--schema", "schema.sql"});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.written[0].content, HasSubstr("REVISES  NONE"));
  EXPECT_THAT(outcome.written[0].content, HasSubstr("CREATE TABLE users ("));
}

TEST_F(ModelsCommandTest, WithoutClang) {
  world_.files()["models.h"] = "struct T {};\n";
  for (const auto& args : std::vector<std::vector<std::string>>{
           {"models", "models.h", "--", "-std=c++20"},
           {"models", "--check", "models.h", "--", "-std=c++20"},
           {"revision", "--autogenerate", "-m", "add x", "--models", "models.h",
            "--", "-std=c++20"}}) {
    const auto outcome = Run(args);
    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.out, "");
    EXPECT_TRUE(outcome.written.empty());
    EXPECT_THAT(outcome.err, HasSubstr("this Palindrome cannot read C++"));
  }
  EXPECT_EQ(Run({"diff", "models", "head", "--models", "models.h", "--", "-x"})
                .status,
            2);
}

TEST_F(ModelsCommandTest, WhatCannotBeAsked) {
  const auto expect = [&](const std::vector<std::string>& args, int status,
                          const std::string& message) {
    const auto outcome = Run(args);
    EXPECT_EQ(outcome.status, status);
    EXPECT_THAT(outcome.err, HasSubstr(message));
  };
  world_.files()["models.h"] = "";
  SetSchema("");
  expect({"models"}, 2, "name the files with models");
  expect({"models", "models.h"}, 1, "say how the C++ is compiled");
  expect({"models", "models.h", "schema.sql"}, 1, "stands alone");
  expect({"models", "nothing.h", "--", "-x"}, 1, "there is no file");
  expect({"models", "models.h", "-p", "build"}, 1, "compile_commands.json");
  expect({"models", "models.h", "--depfile", "d"}, 2, "needs --stamp");
  expect({"revision", "-m", "add x", "--models", "models.h"}, 2,
         "--models is for --autogenerate");
  expect({"revision", "--autogenerate", "-m", "add x", "--schema", "none.sql"},
         1, "none.sql");
  world_.files()["build/compile_commands.json"] = "{}";
  expect({"models", "models.h", "-p", "build"}, 1, "no list of compile");
  world_.files()["build/compile_commands.json"] = "[]";
  expect({"models", "models.h", "-p", "build"}, 1, "no source of C++");
}

}  // namespace
}  // namespace palindrome::driver
