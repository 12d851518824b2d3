#include "compiler/queries/layouts.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace palindrome::queries {
namespace {

using diagnostics::Kind;

class LayoutsTest : public ::testing::Test {
 protected:
  LayoutsTest() { unit_.files = {{"/project/a.cpp", ""}}; }

  void Add(bool is_else, bool fits, const std::string& sql = "SELECT 1",
           bool asks = true, Kind kind = Kind::kQueryUnknown) {
    Query query;
    query.unit = &unit_;
    query.text.value = sql;
    query.branches = {{{0, 10, 99}, is_else, asks, false}};
    program_.queries.push_back(query);
    verdicts_.emplace_back();
    if (!fits) {
      verdicts_.back().problems.push_back(
          {kind, diagnostics::Severity::kError, 0, 0, "no `pos`"});
    }
  }
  // "fits", "fails" or why it is not checked, for each.
  std::vector<std::string> Left() {
    LeaveOtherLayouts(program_, verdicts_);
    std::vector<std::string> left;
    for (const Verdict& verdict : verdicts_) {
      left.push_back(!verdict.unchecked.empty() ? verdict.unchecked
                     : verdict.HasErrors()      ? "fails"
                                                : "fits");
    }
    return left;
  }

  facts::Unit unit_;
  Program program_;
  std::vector<Verdict> verdicts_;
};

const char kOther[] = "the program asks first what the schema is, and no `pos`";
using Strings = std::vector<std::string>;

TEST_F(LayoutsTest, TheOtherBranchIsForAnotherSchema) {
  Add(false, true);
  Add(true, false);
  Add(true, false);
  EXPECT_EQ(Left(), (Strings{"fits", kOther, kOther}));
}

TEST_F(LayoutsTest, TheElseMayBeTheSchemas) {
  Add(false, false);
  Add(true, true);
  Add(false, true);
  EXPECT_EQ(Left(), (Strings{kOther, "fits", "fits"}));
}

TEST_F(LayoutsTest, AMistakeInTheSchemasBranchIsOne) {
  Add(false, true);
  Add(false, false);
  Add(true, false);
  EXPECT_EQ(Left(), (Strings{"fits", "fails", kOther}));
}

TEST_F(LayoutsTest, OneBranchAloneSaysNothing) {
  Add(true, false);
  EXPECT_EQ(Left(), (Strings{"fails"}));
}

TEST_F(LayoutsTest, BothMayBeWrong) {
  Add(false, false);
  Add(true, false);
  EXPECT_EQ(Left(), (Strings{"fails", "fails"}));
}

TEST_F(LayoutsTest, WhatMakesATableFitsNoSchema) {
  Add(false, true, "CREATE TABLE IF NOT EXISTS a (b)");
  Add(true, false);
  EXPECT_EQ(Left(), (Strings{"fits", "fails"}));
}

TEST_F(LayoutsTest, OtherConditionsAndOtherMistakesCount) {
  Add(false, true, "SELECT 1", /*asks=*/false);
  Add(true, false, "SELECT 1", /*asks=*/false);
  EXPECT_EQ(Left(), (Strings{"fits", "fails"}));
  Add(false, true);
  Add(true, false, "SELECT FROM", /*asks=*/true, Kind::kQuerySyntax);
  EXPECT_EQ(Left(), (Strings{"fits", "fails", "fits", "fails"}));
}

}  // namespace
}  // namespace palindrome::queries
