// Marks that stand where they say nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/compiler/models/read_models.h"

namespace palindrome::models {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Read;

constexpr char kTable[] = "struct PALINDROME_TABLE(\"t\") T { int a; };\n";

TEST(StraysTest, AreErrorsAtTheirPlace) {
  const auto read = [](const std::string& text) {
    return Read(kTable + text)->problems;
  };
  EXPECT_THAT(
      read("enum class PALINDROME_TABLE(\"e\") E { x };"),
      ElementsAre("`PALINDROME_TABLE` says nothing here: it stands at an enum "
                  "at `PALINDROME_TABLE(\"e\")`"));
  EXPECT_THAT(
      read("enum E { x PALINDROME_MAPS_TO(\"TEXT\") };"),
      ElementsAre("`PALINDROME_MAPS_TO` says nothing here: it stands at an "
                  "enumerator at `PALINDROME_MAPS_TO(\"TEXT\")`"));
  EXPECT_THAT(
      read("namespace n { struct U { PALINDROME_PRIMARY_KEY int a; }; }"),
      ElementsAre("`PALINDROME_PRIMARY_KEY` says nothing here: it stands at a "
                  "field of struct `n::U`, which is no table at "
                  "`PALINDROME_PRIMARY_KEY`"));
  EXPECT_THAT(
      read("struct PALINDROME_STRICT U { int a; };"),
      ElementsAre("`PALINDROME_STRICT` says nothing here: it stands at struct "
                  "`U`, which is no table at `PALINDROME_STRICT`"));
  EXPECT_THAT(
      read("struct PALINDROME_TABLE(\"u\") U {\n"
           "  int a; PALINDROME_COLUMN(\"c\") static int b; };"),
      ElementsAre("`PALINDROME_COLUMN` says nothing here: it stands at a "
                  "static member, which is no column at "
                  "`PALINDROME_COLUMN(\"c\")`"));
  EXPECT_THAT(read("PALINDROME_IGNORE extern int x;"),
              ElementsAre("`PALINDROME_IGNORE` says nothing here: it stands at "
                          "a variable at `PALINDROME_IGNORE`"));
  EXPECT_THAT(read("PALINDROME_IGNORE void F();"),
              ElementsAre("`PALINDROME_IGNORE` says nothing here: it stands at "
                          "a function at `PALINDROME_IGNORE`"));
  EXPECT_THAT(
      read("using A PALINDROME_TYPE(\"TEXT\") = int;"),
      ElementsAre("`PALINDROME_TYPE` says nothing here: it stands at another "
                  "name of a type at `PALINDROME_TYPE(\"TEXT\")`"));
}

TEST(StraysTest, WhatMeansSomethingIsNone) {
  EXPECT_THAT(
      Read("struct PALINDROME_UNIQUE(\"at\") Stamps {\n"
           "  PALINDROME_DEFAULT(\"0\") int at; };\n"
           "template <class T> struct Base : Stamps {\n"
           "  PALINDROME_COLUMN(\"of\") T t; };\n"
           "Base<char> elsewhere;\n"
           "struct PALINDROME_TABLE(\"t\") T : Base<int> {};\n"
           "struct PALINDROME_TABLE(\"later\") Later;\n"
           "struct Later { PALINDROME_PRIMARY_KEY int id; };\n"
           "enum class PALINDROME_MAPS_TO(\"TEXT\") E {\n"
           "  x PALINDROME_VALUE(\"y\") };\n"
           "struct PALINDROME_MAPS_TO(\"INTEGER\") Id { int value; };\n"
           "using Alias PALINDROME_MAPS_TO(\"REAL\") = Id;\n"
           "template <class T> using Row PALINDROME_MAPS_TO(\"TEXT\") = T*;\n"
           "template <class T> struct PALINDROME_TABLE(\"never\") Never {\n"
           "  PALINDROME_PRIMARY_KEY T id; };\n"
           "[[clang::annotate(\"palindrome::query\")]] void Run(const char*);\n"
           "[[clang::annotate(\"somebody's\")]] extern int x;\n")
          ->problems,
      IsEmpty());
}

// One unit sees the base alone, and another its table.
TEST(StraysTest, ABaseMayBeOneInAnotherUnit) {
  const std::string base =
      "#pragma once\n#include <palindrome/model.h>\n"
      "struct Base { PALINDROME_PRIMARY_KEY int id; };\n";
  EXPECT_THAT(Read({{"a.h", base},
                    {"b.h",
                     "#include \"a.h\"\nstruct PALINDROME_TABLE(\"b\") "
                     "B : Base {};\n"}})
                  ->problems,
              IsEmpty());
  EXPECT_EQ(
      Read({{"a.h", base}, {"b.h", "#include \"a.h\"\n"}})->problems.size(),
      1U);
}

}  // namespace
}  // namespace palindrome::models
