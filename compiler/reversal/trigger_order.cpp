#include "compiler/reversal/trigger_order.h"

#include <algorithm>
#include <utility>

#include "compiler/catalog/firing.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::reversal {

namespace {

using catalog::ObjectKind;
using catalog::ObjectPtr;

const ast::CreateTrigger* AsTrigger(const ast::Item& item) {
  return std::get_if<ast::CreateTrigger>(&item.statement.node);
}

// Moves the trigger behind the last item if it is created at the end, where
// triggers alone come and go.
bool MoveToEnd(const std::string& name, Derived& derived) {
  for (std::size_t i = derived.items.size(); i-- > 0;) {
    const auto* create = AsTrigger(derived.items[i]);
    if (create == nullptr && !std::holds_alternative<ast::DropTrigger>(
                                 derived.items[i].statement.node)) {
      return false;
    }
    if (create != nullptr &&
        sql::EqualsIgnoringCase(create->trigger.name.text, name)) {
      const auto at = static_cast<std::ptrdiff_t>(i);
      std::rotate(derived.items.begin() + at, derived.items.begin() + at + 1,
                  derived.items.end());
      std::rotate(derived.undoes.begin() + at, derived.undoes.begin() + at + 1,
                  derived.undoes.end());
      return true;
    }
  }
  return false;
}

template <typename Node>
void Add(Node node, std::size_t index, Derived& derived) {
  ast::Item item;
  item.statement.node = std::move(node);
  derived.items.push_back(std::move(item));
  derived.undoes.push_back(index);
}

}  // namespace

void RestoreTriggerOrder(const catalog::Step& step, std::size_t index,
                         Derived& derived) {
  const auto* drop = std::get_if<ast::DropTrigger>(&step.item->statement.node);
  const ObjectPtr dropped =
      drop == nullptr
          ? nullptr
          : step.before.Find(ObjectKind::kTrigger, drop->trigger.text);
  if (!dropped) {
    return;
  }
  for (const ObjectPtr& object :
       catalog::YoungerTriggers(*dropped, step.before)) {
    const auto& trigger = std::get<ast::Trigger>(object->definition);
    if (!MoveToEnd(trigger.name.text, derived)) {
      Add(ast::DropTrigger{{trigger.name.text, {}}, false}, index, derived);
      Add(ast::CreateTrigger{trigger, false}, index, derived);
    }
  }
}

}  // namespace palindrome::reversal
