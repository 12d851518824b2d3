#include "compiler/checks/suppress.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/parse/parse.h"

namespace palindrome::checks {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Kind;
using diagnostics::Severity;

// One migration, with findings placed at words of its text.
class SuppressTest : public ::testing::Test {
 protected:
  void Read(const std::string& header_clauses, const std::string& upgrade) {
    text_ = "MIGRATION 'test' REVISION 'a' REVISES NONE " + header_clauses +
            ";\nUPGRADE BEGIN\n" + upgrade + "\nEND;\nDOWNGRADE AUTO;\n";
    file_ = std::make_unique<source::File>("20250101_000000_test.sql", text_);
    diagnostics::Emitter emitter;
    std::vector<ast::Migration> migrations;
    migrations.push_back(parse::ParseMigration(*file_, emitter));
    is_read_ = emitter.diagnostics().empty();
    graph_ = graph::BuildGraph(std::move(migrations), {});
  }

  void Find(Kind kind, const std::string& word) {
    ASSERT_TRUE(is_read_ || is_broken_);
    const auto at = static_cast<std::uint32_t>(text_.find(word));
    const auto size = static_cast<std::uint32_t>(word.size());
    found_.push_back({kind,
                      diagnostics::Info(kind).severity,
                      {file_.get(), {at, at + size}},
                      "found",
                      {}});
  }

  // "tag: severity" of what remains, in order.
  std::vector<std::string> Remaining(bool judged = true) {
    Suppress(graph_, {judged}, settings_, found_);
    std::vector<std::string> remaining;
    for (const Diagnostic& diagnostic : found_) {
      remaining.push_back(diagnostics::Info(diagnostic.kind).tag.str() + ": " +
                          diagnostics::SeverityName(diagnostic.severity).str());
      messages_.push_back(diagnostic.message);
    }
    return remaining;
  }

