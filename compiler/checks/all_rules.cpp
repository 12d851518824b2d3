#include <algorithm>

#include "compiler/checks/rule.h"

namespace palindrome::checks {

llvm::ArrayRef<const Rule*> AllRules() {
  static constexpr const Rule* kRules[] = {
#define PALINDROME_RULE(Kind, Name, Group, Level, Policy, Set) &Kind##Rule,
#include "compiler/checks/rules.def"
  };
  return kRules;
}

const Rule* FindRule(diagnostics::Kind kind) {
  const auto rules = AllRules();
  const auto* const found =
      std::find_if(rules.begin(), rules.end(),
                   [&](const Rule* rule) { return rule->kind == kind; });
  return found == rules.end() ? nullptr : *found;
}

void CheckGraph(const graph::Graph& graph, diagnostics::Emitter& emitter) {
  for (const Rule* rule : AllRules()) {
    if (rule->check_graph != nullptr) {
      rule->check_graph(graph, emitter);
    }
  }
}

bool LooksAt(diagnostics::Kind kind, const graph::Revision& revision,
             const config::Settings& settings) {
  const diagnostics::KindInfo& info = diagnostics::Info(kind);
  if (info.policy == diagnostics::Policy::kLaw) {
    return true;
  }
  return !revision.lock_unknown && (!revision.locked || settings.lint_locked ||
                                    info.rule_set <= revision.rule_set);
}

void CheckMigration(const MigrationContext& context,
                    diagnostics::Emitter& emitter) {
  for (const Rule* rule : AllRules()) {
    CheckMigration(*rule, context, emitter);
  }
}

void CheckMigration(const Rule& rule, const MigrationContext& context,
                    diagnostics::Emitter& emitter) {
  const config::Settings defaults;
  if (rule.check_migration != nullptr &&
      LooksAt(rule.kind, context.revision,
              context.settings == nullptr ? defaults : *context.settings)) {
    rule.check_migration(context, emitter);
  }
}

}  // namespace palindrome::checks
