// Renames that a hint settles, and those that nobody knows of.
#include "compiler/models/renames.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/models/read_models.h"

namespace palindrome::models {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Schema;

std::vector<std::string> Print(const std::vector<ast::Statement>& statements) {
  std::vector<std::string> lines;
  for (const ast::Statement& statement : statements) {
    lines.push_back(ast::Print(statement));
  }
  return lines;
}

const std::string kHinted =
    "struct PALINDROME_TABLE(\"tasks\") PALINDROME_RENAMED_FROM(\"task\") T {\n"
    "  int id;\n"
    "  PALINDROME_RENAMED_FROM(\"name\") std::string title;\n};";

std::vector<std::string> Hinted(const std::string& statement) {
  return Print(
      HintedRenames(testing::Read(kHinted)->models, Schema({statement})));
}

TEST(RenamesTest, Hints) {
  EXPECT_THAT(Hinted("CREATE TABLE task (id, name)"),
              ElementsAre("ALTER TABLE task RENAME TO tasks",
                          "ALTER TABLE tasks RENAME COLUMN name TO title"));
  EXPECT_THAT(Hinted("CREATE TABLE tasks (id, name)"),
              ElementsAre("ALTER TABLE tasks RENAME COLUMN name TO title"));
  EXPECT_THAT(Hinted("CREATE TABLE tasks (id, title)"), IsEmpty());
  EXPECT_THAT(Hinted("CREATE TABLE tasks (id, name, title)"), IsEmpty());
  EXPECT_THAT(Hinted("CREATE TABLE other (id, name)"), IsEmpty());
}

TEST(RenamesTest, PossibleOnes) {
  const auto possible = [](const std::vector<std::string>& before,
                           const std::vector<std::string>& after) {
    return Print(PossibleRenames(Schema(before), Schema(after)));
  };
  EXPECT_THAT(possible({"CREATE TABLE t (a INTEGER, b TEXT, c TEXT)"},
                       {"CREATE TABLE t (a INTEGER, d TEXT, e TEXT)"}),
              ElementsAre("ALTER TABLE t RENAME COLUMN b TO d",
                          "ALTER TABLE t RENAME COLUMN c TO e"));
  EXPECT_THAT(possible({"CREATE TABLE t (a INTEGER, b TEXT)"},
                       {"CREATE TABLE t (a INTEGER, d REAL)"}),
              IsEmpty());
  EXPECT_THAT(possible({"CREATE TABLE t (a, b)"}, {"CREATE TABLE u (a, b, c)"}),
              ElementsAre("ALTER TABLE t RENAME TO u"));
  EXPECT_THAT(possible({"CREATE TABLE t (a, b)"}, {"CREATE TABLE u (c, d)"}),
              IsEmpty());
}

}  // namespace
}  // namespace palindrome::models
