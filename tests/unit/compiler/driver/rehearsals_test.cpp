// What is reported of a rehearsal whose result no input is known to have: that
// the engine and the compiler's own catalog differ is a defect of the compiler.
#include <memory>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "compiler/driver/history_analysis.h"
#include "compiler/driver/migration_analysis.h"
#include "compiler/parse/parse.h"
#include "compiler/rehearse/sqlite/engine.h"

namespace palindrome::driver {
namespace {

class RehearsalsTest : public ::testing::Test {
 protected:
  RehearsalsTest()
      : file_("m.sql",
              "MIGRATION 'create a' REVISION 'a' REVISES NONE;\n"
              "UPGRADE BEGIN\n"
              "CREATE TABLE a (x INTEGER PRIMARY KEY);\n"
              "CREATE INDEX i ON a (x);\n"
              "END;\n"
              "DOWNGRADE AUTO;\n"),
        engine_(rehearse::sqlite::MakeEngine({})) {
    diagnostics::Emitter emitter;
    std::vector<ast::Migration> migrations;
    migrations.push_back(parse::ParseMigration(file_, emitter));
    graph_ = graph::BuildGraph(std::move(migrations), {});
    analysis_ = AnalyseMigration(graph_.revisions[0].migration, {}, settings_,
                                 *engine_, emitter);
    EXPECT_TRUE(emitter.diagnostics().empty());
    analysis_.rehearsal.emplace();
  }

  // "line: message [tag]" of the one finding.
  std::string Finding() {
    diagnostics::Emitter emitter;
    ReportRehearsal(graph_.revisions[0], analysis_, emitter);
    if (emitter.diagnostics().size() != 1) {
      return std::to_string(emitter.diagnostics().size()) + " findings";
    }
    const diagnostics::Diagnostic& finding = emitter.diagnostics()[0];
    return std::to_string(file_.Resolve(finding.location.range.begin).line) +
           ": " + finding.message + " [" +
           diagnostics::Info(finding.kind).tag.str() + "]";
  }

  rehearse::Result& result() { return *analysis_.rehearsal; }

  source::File file_;
  config::Settings settings_;
  std::unique_ptr<catalog::Engine> engine_;
  graph::Graph graph_;
  MigrationAnalysis analysis_;
};

constexpr char kReport[] =
    "; please report it as a defect of the compiler [simulation-mismatch]";

TEST_F(RehearsalsTest, TellsWhereTheEngineDiffers) {
  const SchemaDifference difference{"index", "i", "", "i (x)", ""};
  const std::string what =
      "the engine's catalog differs from the compiler's after this: index `i` "
      "is missing; it was to be `i (x)`";
  result().in_up = rehearse::StepDifference{1, difference};
  EXPECT_EQ(Finding(), "4: " + what + kReport);
  result().in_up = std::nullopt;
  result().after_up = {difference};
  EXPECT_EQ(Finding(), "4: " + what + kReport);
  result().after_up.clear();
  result().in_down = rehearse::StepDifference{0, difference};
  EXPECT_EQ(Finding(), "6: " + what + kReport);
}

TEST_F(RehearsalsTest, TellsThatTheSchemaBeforeCannotBeBuilt) {
  result().failure = rehearse::Failure{
      rehearse::Phase::kSetUp, 0,
      catalog::EngineError{catalog::EngineError::Class::kOther,
                           "no room",
                           "",
                           std::nullopt,
                           {}}};
  EXPECT_EQ(Finding(),
            std::string("2: the schema before this migration cannot be built: "
                        "no room") +
                kReport);
}

TEST_F(RehearsalsTest, IsSilentOfWhatIsAsItWasToBe) {
  EXPECT_EQ(Finding(), "0 findings");
}

}  // namespace
}  // namespace palindrome::driver
