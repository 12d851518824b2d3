// The downgrade that can be derived for an upgrade, as text to be read or
// pasted into its file, or why there is none.
//
// Values; refusals point into the migration. Pure functions but for the engine.
#ifndef PALINDROME_COMPILER_DRIVER_DERIVATION_H_
#define PALINDROME_COMPILER_DRIVER_DERIVATION_H_

#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"

#include "compiler/catalog/engine.h"
#include "compiler/catalog/simulate.h"
#include "compiler/config/settings.h"
#include "compiler/diagnostics/emitter.h"

namespace palindrome::driver {

struct Refusal {
  const ast::Statement* statement = nullptr;  // Of the upgrade.
  std::string reason;
};

struct Derivation {
  std::string section;  // `DOWNGRADE BEGIN … END;`, or empty.
  std::vector<Refusal> refusals;
};

// What AUTO gives for the upgrade.
Derivation DeriveDowngrade(const catalog::Simulation& upgrade);

// The same, refused as well where the derived statements would not apply or
// not lead back to the schema before.
Derivation DeriveProvenDowngrade(const ast::Migration& migration,
                                 const catalog::Simulation& upgrade,
                                 const config::Settings& settings,
                                 catalog::Engine& engine);

// "UPDATE", "CREATE VIRTUAL TABLE".
std::string NameOf(const ast::Statement& statement);

// The refusal as AUTO reports it.
diagnostics::Diagnostic MakeRefusal(const ast::Migration& migration,
                                    const Refusal& refusal);

// {`section_key`: "…" or null, "refusals": […]}.
llvm::json::Object JsonDerivation(const Derivation& derivation,
                                  const source::File& file,
                                  llvm::StringRef section_key);

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_DERIVATION_H_
