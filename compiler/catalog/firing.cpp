#include "compiler/catalog/firing.h"

#include <algorithm>
#include <string>

#include "compiler/catalog/effects.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

std::vector<ObjectPtr> TriggersOn(const Catalog& catalog,
                                  std::string_view table,
                                  ast::TriggerEvent event) {
  std::vector<ObjectPtr> triggers;
  for (const ObjectPtr& user : catalog.UsersOf(table, ObjectKind::kTrigger)) {
    const auto& trigger = std::get<ast::Trigger>(user->definition);
    if (trigger.event == event &&
        sql::EqualsIgnoringCase(trigger.table.text, table)) {
      triggers.push_back(user);
    }
  }
  SortByCreation(triggers);
  return triggers;
}

std::vector<ObjectPtr> YoungerTriggers(const Object& trigger,
                                       const Catalog& catalog) {
  const auto& own = std::get<ast::Trigger>(trigger.definition);
  std::vector<ObjectPtr> triggers =
      TriggersOn(catalog, own.table.text, own.event);
  triggers.erase(std::remove_if(triggers.begin(), triggers.end(),
                                [&](const ObjectPtr& object) {
                                  const auto& other = std::get<ast::Trigger>(
                                      object->definition);
                                  return object->number <= trigger.number ||
                                         other.timing != own.timing;
                                }),
                 triggers.end());
  return triggers;
}

bool InterferesWithRows(const ast::Trigger& trigger, const Catalog& catalog) {
  const auto& body = trigger.body.tokens;
  if (std::any_of(body.begin(), body.end(), [](const ast::Token& token) {
        return token.kind == sql::TokenKind::kWord &&
               sql::EqualsIgnoringCase(token.spelling, "raise");
      })) {
    return true;
  }
  const std::string table = sql::FoldCase(trigger.table.text);
  const Effects effects = EffectsOf(trigger, catalog);
  return std::binary_search(effects.inserts.begin(), effects.inserts.end(),
                            table) ||
         std::binary_search(effects.deletes.begin(), effects.deletes.end(),
                            table) ||
         std::any_of(effects.updates.begin(), effects.updates.end(),
                     [&](const Use& use) { return use.table == table; });
}

}  // namespace palindrome::catalog
