#include "compiler/driver/loss.h"

#include <algorithm>

#include "llvm/ADT/STLExtras.h"

#include "compiler/reversal/reversal.h"

namespace palindrome::driver {

namespace {

// An ALLOW names a loss, or a group that has some.
bool IsSigned(const ast::Migration& migration) {
  return std::any_of(migration.allows.begin(), migration.allows.end(),
                     [](const ast::Allow& allow) {
                       const auto kind = diagnostics::FindKind(allow.rule.text);
                       const std::string name =
                           kind ? diagnostics::Info(*kind).tag.str()
                                : allow.rule.text;
#define PALINDROME_SIGNED_LOSS(Rule, OnUpgrade, OnDowngrade)    \
  if (name == Rule) {                                           \
    return OnUpgrade || OnDowngrade ||                          \
           kind == diagnostics::Kind::kDowngradeFailsOnOldRows; \
  }
#include "runtime/src/signed_losses.def"
                       return false;
                     });
}

bool IsPurge(const catalog::Step& step) {
  return std::holds_alternative<ast::PurgeArchive>(step.item->statement.node);
}

bool LosesOnUpgrade(const catalog::Simulation& upgrade,
                    const rehearse::Result& result) {
  return llvm::any_of(upgrade.steps, IsPurge) ||
         std::any_of(result.rows_not_restored.begin(),
                     result.rows_not_restored.end(),
                     [](const rehearse::RowChange& change) {
                       return !change.at_limits;
                     });
}

bool IsArchived(const catalog::Step& step) {
  return step.archive != nullptr;
}

// The downgrade takes rows or values away, be it those of what the upgrade
// made.
bool LosesOnDowngrade(const catalog::Simulation& downgrade,
                      const rehearse::Result& result) {
  return !result.changed_later.empty() ||
         std::any_of(
             downgrade.steps.begin(), downgrade.steps.end(),
             [](const catalog::Step& step) {
               if (catalog::IsTemporaryWork(step)) {
                 return false;
               }
               const auto losses =
                   reversal::Loses(step.item->statement, step.before);
               return std::any_of(
                   losses.begin(), losses.end(),
                   [](const reversal::Loss& loss) {
                     return loss.kind == reversal::LossKind::kDropsTable ||
                            loss.kind == reversal::LossKind::kDropsColumn ||
                            loss.kind == reversal::LossKind::kDeletesRows;
                   });
             });
}

}  // namespace

table::Loss ClassifyLoss(const ast::Migration& migration,
                         const MigrationAnalysis& analysis) {
  if (IsSigned(migration)) {
    return table::Loss::kSigned;
  }
  if (!analysis.rehearsal || !analysis.task->with_rows) {
    return table::Loss::kUnclassified;
  }
  const rehearse::Result& result = *analysis.rehearsal;
  if (LosesOnUpgrade(analysis.upgrade, result)) {
    return table::Loss::kOnUpgrade;
  }
  const bool fails_on_old =
      result.refused && result.refused->failure.phase == rehearse::Phase::kDown;
  if (fails_on_old || result.refused_later) {
    return table::Loss::kMayFailOnDowngrade;
  }
  if (LosesOnDowngrade(analysis.downgrade.simulation, result)) {
    return table::Loss::kOnDowngrade;
  }
  return llvm::any_of(analysis.upgrade.steps, IsArchived)
             ? table::Loss::kLosslessByArchive
             : table::Loss::kLossless;
}

}  // namespace palindrome::driver
