#include "compiler/catalog/firing.h"

#include <algorithm>
#include <string>

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

bool WritesItsTable(const ast::Trigger& trigger) {
  const auto& tokens = trigger.body.tokens;
  // The word before a table that is written: `INTO t`, `DELETE FROM t`,
  // `UPDATE t`, `UPDATE OR IGNORE t`.
  const auto is = [&tokens](std::size_t index, std::string_view word) {
    return sql::EqualsIgnoringCase(tokens[index].spelling, word);
  };
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    const sql::Token name{tokens[i].kind, 0, tokens[i].spelling};
    if (!sql::EqualsIgnoringCase(sql::Unquote(name), trigger.table.text)) {
      continue;
    }
    if (is(i - 1, "into") || is(i - 1, "update") ||
        (i >= 2 && is(i - 1, "from") && is(i - 2, "delete")) ||
        (i >= 3 && is(i - 2, "or") && is(i - 3, "update"))) {
      return true;
    }
  }
  return false;
}

}  // namespace palindrome::catalog
