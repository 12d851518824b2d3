// Says what the rehearsals showed of the upgrades.

#include <algorithm>

#include "compiler/catalog/apply.h"
#include "compiler/checks/row_changes.h"
#include "compiler/driver/history_analysis.h"

namespace palindrome::driver {

namespace {

PALINDROME_TEXT(kMismatch, kSimulationMismatch,
                "the engine's catalog differs from the compiler's after this: "
                "{0}; please report it as a defect of the compiler",
                std::string);
PALINDROME_TEXT(kNoSetUp, kSimulationMismatch,
                "the schema before this migration cannot be built: {0}; please "
                "report it as a defect of the compiler",
                std::string);
PALINDROME_TEXT(kNotAgain, kReupgradeFails,
                "the upgrade fails after the downgrade: {0}", std::string);
PALINDROME_TEXT(kRowNotAgain, kReupgradeFails,
                "the upgrade fails after the downgrade on a row such as `{0}` "
                "of table `{1}`: {2}",
                std::string, std::string, std::string);
PALINDROME_TEXT(kOtherwiseAgain, kReupgradeFails,
                "the upgrade after the downgrade gives another schema: {0}",
                std::string);

std::string Describe(const SchemaDifference& difference) {
  std::string text = difference.kind + " `" + difference.name + "`";
  if (!difference.detail.empty()) {
    text = difference.detail + " of " + text;
  }
  if (difference.left.empty() && !difference.right.empty()) {
    return text + " is there as `" + difference.right + "`";
  }
  if (difference.right.empty() && !difference.left.empty()) {
    return text + " is missing; it was to be `" + difference.left + "`";
  }
  return text + " is `" + difference.right + "` instead of `" +
         difference.left + "`";
}

class Reporter {
 public:
  Reporter(const graph::Revision& revision, const MigrationAnalysis& analysis,
           diagnostics::Emitter& emitter)
      : file_(revision.migration.file),
        keyword_(revision.migration.upgrade.keyword),
        downgrade_(revision.migration.downgrade ? &*revision.migration.downgrade
                                                : nullptr),
        analysis_(analysis),
        emitter_(emitter) {}

  void Failed(const rehearse::Failure& failure) {
    switch (failure.phase) {
      case rehearse::Phase::kSetUp:
        emitter_.Emit(kNoSetUp, {file_, keyword_}, failure.error.message);
        return;
      case rehearse::Phase::kUp: {
        const lower::Statement& statement =
            analysis_.task->up.statements[failure.statement];
        const catalog::Step& step = analysis_.upgrade.steps[statement.step];
        emitter_.Emit(catalog::DescribeEngineError(
            failure.error, StepLocation(statement.step), step.before,
            statement.source_offset));
        return;
      }
      case rehearse::Phase::kDown:
        return;
      case rehearse::Phase::kUpAgain: {
        const auto step = analysis_.task->up.statements[failure.statement].step;
        emitter_.Emit(kNotAgain, StepLocation(step), failure.error.message);
        return;
      }
    }
  }

  void Refused(const rehearse::Refused& refused) {
    const auto step =
        analysis_.task->up.statements[refused.failure.statement].step;
    emitter_.Emit(kRowNotAgain, StepLocation(step), refused.row, refused.table,
                  refused.failure.error.message);
  }

  // After one step of the upgrade, or of the downgrade.
  void Differs(const rehearse::StepDifference& found, bool down) {
    emitter_.Emit(kMismatch,
                  down ? DownLocation(found.step) : StepLocation(found.step),
                  Describe(found.difference));
  }

  // One error for all differences: they have one cause as a rule.
  void Differs(const std::vector<SchemaDifference>& differences, bool again) {
    if (differences.empty()) {
      return;
    }
    const SchemaDifference& first = differences.front();
    emitter_.Emit(again ? kOtherwiseAgain : kMismatch,
                  StepLocation(BlamedStep(first)), Describe(first));
  }

 private:
  source::Location StepLocation(std::size_t step) const {
    return {file_, analysis_.upgrade.steps[step].item->statement.range};
  }

  source::Location DownLocation(std::size_t step) const {
    const ast::Section& section = *downgrade_;
    return {
        file_,
        section.is_auto
            ? section.auto_range
            : analysis_.downgrade.simulation.steps[step].item->statement.range};
  }

  // The last step that mentions the object.
  std::size_t BlamedStep(const SchemaDifference& difference) const {
    const auto& steps = analysis_.upgrade.steps;
    const std::string name = sql::FoldCase(difference.name);
    for (std::size_t i = steps.size(); i-- > 0;) {
      if (catalog::MentionedNames(steps[i].item->statement).count(name) != 0) {
        return i;
      }
    }
    return steps.size() - 1;
  }

  const source::File* file_;
  source::Range keyword_;
  const ast::Section* downgrade_;
  const MigrationAnalysis& analysis_;
  diagnostics::Emitter& emitter_;
};

}  // namespace

void ReportRehearsal(const graph::Revision& revision,
                     const MigrationAnalysis& analysis,
                     diagnostics::Emitter& emitter) {
  if (!analysis.rehearsal) {
    return;
  }
  Reporter reporter(revision, analysis, emitter);
  const rehearse::Result& result = *analysis.rehearsal;
  // After a downgrade that does not restore the schema, or leaves rows behind
  // that nobody signed, going up again says nothing of the upgrade.
  const bool signs_rows = checks::SignsRows(revision.migration);
  const bool restored = result.after_down.empty() &&
                        (result.rows_not_restored.empty() || signs_rows);
  if (result.failure &&
      (restored || result.failure->phase != rehearse::Phase::kUpAgain)) {
    reporter.Failed(*result.failure);
  }
  if (analysis.upgrade.steps.empty()) {
    return;
  }
  // What follows from rows that were signed is for a rule to say.
  if (restored && !signs_rows && result.refused &&
      result.refused->failure.phase == rehearse::Phase::kUpAgain) {
    reporter.Refused(*result.refused);
  }
  if (result.in_up) {
    reporter.Differs(*result.in_up, /*down=*/false);
    return;
  }
  reporter.Differs(result.after_up, /*again=*/false);
  if (result.in_down && result.after_up.empty()) {
    reporter.Differs(*result.in_down, /*down=*/true);
  }
  if (restored && result.after_up.empty()) {
    reporter.Differs(result.after_up_again, /*again=*/true);
  }
}

}  // namespace palindrome::driver
