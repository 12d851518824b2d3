#include "compiler/driver/derivation.h"

#include <algorithm>
#include <utility>

#include "compiler/checks/differences.h"
#include "compiler/checks/suppress.h"
#include "compiler/driver/report.h"
#include "compiler/reversal/reversal.h"

namespace palindrome::driver {
namespace {

PALINDROME_TEXT(kNoInverse, kDowngradeNotDerivable,
                "`{0}` has no inverse that can be derived: {1}; write the "
                "downgrade",
                std::string, std::string);

using catalog::Simulation;
using diagnostics::Diagnostic;

Derivation AsText(const Simulation& upgrade, const reversal::Derived& derived) {
  Derivation derivation;
  for (const reversal::Derived::Refusal& refusal : derived.refusals) {
    derivation.refusals.push_back(
        {&upgrade.steps[refusal.step].item->statement, refusal.reason});
  }
  if (derivation.refusals.empty()) {
    derivation.section = ast::PrintDowngrade(derived.items);
  }
  return derivation;
}

// The statement whose inverse is the first not to apply, or else the last.
const ast::Statement* Culprit(const Simulation& upgrade,
                              const reversal::Derived& derived,
                              const Simulation& downgrade) {
  const auto broken =
      std::find_if(downgrade.steps.begin(), downgrade.steps.end(),
                   [](const catalog::Step& step) { return !step.applies; });
  const std::size_t step = broken == downgrade.steps.end()
                               ? upgrade.steps.size() - 1
                               : derived.undoes[static_cast<std::size_t>(
                                     broken - downgrade.steps.begin())];
  return &upgrade.steps[step].item->statement;
}

}  // namespace

Derivation DeriveDowngrade(const Simulation& upgrade) {
  return AsText(upgrade, reversal::Derive(upgrade));
}

Derivation DeriveProvenDowngrade(const ast::Migration& migration,
                                 const Simulation& upgrade,
                                 const config::Settings& settings,
                                 catalog::Engine& engine) {
  const reversal::Derived derived = reversal::Derive(upgrade);
  Derivation derivation = AsText(upgrade, derived);
  if (!derivation.refusals.empty() || upgrade.steps.empty()) {
    return derivation;
  }
  const Simulation downgrade =
      catalog::Simulate(derived.items, nullptr, upgrade.after, engine);
  std::vector<Diagnostic> problems = downgrade.problems;
  problems.insert(problems.end(), downgrade.consequences.begin(),
                  downgrade.consequences.end());
  const auto problem =
      std::find_if(problems.begin(), problems.end(), [&](const Diagnostic& it) {
        return !checks::IsTolerated(it, migration, settings);
      });
  if (problem != problems.end()) {
    return {"", {{Culprit(upgrade, derived, downgrade), problem->message}}};
  }
  const auto differences =
      checks::DifferencesOf(upgrade.before, downgrade.after);
  if (!differences.empty()) {
    const catalog::Step* change =
        checks::LastChangeOf(upgrade, differences.front());
    return {"",
            {{change != nullptr ? &change->item->statement
                                : Culprit(upgrade, derived, downgrade),
              differences.front().text + " after it"}}};
  }
  // A section that is written out cannot read an archive.
  if (std::any_of(
          upgrade.steps.begin(), upgrade.steps.end(),
          [](const catalog::Step& step) { return step.archive != nullptr; })) {
    derivation.section = "DOWNGRADE AUTO;\n";
  }
  return derivation;
}

std::string NameOf(const ast::Statement& statement) {
  const auto* opaque = std::get_if<ast::Opaque>(&statement.node);
  return opaque != nullptr
             ? opaque->verb
             : std::string(ast::StatementKindName(statement.kind()));
}

Diagnostic MakeRefusal(const ast::Migration& migration,
                       const Refusal& refusal) {
  Diagnostic diagnostic =
      diagnostics::Make(kNoInverse, {migration.file, refusal.statement->range},
                        NameOf(*refusal.statement), refusal.reason);
  if (migration.downgrade && migration.downgrade->is_auto) {
    diagnostic.With({migration.file, migration.downgrade->auto_range},
                    "the downgrade is to be derived here");
  }
  return diagnostic;
}

llvm::json::Object JsonDerivation(const Derivation& derivation,
                                  const source::File& file,
                                  llvm::StringRef section_key) {
  llvm::json::Array refusals;
  for (const Refusal& refusal : derivation.refusals) {
    refusals.push_back(llvm::json::Object{
        {"line", file.Resolve(refusal.statement->range.begin).line},
        {"statement", JsonText(NameOf(*refusal.statement))},
        {"reason", JsonText(refusal.reason)}});
  }
  llvm::json::Object object{{"refusals", std::move(refusals)}};
  object[section_key] = derivation.refusals.empty()
                            ? JsonText(derivation.section)
                            : llvm::json::Value(nullptr);
  return object;
}

}  // namespace palindrome::driver
