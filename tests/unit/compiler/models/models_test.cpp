// Structs as a schema, and what is wrong with them, at its place in the C++.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/models/read_models.h"

namespace palindrome::models {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Read;

void ExpectSchema(const std::string& text, const std::string& schema) {
  const auto read = Read(text);
  EXPECT_THAT(read->problems, IsEmpty());
  EXPECT_EQ(catalog::CanonicalText(read->models.catalog), schema);
}

void ExpectProblem(const std::string& text, const std::string& message,
                   const std::string& at) {
  const auto read = Read(text);
  ASSERT_GE(read->problems.size(), 1U) << text;
  EXPECT_THAT(read->problems[0], HasSubstr(message));
  EXPECT_THAT(read->problems[0], HasSubstr(" at `" + at + "`"));
}

// The same, of the first field of a table.
void ExpectFieldProblem(const std::string& field, const std::string& message,
                        const std::string& at) {
  ExpectProblem("struct PALINDROME_TABLE(\"t\") T {\n" + field + "\n};",
                message, at);
}

TEST(ModelsTest, ColumnsAndConstraints) {
  ExpectSchema(
      "enum class Status { kOpen PALINDROME_VALUE(\"open\"), kDone };\n"
      "enum class Lane { low = 1, high };\n"
      "struct PALINDROME_TABLE(\"users\") User {\n"
      "  PALINDROME_PRIMARY_KEY PALINDROME_AUTOINCREMENT std::int64_t id;\n"
      "  PALINDROME_COLUMN(\"order\") PALINDROME_COLLATE(\"NOCASE\")\n"
      "  PALINDROME_UNIQUE_COLUMN std::string name;\n"
      "  PALINDROME_DEFAULT(\"'open'\") Status status;\n"
      "  std::optional<Lane> lane;\n"
      "  PALINDROME_DEFAULT(\"-1\") int a;\n"
      "  PALINDROME_DEFAULT(\"1 + 2\") PALINDROME_CHECK_COLUMN(\"b > 0\") "
      "double b;\n"
      "  PALINDROME_TYPE(\"VARCHAR(20)\") Status kind;\n"
      "  PALINDROME_REFERENCES(\"users (id) ON DELETE SET NULL\")\n"
      "  std::optional<std::int64_t> boss;\n"
      "  PALINDROME_GENERATED_STORED(\"a + 1\") std::optional<int> next;\n"
      "  PALINDROME_IGNORE int* cached;\n"
      "};",
      "CREATE TABLE users (\n"
      "  id INTEGER PRIMARY KEY AUTOINCREMENT,\n"
      "  \"order\" TEXT NOT NULL COLLATE NOCASE UNIQUE,\n"
      "  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', "
      "'kDone')),\n"
      "  lane INTEGER CHECK (lane IN (1, 2)),\n"
      "  a INTEGER NOT NULL DEFAULT -1,\n"
      "  b REAL NOT NULL DEFAULT (1 + 2) CHECK (b > 0),\n"
      "  kind VARCHAR(20) NOT NULL CHECK (kind IN ('open', 'kDone')),\n"
      "  boss INTEGER REFERENCES users (id) ON DELETE SET NULL,\n"
      "  next INTEGER GENERATED ALWAYS AS (a + 1) STORED\n"
      ");\n");
}

TEST(ModelsTest, ConstraintsAndIndexesOfTheTable) {
  ExpectSchema(
      "struct PALINDROME_TABLE(\"cards\") PALINDROME_STRICT\n"
      "    PALINDROME_WITHOUT_ROWID\n"
      "    PALINDROME_UNIQUE(\"title COLLATE NOCASE\", \"number\")\n"
      "    PALINDROME_CHECK(\"ck\", \"number > 0\") PALINDROME_CHECK(\"\", "
      "\"board <> 3\")\n"
      "    PALINDROME_FOREIGN_KEY(\"board, up\", \"cards (board, number) ON "
      "DELETE CASCADE\")\n"
      "    PALINDROME_CONSTRAINT(\"CONSTRAINT uq UNIQUE (up) ON CONFLICT "
      "IGNORE\")\n"
      "    PALINDROME_INDEX(\"ix_a\", \"lower(title)\", \"number DESC\")\n"
      "    PALINDROME_UNIQUE_INDEX_WHERE(\"ix_b\", \"up IS NOT NULL\", "
      "\"title\") Card {\n"
      "  PALINDROME_PRIMARY_KEY int board;\n"
      "  PALINDROME_PRIMARY_KEY int number;\n"
      "  std::optional<int> up;\n  std::string title;\n};",
      "CREATE TABLE cards (\n"
      "  board INTEGER NOT NULL,\n"
      "  number INTEGER NOT NULL,\n"
      "  up INTEGER,\n"
      "  title TEXT NOT NULL,\n"
      "  PRIMARY KEY (board, number),\n"
      "  UNIQUE (title COLLATE NOCASE, number),\n"
      "  CONSTRAINT ck CHECK (number > 0),\n"
      "  CHECK (board <> 3),\n"
      "  FOREIGN KEY (board, up) REFERENCES cards (board, number) ON DELETE "
      "CASCADE,\n"
      "  CONSTRAINT uq UNIQUE (up) ON CONFLICT IGNORE\n"
      ") STRICT, WITHOUT ROWID;\n"
      "CREATE INDEX ix_a ON cards (lower(title), number DESC);\n"
      "CREATE UNIQUE INDEX ix_b ON cards (title) WHERE up IS NOT NULL;\n");
}

TEST(ModelsTest, TypesThatMapToNone) {
  ExpectFieldProblem("std::vector<int> bad;",
                     "field `bad` has the type `std::vector<int>`, which is no "
                     "column's",
                     "bad");
  ExpectFieldProblem("int* pointer;", "field `pointer` has the type `int *`",
                     "pointer");
  ExpectFieldProblem("std::wstring wide;", "which is no column's", "wide");
}

TEST(ModelsTest, EnumeratorsOfOneText) {
  const auto read = [](const std::string& enumerators) {
    return "enum class E { " + enumerators +
           " };\nstruct PALINDROME_TABLE(\"t\") T { E e; };";
  };
  ExpectProblem(read("a PALINDROME_VALUE(\"x\"), b PALINDROME_VALUE(\"x\")"),
                "enumerators `a` and `b` have the same text", "\"x\"");
  ExpectProblem(read("a PALINDROME_VALUE(\"b\"), b"),
                "enumerators `a` and `b` have the same text", "e");
  // Two names of one value are one.
  ExpectSchema(read("a PALINDROME_VALUE(\"x\"), b PALINDROME_VALUE(\"x\") = a"),
               "CREATE TABLE t (\n  e TEXT NOT NULL CHECK (e IN ('x'))\n);\n");
}

TEST(ModelsTest, MembersWithoutAName) {
  ExpectFieldProblem("union { int a; double b; };",
                     "a member without a name is no column", "union");
}

// What a mark holds stays in its place.
TEST(ModelsTest, MarksThatReachOut) {
  ExpectFieldProblem("PALINDROME_TYPE(\"TEXT NOT NULL\") std::optional<int> a;",
                     "`TEXT NOT NULL` is not the name of a type",
                     "\"TEXT NOT NULL\"");
  ExpectFieldProblem("PALINDROME_TYPE(\"TEXT, b INT\") int a;",
                     "is not the name of a type", "\"TEXT, b INT\"");
  ExpectFieldProblem("PALINDROME_TYPE(\"TEXT PRIMARY KEY\") int a;",
                     "is not the name of a type", "\"TEXT PRIMARY KEY\"");
  ExpectFieldProblem("PALINDROME_DEFAULT(\"1); DROP TABLE x; --\") int a;",
                     "it closes a parenthesis", "\"1); DROP TABLE x; --\"");
  ExpectFieldProblem("PALINDROME_DEFAULT(\"'a\") int a;", "is left open",
                     "\"'a\"");
  ExpectFieldProblem("PALINDROME_DEFAULT(\"1 /* x */\") int a;",
                     "it has a comment", "\"1 /* x */\"");
  ExpectFieldProblem("PALINDROME_CHECK_COLUMN(\"a > ?\") int a;",
                     "it has a parameter", "\"a > ?\"");
  ExpectFieldProblem("PALINDROME_CHECK_COLUMN(\"\") int a;", "it is empty",
                     "\"\"");
  ExpectFieldProblem("PALINDROME_REFERENCES(\"t (a) UNIQUE\") int a;",
                     "more than the constraint", "UNIQUE");
  ExpectFieldProblem("PALINDROME_CHECK_COLUMN(\"(a\") int a;",
                     "a parenthesis is left open", "\"(a\"");
  ExpectProblem(
      "struct PALINDROME_TABLE(\"t\") PALINDROME_INDEX(\"ix\", \"a, b\") T {\n"
      "  int a; int b; };",
      "more than the index", "PALINDROME_INDEX(\"ix\", \"a, b\")");
}

TEST(ModelsTest, ErrorsInsideOfALiteral) {
  ExpectFieldProblem(
      "PALINDROME_CHECK_COLUMN(\"a > 0 AND \" \"bb < 3\") int a;",
      "table `t` has no column `bb`", "bb");
  ExpectProblem(
      "struct PALINDROME_TABLE(\"t\") PALINDROME_UNIQUE(\"titel\") T {\n"
      "  std::string title; };",
      "table `t` has no column `titel`; did you mean `title`?", "titel");
  ExpectFieldProblem("PALINDROME_REFERENCES(\"user (id)\") int a;",
                     "refers to table `user`, which no struct is", "user");
}

TEST(ModelsTest, MarksInTheWrongPlace) {
  ExpectFieldProblem("PALINDROME_UNIQUE(\"a\") int a;",
                     "`PALINDROME_UNIQUE` belongs to a struct, and stands at a "
                     "field",
                     "PALINDROME_UNIQUE(\"a\")");
  ExpectFieldProblem("PALINDROME_TYPE(\"A\") PALINDROME_TYPE(\"B\") int a;",
                     "`PALINDROME_TYPE` stands there twice",
                     "PALINDROME_TYPE(\"B\")");
  ExpectFieldProblem("[[clang::annotate(\"palindrome:nothing\")]] int a;",
                     "is no mark that this Palindrome knows",
                     "clang::annotate(\"palindrome:nothing\")");
  ExpectFieldProblem("PALINDROME_AUTOINCREMENT int a;",
                     "that is not `PALINDROME_PRIMARY_KEY` alone",
                     "PALINDROME_AUTOINCREMENT");
  ExpectProblem(
      "struct PALINDROME_TABLE(\"t\") PALINDROME_PRIMARY_KEY_OF(\"a\") T {\n"
      "  PALINDROME_PRIMARY_KEY int a; };",
      "is said twice", "PALINDROME_PRIMARY_KEY_OF(\"a\")");
  ExpectProblem("struct PALINDROME_TABLE(\"t\") T {};",
                "has no field that is a column", "T");
  ExpectProblem("struct PALINDROME_TABLE(\"\") T { int a; };",
                "a name has one byte", "\"\"");
  ExpectProblem("struct PALINDROME_TABLE(\"sqlite_x\") T { int a; };",
                "reserved", "sqlite_x");
}

TEST(ModelsTest, OneTableTwice) {
  const auto read = Read(
      "struct PALINDROME_TABLE(\"t\") First { int a; };\n"
      "struct PALINDROME_TABLE(\"T\") Second { int a; };");
  EXPECT_THAT(read->problems,
              ElementsAre("table `T` is said by two structs, `First` and "
                          "`Second` at `Second`",
                          "the other struct is here at `First`"));
}

TEST(ModelsTest, SeveralUnits) {
  const std::string model =
      "#include <palindrome/model.h>\n"
      "struct PALINDROME_TABLE(\"t\") T { KIND a; };\n";
  const auto same = Read({{"a.h", "#define KIND int\n#include \"model.inc\"\n"},
                          {"b.h", "#define KIND int\n#include \"model.inc\"\n"},
                          {"model.inc", "#ifdef KIND\n" + model + "#endif\n"}});
  EXPECT_THAT(same->problems, IsEmpty());
  EXPECT_EQ(same->models.tables.size(), 1U);
  const auto other = Read({{"a.h", "#define KIND int\n" + model},
                           {"b.h", "#define KIND double\n" + model}});
  ASSERT_EQ(other->problems.size(), 2U);
  EXPECT_THAT(other->problems[0], HasSubstr("is defined otherwise"));
  EXPECT_EQ(other->problems[1], "the other one is here at `T`");
}

TEST(ModelsTest, WhatClangCannotRead) {
  const auto units =
      Read("struct PALINDROME_TABLE(\"t\") T { Missing a; };")->problems;
  ASSERT_GE(units.size(), 1U);
  EXPECT_EQ(units[0], "unknown type name 'Missing' at `Missing`");
}

}  // namespace
}  // namespace palindrome::models
