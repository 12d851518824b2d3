// The downgrade that is derived from an upgrade.

#include <algorithm>
#include <utility>

#include "compiler/reversal/copies.h"
#include "compiler/reversal/rebuilds.h"
#include "compiler/reversal/restore.h"
#include "compiler/reversal/reversal.h"
#include "compiler/reversal/trigger_order.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::reversal {

namespace {

// The triggers of a table that is created again are there before its rows come
// back; those that would fire on them have to wait.
void PutBehindCopy(Derived& derived) {
  const auto* copy =
      derived.items.empty()
          ? nullptr
          : std::get_if<ast::Insert>(&derived.items.back().statement.node);
  if (copy == nullptr) {
    return;
  }
  const std::string table = copy->table.text;
  const std::size_t last = derived.items.size() - 1;
  std::size_t end = last;
  for (std::size_t i = last; i-- > 0;) {
    const auto* create =
        std::get_if<ast::CreateTrigger>(&derived.items[i].statement.node);
    if (create != nullptr &&
        create->trigger.event == ast::TriggerEvent::kInsert &&
        sql::EqualsIgnoringCase(create->trigger.table.text, table)) {
      const auto rotate = [&](auto& list) {
        const auto begin = list.begin();
        std::rotate(begin + static_cast<std::ptrdiff_t>(i),
                    begin + static_cast<std::ptrdiff_t>(i) + 1,
                    begin + static_cast<std::ptrdiff_t>(end) + 1);
      };
      rotate(derived.items);
      rotate(derived.undoes);
      --end;
    }
  }
}

// Whether the step archives what a rebuild by hand copies: the old table, or
// the one that takes its place.
bool IsInRebuild(const std::vector<HandRebuild>& rebuilds,
                 const catalog::Simulation& upgrade, std::size_t index) {
  const catalog::Step& step = upgrade.steps[index];
  const std::string& table =
      std::get<ast::Archive>(step.archive->definition).table;
  return std::any_of(
      rebuilds.begin(), rebuilds.end(), [&](const HandRebuild& rebuild) {
        return rebuild.create < index && index < rebuild.rename &&
               (sql::EqualsIgnoringCase(table, rebuild.name) ||
                sql::EqualsIgnoringCase(table, rebuild.interim));
      });
}

}  // namespace

Derived Derive(const catalog::Simulation& upgrade) {
  Derived derived;
  const std::vector<HandRebuild> rebuilds = FindHandRebuilds(upgrade);
  const auto add = [&](ast::Statement& statement, std::size_t step) {
    ast::Item item;
    item.statement = std::move(statement);
    derived.items.push_back(std::move(item));
    derived.undoes.push_back(step);
  };
  for (std::size_t i = upgrade.steps.size(); i-- > 0;) {
    const catalog::Step& step = upgrade.steps[i];
    if (step.archive && IsInRebuild(rebuilds, upgrade, i)) {
      derived.refusals.push_back(
          {i,
           "what is written later to the table that takes its name would be "
           "lost; remove `PRESERVE`, or alter the table instead"});
      continue;
    }
    if (step.archive) {
      for (ast::Item& item : RestoreStep(step)) {
        derived.items.push_back(std::move(item));
        derived.undoes.push_back(i);
      }
      continue;
    }
    if (catalog::IsTemporaryWork(step) ||
        std::any_of(rebuilds.begin(), rebuilds.end(),
                    [&](const HandRebuild& rebuild) {
                      return Covers(rebuild, upgrade, i);
                    })) {
      continue;
    }
    const auto rebuild =
        std::find_if(rebuilds.begin(), rebuilds.end(),
                     [&](const HandRebuild& other) { return other.drop == i; });
    if (rebuild != rebuilds.end()) {
      RebuildBack back = InvertRebuild(upgrade, *rebuild);
      for (std::size_t j = 0; j < back.statements.size(); ++j) {
        add(back.statements[j], back.undoes[j]);
      }
      continue;
    }
    Inverse inverse = WritesOnlyItsOwn(upgrade, i)
                          ? InvertOwnData(upgrade, i)
                          : Invert(step.item->statement, step.before);
    if (!inverse.refusal.empty()) {
      derived.refusals.push_back({i, std::move(inverse.refusal)});
    }
    for (ast::Statement& statement : inverse.statements) {
      add(statement, i);
    }
    RestoreTriggerOrder(step, i, derived);
    PutBehindCopy(derived);
  }
  std::reverse(derived.refusals.begin(), derived.refusals.end());
  return derived;
}

}  // namespace palindrome::reversal
