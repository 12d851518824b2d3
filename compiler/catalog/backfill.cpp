#include "compiler/catalog/backfill.h"

#include <algorithm>
#include <variant>

#include "compiler/catalog/effects.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

bool Writes(const Step& step, const Use& column) {
  const Effects effects = EffectsOf(step);
  return std::binary_search(effects.updates.begin(), effects.updates.end(),
                            column);
}

// An UPDATE of the column alone that archives nothing itself.
bool FillsAlone(const Step& step, const Use& column) {
  return step.applies && !step.archive &&
         std::holds_alternative<ast::Update>(step.item->statement.node) &&
         step.access.updates == std::vector<Use>{column};
}

}  // namespace

std::vector<std::size_t> FillsOf(const Simulation& simulation,
                                 const ast::SetNotNull& tighten) {
  const Use use{sql::FoldCase(tighten.table.text),
                sql::FoldCase(tighten.column.text)};
  std::vector<std::size_t> fills;
  ObjectPtr object = simulation.steps.back().before.Find(ObjectKind::kTable,
                                                         tighten.table.text);
  for (std::size_t i = simulation.steps.size() - 1; i-- > 0;) {
    const Step& step = simulation.steps[i];
    const ObjectPtr before =
        step.before.Find(ObjectKind::kTable, tighten.table.text);
    // Another column may be tightened in between.
    if (before != object &&
        !std::holds_alternative<ast::SetNotNull>(step.item->statement.node)) {
      break;
    }
    object = before;
    if (FillsAlone(step, use)) {
      fills.push_back(i);
    } else if (step.archive && Writes(step, use)) {
      break;  // What was filled before is not there when it comes back.
    }
  }
  std::reverse(fills.begin(), fills.end());
  return fills;
}

}  // namespace palindrome::catalog