  std::string text_;
  std::unique_ptr<source::File> file_;
  bool is_read_ = false;
  bool is_broken_ = false;  // As it shall be.
  graph::Graph graph_;
  std::vector<Diagnostic> found_;
  config::Settings settings_;
  std::vector<std::string> messages_;
};

using Strings = std::vector<std::string>;

TEST_F(SuppressTest, SilencesTheNextItemOnly) {
  Read("",
       "ALLOW drop-table-unarchived BECAUSE 'old';\nDROP TABLE a;\n"
       "DROP TABLE b;");
  Find(Kind::kDropTableUnarchived, "DROP TABLE a");
  Find(Kind::kDropTableUnarchived, "DROP TABLE b");
  EXPECT_EQ(Remaining(), Strings{"drop-table-unarchived: error"});
  EXPECT_EQ(found_[0].location.range.begin, text_.find("DROP TABLE b"));
}

TEST_F(SuppressTest, SilencesTheFileFromTheHeader) {
  Read("ALLOW drop-table-unarchived BECAUSE 'old'",
       "DROP TABLE a;\nDROP TABLE b;");
  Find(Kind::kDropTableUnarchived, "DROP TABLE a");
  Find(Kind::kDropTableUnarchived, "DROP TABLE b");
  EXPECT_EQ(Remaining(), Strings{});
}

TEST_F(SuppressTest, SilencesWhatAHeaderThatIsNotReadMayAllow) {
  is_broken_ = true;
  Read("ALOLW bad-file-name BECAUSE 'old'", "DROP TABLE a;");
  Find(Kind::kBadFileName, "'test'");
  Find(Kind::kDraftNotReviewed, "REVISION");  // A law.
  Find(Kind::kDropTableUnarchived, "DROP TABLE a");
  EXPECT_EQ(Remaining(), (Strings{"draft-not-reviewed: error",
                                  "drop-table-unarchived: error"}));
}

TEST_F(SuppressTest, SilencesAGroup) {
  Read("ALLOW data-loss BECAUSE 'old'", "DROP TABLE a;");
  Find(Kind::kDropTableUnarchived, "DROP TABLE a");
  Find(Kind::kDropColumnUnarchived, "DROP TABLE a");
  Find(Kind::kMixedDdlDml, "DROP TABLE a");
  EXPECT_EQ(Remaining(), Strings{"mixed-ddl-dml: error"});
}

TEST_F(SuppressTest, AGroupDoesNotSilenceWhatStandsBehindALaw) {
  Read("ALLOW reversibility BECAUSE 'no'", "DROP TABLE a;");
  Find(Kind::kMissingDowngrade, "DROP TABLE a");
  EXPECT_EQ(Remaining(),
            (Strings{"missing-downgrade: error", "unused-suppression: error"}));
}

TEST_F(SuppressTest, RefusesRulesThatCannotBeAllowed) {
  Read(
      "ALLOW missing-downgrade BECAUSE 'x' ALLOW multiple-heads BECAUSE 'x' "
      "ALLOW syntax-error BECAUSE 'x'",
      "DROP TABLE a;");
  EXPECT_EQ(Remaining(),
            (Strings{"rule-not-allowable: error", "rule-not-allowable: error",
                     "rule-not-allowable: error"}));
  EXPECT_EQ(messages_[0],
            "`missing-downgrade` cannot be allowed; correct what it reports");
  EXPECT_NE(messages_[1].find("palindrome.toml"), std::string::npos);
}

TEST_F(SuppressTest, SuggestsTheRuleThatWasMeant) {
  Read("ALLOW drop-tabel-unarchived BECAUSE 'x' ALLOW language BECAUSE 'x'",
       "DROP TABLE a;");
  EXPECT_EQ(Remaining(),
            (Strings{"unknown-rule: error", "unknown-rule: error"}));
  EXPECT_EQ(messages_[0],
            "there is no rule or group `drop-tabel-unarchived`; did you mean "
            "`drop-table-unarchived`?");
}

TEST_F(SuppressTest, WantsAReason) {
  Read("", "ALLOW drop-table-unarchived BECAUSE ' \t';\nDROP TABLE a;");
  Find(Kind::kDropTableUnarchived, "DROP TABLE a");
  EXPECT_EQ(Remaining(), Strings{"suppression-without-reason: error"});
}

TEST_F(SuppressTest, ReportsWhatSilencesNothingOnceAllRulesHaveRun) {
  Read("", "ALLOW drop-table-unarchived BECAUSE 'x';\nCREATE TABLE a (b);");
  EXPECT_EQ(Remaining(/*judged=*/false), Strings{});
  EXPECT_EQ(Remaining(/*judged=*/true), Strings{"unused-suppression: error"});
}

TEST_F(SuppressTest, AppliesSeverities) {
  Read("", "DROP TABLE a;");
  Find(Kind::kDropTableUnarchived, "DROP TABLE a");
  Find(Kind::kMixedDdlDml, "DROP TABLE a");
  Find(Kind::kUncommentedRawSql, "DROP TABLE a");
  Find(Kind::kSlugNotImperative, "DROP TABLE a");
  Find(Kind::kMissingDowngrade, "DROP TABLE a");
  settings_.severities[Kind::kDropTableUnarchived] = Severity::kOff;
  settings_.severities[Kind::kMixedDdlDml] = Severity::kWarning;
  settings_.severities[Kind::kMissingDowngrade] = Severity::kOff;
  EXPECT_EQ(Remaining(),
            (Strings{"mixed-ddl-dml: warning", "uncommented-raw-sql: warning",
                     "slug-not-imperative: note", "missing-downgrade: error"}));
}

TEST_F(SuppressTest, RaisesWarnings) {
  Read("", "DROP TABLE a;");
  Find(Kind::kUncommentedRawSql, "DROP TABLE a");
  Find(Kind::kSlugNotImperative, "DROP TABLE a");
  settings_.warnings_as_errors = true;
  EXPECT_EQ(Remaining(), (Strings{"uncommented-raw-sql: error",
                                  "slug-not-imperative: note"}));
}

TEST_F(SuppressTest, AnAllowOfARuleThatIsOffIsOfUse) {
  Read("", "ALLOW drop-table-unarchived BECAUSE 'x';\nDROP TABLE a;");
  Find(Kind::kDropTableUnarchived, "DROP TABLE a");
  settings_.severities[Kind::kDropTableUnarchived] = Severity::kOff;
  EXPECT_EQ(Remaining(), Strings{});
}

TEST_F(SuppressTest, ALockedMigrationIsLeftAloneByLaterRules) {
  ASSERT_EQ(diagnostics::Info(Kind::kDropTableUnarchived).rule_set, 1);
  ASSERT_EQ(diagnostics::Info(Kind::kMissingPrimaryKey).rule_set, 2);
  ASSERT_EQ(diagnostics::Info(Kind::kMissingDowngrade).policy,
            diagnostics::Policy::kLaw);
  const Strings earlier = {"drop-table-unarchived: error",
                           "missing-downgrade: error"};
  Strings all = earlier;
  all.insert(all.begin(), "missing-primary-key: error");
  for (const bool locked : {false, true}) {
    for (const auto rule_set : std::vector<std::uint16_t>{1, 2, 3}) {
      for (const bool lint_locked : {false, true}) {
        found_.clear();
        Read("", "DROP TABLE a;");
        Find(Kind::kMissingPrimaryKey, "DROP TABLE a");
        Find(Kind::kDropTableUnarchived, "DROP TABLE a");
        Find(Kind::kMissingDowngrade, "DROP TABLE a");
        graph_.revisions[0].locked = locked;
        graph_.revisions[0].rule_set = rule_set;
        settings_.lint_locked = lint_locked;
        EXPECT_EQ(Remaining(),
                  locked && rule_set < 2 && !lint_locked ? earlier : all)
            << locked << rule_set << lint_locked;
      }
    }
  }
}

TEST_F(SuppressTest, NotesOfStyleAndDeploymentAreSilentOnceLocked) {
  ASSERT_EQ(diagnostics::Info(Kind::kSlugNotImperative).severity,
            Severity::kNote);
  ASSERT_EQ(diagnostics::Info(Kind::kRowsSetAside).severity, Severity::kNote);
  for (const bool lint_locked : {false, true}) {
    found_.clear();
    Read("", "DROP TABLE a;");
    Find(Kind::kSlugNotImperative, "DROP TABLE a");
    Find(Kind::kRowsSetAside, "DROP TABLE a");
    graph_.revisions[0].locked = true;
    graph_.revisions[0].rule_set = diagnostics::CurrentRuleSet();
    settings_.lint_locked = lint_locked;
    EXPECT_EQ(Remaining(), lint_locked ? (Strings{"slug-not-imperative: note",
                                                  "rows-set-aside: note"})
                                       : Strings{"rows-set-aside: note"});
  }
}

TEST_F(SuppressTest, AnAllowMayHaveAFormerNameOfItsRule) {
  Read("", "ALLOW dml-without-where BECAUSE 'x';\nDELETE FROM a;");
  Find(Kind::kDmlWithoutInverse, "DELETE FROM a");
  EXPECT_EQ(Remaining(), Strings{});
}

}  // namespace
}  // namespace palindrome::checks
