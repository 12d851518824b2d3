// SQL that the program says is not to be checked.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/queries/find.h"
#include "tests/unit/compiler/queries/find_fixture.h"

namespace palindrome::queries {
namespace {

using ::testing::UnorderedElementsAre;

TEST_F(FindTest, KnowsWhatIsNotToBeChecked) {
  Read({{"a.cpp", R"cpp(
#include <palindrome/query.h>
#include <string>
           void Exec(const char* sql) {
             sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
           }
           void Run(bool is_old) {
             if (is_old)
               PALINDROME_UNCHECKED("old files") {
                 Exec("in a block");
                 auto later = [] { Exec("in a lambda"); };
                 later();
               }
             else
               Exec("else");
             PALINDROME_UNCHECKED("one") Exec("a statement");
             Exec("after");
             const char* sql;
             PALINDROME_UNCHECKED("set") sql = "assigned";
             Exec(sql);
           }
           PALINDROME_UNCHECKED("all of it") void Old();
           void Old() {
             Exec("in a function");
           }
         )cpp"}});
  EXPECT_THAT(Reasons(), UnorderedElementsAre("in a block: old files",
                                              "in a lambda: old files",
                                              "else: ", "a statement: one",
                                              "after: ", "assigned: set",
                                              "in a function: all of it"));
}

TEST_F(FindTest, DeclarationsMayBeUnchecked) {
  Read({{"a.cpp", R"cpp(
#include <palindrome/query.h>
#include <string>
           int Exec(const char* sql) {
             return sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
           }
           PALINDROME_UNCHECKED("global") const char* kOld = "of all";
           PALINDROME_UNCHECKED("list")
           constexpr const char* kList[] = {"in a list"};
           void Run() {
             PALINDROME_UNCHECKED("call") int code = Exec("a call");
             PALINDROME_UNCHECKED("value") const char* sql = "a value";
             PALINDROME_UNCHECKED("sum") std::string sum = "a sum";
             const char* other = "another";
             Exec(sql);
             Exec(other);
             Exec(sum.c_str());
             Exec(kOld);
             Exec(kList[0]);
           }
         )cpp"}});
  EXPECT_THAT(Reasons(), UnorderedElementsAre(
                             "a call: call", "a value: value", "a sum: sum",
                             "another: ", "of all: global", "in a list: list"));
}

TEST_F(FindTest, WhatAnUncheckedWrapperIsGivenIsNotChecked) {
  const std::string open = R"cpp(
#include <palindrome/query.h>
    int Old(const char* sql);
    int Exec(const char* sql);
    int Both(const char* sql);
  )cpp";
  Read({{"a.cpp", open + R"cpp(
           int Old(const char* sql) {
             PALINDROME_UNCHECKED("old")
             return sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
           }
           int Exec(const char* sql) {
             return sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
           }
           int Both(const char* sql) {
             Old(sql);
             return Exec(sql);
           }
         )cpp"},
        {"b.cpp", open + R"cpp(
           int Through(const char* sql) {
             return Old(sql);
           }
           void Run() {
             Old("old");
             Through("through");
             PALINDROME_UNCHECKED("own") Old("own");
             Exec("new");
             Both("both");
           }
         )cpp"}});
  EXPECT_THAT(Reasons(), UnorderedElementsAre("old: old", "through: old",
                                              "own: own", "new: ", "both: "));
}

}  // namespace
}  // namespace palindrome::queries
