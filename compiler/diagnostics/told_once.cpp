#include "compiler/diagnostics/told_once.h"

#include <cstddef>
#include <string>
#include <utility>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

namespace palindrome::diagnostics {
namespace {

// What tells the finding from others; empty: it is told by itself. A program's
// queries are no history, and each is mended where it stands.
std::string SubjectOf(const Diagnostic& diagnostic) {
  constexpr Kind kBySubject[] = {Kind::kUnknownObject, Kind::kFkTargetInvalid,
                                 Kind::kDowngradeDoesNotApply,
                                 Kind::kUnknownParent,
                                 Kind::kDmlWithoutInverse};
  if (diagnostic.severity != Severity::kError) {
    return "";
  }
  // That the schema is another one is one thing, wherever it differs.
  if (diagnostic.kind == Kind::kDowngradeSchemaMismatch &&
      diagnostic.location.file != nullptr) {
    return "schema of " + diagnostic.location.file->name();
  }
  return llvm::is_contained(kBySubject, diagnostic.kind) ? diagnostic.subject
                                                         : "";
}

}  // namespace

void TellOnce(std::vector<Diagnostic>& diagnostics) {
  llvm::StringMap<std::size_t> first;  // By subject.
  std::vector<Diagnostic> told;
  told.reserve(diagnostics.size());
  for (Diagnostic& diagnostic : diagnostics) {
    const std::string subject = SubjectOf(diagnostic);
    const auto [found, is_new] = first.try_emplace(subject, told.size());
    if (!subject.empty() && !is_new) {
      const bool is_same = diagnostic.kind != Kind::kDowngradeSchemaMismatch;
      told[found->second].With(
          diagnostic.location,
          is_same ? "here as well" : std::move(diagnostic.message));
      continue;
    }
    told.push_back(std::move(diagnostic));
  }
  diagnostics = std::move(told);
}

}  // namespace palindrome::diagnostics
