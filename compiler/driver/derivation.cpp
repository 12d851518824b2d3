#include "compiler/driver/derivation.h"

#include <utility>

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

}  // namespace

Derivation DeriveDowngrade(const Simulation& upgrade) {
  return AsText(upgrade, reversal::Derive(upgrade));
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
