#include <algorithm>

#include "compiler/checks/rule.h"

namespace palindrome::checks {

llvm::ArrayRef<const Rule*> AllRules() {
  static constexpr const Rule* kRules[] = {
#define PALINDROME_RULE(Kind, Name, Group, Level, Policy) &Kind##Rule,
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

void CheckMigration(const MigrationContext& context,
                    diagnostics::Emitter& emitter) {
  for (const Rule* rule : AllRules()) {
    if (rule->check_migration != nullptr) {
      rule->check_migration(context, emitter);
    }
  }
}

}  // namespace palindrome::checks
