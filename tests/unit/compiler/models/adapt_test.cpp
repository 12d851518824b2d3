// What models leave open is as the history has it, and all else is a
// difference.
#include "compiler/models/adapt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/autogenerate/operations.h"
#include "compiler/models/drift.h"
#include "tests/unit/compiler/models/read_models.h"

namespace palindrome::models {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Schema;

// "message at `place`".
std::vector<std::string> Drift(const std::string& text,
                               const std::vector<std::string>& statements) {
  const auto read = testing::Read(text);
  EXPECT_THAT(read->problems, IsEmpty());
  const catalog::Catalog history = Schema(statements);
  const catalog::Catalog wanted = Adapt(read->models, history);
  diagnostics::Emitter emitter;
  ReportDrift(read->models, history, wanted, {}, emitter);
  std::vector<std::string> lines;
  for (const diagnostics::Diagnostic& each : emitter.diagnostics()) {
    lines.push_back(each.message.substr(0, each.message.rfind(';')) + " at " +
                    read->Describe(each.location));
  }
  return lines;
}

// A table of one column beside its key.
std::string Field(const std::string& field) {
  return "enum class E { a PALINDROME_VALUE(\"a\"), b PALINDROME_VALUE(\"b\") "
         "};\n"
         "struct PALINDROME_TABLE(\"t\") T {\n"
         "  PALINDROME_PRIMARY_KEY std::int64_t id;\n  " +
         field + "\n};";
}
std::vector<std::string> FieldDrift(const std::string& field,
                                    const std::string& column) {
  return Drift(Field(field),
               {"CREATE TABLE t (id INTEGER PRIMARY KEY, " + column + ")"});
}

TEST(AdaptTest, TypesOfTheSameValues) {
  EXPECT_THAT(FieldDrift("int a;", "a BIGINT NOT NULL"), IsEmpty());
  EXPECT_THAT(FieldDrift("bool a;", "a BOOLEAN NOT NULL"), IsEmpty());
  EXPECT_THAT(FieldDrift("std::string a;", "a VARCHAR(20) NOT NULL"),
              IsEmpty());
  EXPECT_THAT(FieldDrift("double a;", "a DOUBLE PRECISION NOT NULL"),
              IsEmpty());
  EXPECT_THAT(FieldDrift("std::vector<std::byte> a;", "a BLOB NOT NULL"),
              IsEmpty());
  EXPECT_THAT(FieldDrift("std::chrono::sys_seconds a;", "a DATETIME NOT NULL"),
              IsEmpty());
  EXPECT_THAT(
      FieldDrift("std::string a;", "a INTEGER NOT NULL"),
      ElementsAre("column `a` of table `t` is `a TEXT NOT NULL`, and in the "
                  "history `a INTEGER NOT NULL` at `a`"));
  EXPECT_EQ(FieldDrift("int a;", "a BOOLEAN NOT NULL").size(), 1U);
  EXPECT_EQ(
      FieldDrift("PALINDROME_TYPE(\"INT\") int a;", "a BIGINT NOT NULL").size(),
      1U);
  EXPECT_THAT(FieldDrift("PALINDROME_TYPE(\"varchar (20)\") std::string a;",
                         "a VARCHAR(20) NOT NULL"),
              IsEmpty());
}

TEST(AdaptTest, TheRowidIsAnIntegerToTheLetter) {
  EXPECT_EQ(Drift("struct PALINDROME_TABLE(\"t\") T {\n"
                  "  PALINDROME_PRIMARY_KEY std::int64_t id; };",
                  {"CREATE TABLE t (id BIGINT PRIMARY KEY)"})
                .size(),
            1U);
  EXPECT_THAT(Drift("struct PALINDROME_TABLE(\"t\") T {\n"
                    "  PALINDROME_PRIMARY_KEY std::int64_t id; };",
                    {"CREATE TABLE t (id INTEGER NOT NULL, PRIMARY KEY (id))"}),
              IsEmpty());
}

TEST(AdaptTest, StrictTablesAreExact) {
  const std::string text =
      "struct PALINDROME_TABLE(\"t\") PALINDROME_STRICT T { int a; };";
  EXPECT_THAT(Drift(text, {"CREATE TABLE t (a INT NOT NULL) STRICT"}),
              IsEmpty());
  EXPECT_EQ(Drift(text, {"CREATE TABLE t (a ANY NOT NULL) STRICT"}).size(), 1U);
  EXPECT_THAT(
      Drift(text, {"CREATE TABLE t (a INT NOT NULL)"}),
      ElementsAre("table `t` is STRICT, and in the history it is not at `T`"));
}

TEST(AdaptTest, NamesOfConstraintsAndOrderOfEnumerators) {
  EXPECT_THAT(FieldDrift("PALINDROME_UNIQUE_COLUMN E a;",
                         "a TEXT NOT NULL, CONSTRAINT x UNIQUE (a), "
                         "CONSTRAINT y CHECK (a IN ('b', 'a'))"),
              IsEmpty());
  EXPECT_THAT(
      FieldDrift("E a;", "a TEXT NOT NULL CHECK (a IN ('b', 'a', 'c'))"),
      ElementsAre(
          "`CONSTRAINT ck_t_a CHECK (a IN ('a', 'b'))` of table `t` is not in "
          "the history at `a`",
          "`CHECK (a IN ('b', 'a', 'c'))` of table `t` is in the history alone "
          "at `a`"));
}

TEST(AdaptTest, ParentsKeyMayBeLeftOut) {
  EXPECT_THAT(FieldDrift("PALINDROME_REFERENCES(\"t\") std::optional<int> a;",
                         "a INTEGER REFERENCES t (id) ON DELETE NO ACTION"),
              IsEmpty());
  EXPECT_EQ(FieldDrift("PALINDROME_REFERENCES(\"t\") std::optional<int> a;",
                       "a INTEGER REFERENCES t (id) ON DELETE CASCADE")
                .size(),
            2U);
}

TEST(AdaptTest, DefaultsNullsAndCollations) {
  EXPECT_EQ(FieldDrift("int a;", "a INTEGER NOT NULL DEFAULT 1").size(), 1U);
  EXPECT_THAT(FieldDrift("PALINDROME_DEFAULT(\"1\") int a;",
                         "a INTEGER NOT NULL DEFAULT (1)"),
              IsEmpty());
  EXPECT_EQ(FieldDrift("int a;", "a INTEGER").size(), 1U);
  EXPECT_EQ(
      FieldDrift("std::string a;", "a TEXT NOT NULL COLLATE NOCASE").size(),
      1U);
}

TEST(AdaptTest, TablesAndIndexes) {
  EXPECT_THAT(
      Drift("struct PALINDROME_TABLE(\"t\") PALINDROME_INDEX(\"ix\", \"a\") "
            "T { int a; };\n"
            "struct PALINDROME_TABLE(\"new\") New { int a; };",
            {"CREATE TABLE t (a INTEGER NOT NULL)",
             "CREATE INDEX other ON t (a)", "CREATE TABLE old (a)",
             "CREATE INDEX ix_old ON old (a)", "CREATE VIEW v AS SELECT 1",
             "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END"}),
      ElementsAre("table `new` is not in the history at `New`",
                  "table `old` is in the history alone at nowhere",
                  "index `ix` is not in the history at `ix`",
                  "index `other` is in the history alone at `T`"));
}

TEST(AdaptTest, ColumnsThatComeAndGo) {
  EXPECT_THAT(
      Drift(Field("PALINDROME_CHECK_COLUMN(\"a > 0\") int a;"),
            {"CREATE TABLE t (id INTEGER PRIMARY KEY, b INTEGER UNIQUE)"}),
      ElementsAre("column `a` of table `t` is not in the history at `a`",
                  "column `b` of table `t` is in the history alone at `T`"));
}

}  // namespace
}  // namespace palindrome::models
