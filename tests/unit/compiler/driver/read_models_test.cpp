// How models are found and read, and what `diff models` and `models` say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/driver/autogenerate_fixture.h"

namespace palindrome::driver {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// So that a build with CHECK_QUERIES parses nothing twice.
TEST_F(AutogenerateTest, UnitsAreReadAsForQueries) {
  SetModels(
      "struct PALINDROME_TABLE(\"t\") T {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n};\n");
  world_.files()["migrations/palindrome.toml"] =
      "[queries]\nfunctions = [\"db::Run:2\"]\n";
  const std::vector<std::string> functions = {"db::Run:2"};
  Run({"models", "models.h", "--cache", "kept"});
  EXPECT_EQ(options_.query_functions, functions);
  EXPECT_EQ(options_.cache, "kept");
  options_ = {};
  Run({"queries", "models.h", "--cache", "kept"});
  EXPECT_EQ(options_.query_functions, functions);
  EXPECT_EQ(options_.cache, "kept");
  options_ = {};
  Draft();
  EXPECT_EQ(options_.query_functions, functions);
}

TEST_F(AutogenerateTest, NoStructIsATable) {
  SetHistory("CREATE TABLE t (id INTEGER PRIMARY KEY);\n");
  SetModels("struct T {};\n");
  const auto outcome = Run({"models", "--check", "models.h"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("no struct is marked as a table"));
}

TEST_F(AutogenerateTest, DiffAndModelsSayTheTables) {
  SetHistory("CREATE TABLE t (id INTEGER PRIMARY KEY);\n");
  SetModels(
      "struct PALINDROME_TABLE(\"t\") T {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id; int a;\n};\n");
  auto outcome = Run({"diff", "head", "models", "--models", "models.h"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.out,
            "from `head` to `models`:\n"
            "  column `a` of table `t` is there as well\n");
  outcome = Run({"diff", "models", "models", "--models", "models.h"});
  EXPECT_EQ(outcome.status, 0);
  outcome = Run({"models", "models.h"});
  EXPECT_EQ(outcome.out,
            "CREATE TABLE t (\n  id INTEGER PRIMARY KEY,\n"
            "  a INTEGER NOT NULL\n);\n");
  outcome = Run({"models", "models.h", "--format", "json"});
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("\"struct\": \"T\""), HasSubstr("\"line\": 5")));
}

TEST_F(AutogenerateTest, ACompilationDatabase) {
  SetModels(
      "struct PALINDROME_TABLE(\"t\") T {\n"
      "  PALINDROME_PRIMARY_KEY std::int64_t id;\n};\n");
  world_.files()["far/b.cpp"] = "";
  world_.files()["a.cpp"] = "#include \"models.h\"\n";
  world_.files()["build/compile_commands.json"] =
      "[{\"directory\": \"/project/build\", \"file\": \"../far/b.cpp\","
      "  \"command\": \"c++ -std=c++20 -DFAR -c ../far/b.cpp\"},"
      " {\"directory\": \"/project/build\", \"file\": \"/project/a.cpp\","
      "  \"command\": \"c++ -std=c++20 -DNEAR -o a.o -c /project/a.cpp\"}]";
  auto outcome = world_.Run({"models", "-p", "build"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("CREATE TABLE t"));
  EXPECT_EQ(commands_.size(), 2U);
  outcome = world_.Run({"models", "models.h", "-p", "build"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  ASSERT_EQ(commands_.size(), 1U);
  EXPECT_EQ(commands_[0].file, "/project/models.h");
  EXPECT_THAT(commands_[0].arguments, ::testing::Contains("-DNEAR"));
  EXPECT_THAT(commands_[0].arguments,
              Not(::testing::Contains("/project/a.cpp")));
}

}  // namespace
}  // namespace palindrome::driver
