#include "compiler/diagnostics/told_once.h"

#include <cstddef>
#include <string>
#include <utility>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

namespace palindrome::diagnostics {
namespace {

// A program's queries are no history, and each is mended where it stands.
constexpr Kind kOfHistories[] = {Kind::kUnknownObject, Kind::kFkTargetInvalid,
                                 Kind::kDowngradeDoesNotApply,
                                 Kind::kUnknownParent};

bool MissesSomething(const Diagnostic& diagnostic) {
  return !diagnostic.missing.empty() &&
         diagnostic.severity == Severity::kError &&
         llvm::is_contained(kOfHistories, diagnostic.kind);
}

}  // namespace

void TellOnce(std::vector<Diagnostic>& diagnostics) {
  llvm::StringMap<std::size_t> first;  // By what is missing.
  std::vector<Diagnostic> told;
  told.reserve(diagnostics.size());
  for (Diagnostic& diagnostic : diagnostics) {
    if (MissesSomething(diagnostic)) {
      const auto [found, is_new] =
          first.try_emplace(diagnostic.missing, told.size());
      if (!is_new) {
        told[found->second].With(diagnostic.location, "here as well");
        continue;
      }
    }
    told.push_back(std::move(diagnostic));
  }
  diagnostics = std::move(told);
}

}  // namespace palindrome::diagnostics
