// What rules make of a rehearsal that the compiler's own catalog does not
// foresee: here the result is made up, so that each part of it is heard.
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/checks/rule.h"
#include "compiler/diagnostics/kind.h"
#include "compiler/parse/parse.h"
#include "compiler/rehearse/sqlite/engine.h"
#include "compiler/reversal/reversal.h"
#include "tests/support/simulation.h"

namespace palindrome::checks {
namespace {

using Strings = std::vector<std::string>;

// A migration on a table `a` with columns x and y, and its analysis.
class RehearsalFindingsTest : public ::testing::Test {
 protected:
  void Read(const std::string& upgrade, const std::string& downgrade) {
    base_ = testing::SimulateStatements("CREATE TABLE a (x TEXT, y TEXT);");
    file_ = std::make_unique<source::File>(
        "20250101_000000_change_a.sql",
        "MIGRATION 'change a' REVISION 'a' REVISES NONE;\nUPGRADE BEGIN\n" +
            upgrade + "\nEND;\nDOWNGRADE " + downgrade + ";\n");
    diagnostics::Emitter emitter;
    std::vector<ast::Migration> migrations;
    migrations.push_back(parse::ParseMigration(*file_, emitter));
    ASSERT_TRUE(emitter.diagnostics().empty());
    graph_ = graph::BuildGraph(std::move(migrations), {});
    const auto engine = rehearse::sqlite::MakeEngine({});
    const ast::Migration& migration = graph_.revisions[0].migration;
    upgrade_ = catalog::Simulate(migration.upgrade.items, file_.get(),
                                 base_->simulation.after, *engine);
    downgrade_.is_auto = migration.downgrade->is_auto;
    if (downgrade_.is_auto) {
      reversal::Derived derived = reversal::Derive(upgrade_);
      downgrade_.items = std::move(derived.items);
      downgrade_.undoes = std::move(derived.undoes);
    }
    downgrade_.simulation =
        downgrade_.is_auto
            ? catalog::Simulate(downgrade_.items, nullptr, upgrade_.after,
                                *engine)
            : catalog::Simulate(migration.downgrade->items, file_.get(),
                                upgrade_.after, *engine);
  }

  void FailDown(std::size_t step) {
    down_.statements.push_back({0, "first", step, std::nullopt});
    result_.failure = rehearse::Failure{
        rehearse::Phase::kDown, 0,
        catalog::EngineError{catalog::EngineError::Class::kOther,
                             "no room",
                             "",
                             std::nullopt,
                             {}}};
  }

  // "line: message [tag]" of each finding.
  Strings Findings(bool with_program = true) {
    diagnostics::Emitter emitter;
    CheckMigration({graph_, graph_.revisions[0], upgrade_, downgrade_, &result_,
                    revisions_, &up_, with_program ? &down_ : nullptr},
                   emitter);
    Strings found;
    for (const auto& diagnostic : emitter.diagnostics()) {
      found.push_back(
          std::to_string(file_->Resolve(diagnostic.location.range.begin).line) +
          ": " + diagnostic.message + " [" +
          diagnostics::Info(diagnostic.kind).tag.str() + "]");
    }
    return found;
  }

  std::unique_ptr<testing::Simulated> base_;
  std::unique_ptr<source::File> file_;
  graph::Graph graph_;
  catalog::Simulation upgrade_;
  Downgrade downgrade_;
  rehearse::Result result_;
  lower::Program up_;
  lower::Program down_;
  RevisionOfFile revisions_;
};

constexpr char kIndex[] = "CREATE INDEX i ON a (x);\nCREATE INDEX j ON a (y);";
constexpr char kDropIndexes[] = "BEGIN\nDROP INDEX j;\nDROP INDEX i;\nEND";

TEST_F(RehearsalFindingsTest, NothingIsFoundIfNothingDiffers) {
  Read(kIndex, kDropIndexes);
  EXPECT_EQ(Findings(), Strings{});
}

TEST_F(RehearsalFindingsTest, ARefusalStandsAtTheDowngradeStatement) {
  Read(kIndex, kDropIndexes);
  FailDown(1);
  EXPECT_EQ(Findings(), Strings{"8: the engine refuses the downgrade here: no "
                                "room [downgrade-does-not-apply]"});
}

TEST_F(RehearsalFindingsTest, ARefusalWithoutProgramStandsAtTheSection) {
  Read(kIndex, kDropIndexes);
  FailDown(1);
  EXPECT_EQ(Findings(/*with_program=*/false),
            Strings{"6: the engine refuses the downgrade here: no room "
                    "[downgrade-does-not-apply]"});
}

TEST_F(RehearsalFindingsTest, ARefusedInverseStandsAtWhatItUndoes) {
  Read(kIndex, "AUTO");
  FailDown(1);
  EXPECT_EQ(Findings(), Strings{"3: the engine refuses the inverse of this "
                                "statement: no room "
                                "[downgrade-does-not-apply]"});
}

TEST_F(RehearsalFindingsTest, FailuresOfTheUpgradeAreNoneOfTheDowngrade) {
  Read(kIndex, kDropIndexes);
  FailDown(1);
  result_.failure->phase = rehearse::Phase::kUp;
  EXPECT_EQ(Findings(), Strings{});
}

TEST_F(RehearsalFindingsTest, WhatTheEngineSeesLeftOverIsBlamed) {
  Read(kIndex, kDropIndexes);
  result_.after_down = {{"index", "j", "", "", "present"},
                        {"table", "a", "column `x`", "TEXT", "BLOB"}};
  EXPECT_EQ(
      Findings(),
      (Strings{"4: index `j` is still there after the downgrade; undo this "
               "statement there [downgrade-schema-mismatch]",
               "6: column `x` of table `a` is `BLOB` instead of `TEXT` after "
               "the downgrade; undo no more than the upgrade does "
               "[downgrade-schema-mismatch]"}));
}

TEST_F(RehearsalFindingsTest, BothWitnessesAreHeardOnce) {
  Read(kIndex, "BEGIN\nDROP INDEX j;\nEND");
  result_.after_down = {{"index", "I", "", "", "present"}};
  EXPECT_EQ(Findings(),
            Strings{"3: index `i` is still there after the downgrade; undo "
                    "this statement there [downgrade-schema-mismatch]"});
}

TEST_F(RehearsalFindingsTest, TheOrderOfColumnsIsHeard) {
  Read(kIndex, kDropIndexes);
  result_.order_not_restored = {"A"};
  EXPECT_EQ(Findings().size(), 1U);
  EXPECT_NE(Findings()[0].find("[column-order-not-restored]"),
            std::string::npos);
}

TEST_F(RehearsalFindingsTest, RowsThatAreLeftAreHeard) {
  Read("INSERT INTO a (x, y) VALUES ('1', '2');", "BEGIN\nDELETE FROM a;\nEND");
  EXPECT_EQ(Findings(), Strings{});
  result_.rows_not_restored = {{"a", "", "id = 1", "", "there"}};
  EXPECT_EQ(
      Findings(),
      Strings{
          "3: rows are added to table `a`, and the row `id = 1` "
          "is in table `a` after the rehearsed downgrade and was not "
          "before; undo exactly what the upgrade did [dml-without-inverse]"});
}

}  // namespace
}  // namespace palindrome::checks
