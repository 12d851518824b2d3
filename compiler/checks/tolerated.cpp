#include <algorithm>

#include "compiler/checks/suppress.h"

namespace palindrome::checks {

bool IsTolerated(const diagnostics::Diagnostic& diagnostic,
                 const ast::Migration& migration,
                 const config::Settings& settings) {
  const diagnostics::KindInfo& info = diagnostics::Info(diagnostic.kind);
  if (info.policy == diagnostics::Policy::kLaw) {
    return false;
  }
  if (settings.SeverityOf(diagnostic.kind) < diagnostics::Severity::kError) {
    return true;
  }
  return std::any_of(
      migration.allows.begin(), migration.allows.end(),
      [&](const ast::Allow& allow) {
        return allow.covers.contains(diagnostic.location.range) &&
               (diagnostics::FindKind(allow.rule.text) == diagnostic.kind ||
                allow.rule.text == diagnostics::GroupName(info.group).str());
      });
}

}  // namespace palindrome::checks
