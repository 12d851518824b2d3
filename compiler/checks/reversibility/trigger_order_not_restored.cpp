#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "llvm/ADT/STLExtras.h"

#include "compiler/checks/differences.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kReordered, kTriggerOrderNotRestored,
                "triggers of `{0}` fire in another order after the downgrade: "
                "{1}; `DOWNGRADE AUTO` restores it",
                std::string, std::string);

using catalog::Catalog;
using catalog::ObjectKind;
using catalog::ObjectPtr;

// Triggers of different events, or before and after, do not meet.
using Moment = std::tuple<ast::TriggerTiming, ast::TriggerEvent>;

// Folded names in the order in which SQLite fires them.
std::map<Moment, std::vector<std::string>> TriggersOf(const std::string& table,
                                                      const Catalog& catalog) {
  auto users = catalog.UsersOf(table, ObjectKind::kTrigger);
  catalog::SortByCreation(users);
  std::map<Moment, std::vector<std::string>> triggers;
  for (const ObjectPtr& user : llvm::reverse(users)) {
    const auto& trigger = std::get<ast::Trigger>(user->definition);
    if (sql::FoldCase(trigger.table.text) == table) {
      triggers[{trigger.timing, trigger.event}].push_back(user->key().name);
    }
  }
  return triggers;
}

std::vector<std::string> Common(const std::vector<std::string>& names,
                                const std::vector<std::string>& others) {
  std::vector<std::string> common;
  llvm::copy_if(names, std::back_inserter(common), [&](const auto& name) {
    return llvm::is_contained(others, name);
  });
  return common;
}

// Those whose triggers are not the same objects, folded.
std::set<std::string> ChangedTables(const Catalog& before,
                                    const Catalog& restored) {
  std::set<std::string> tables;
  for (const Catalog::Change& change : Catalog::Changes(before, restored)) {
    if (change.key.kind == ObjectKind::kTrigger && change.before &&
        change.after) {
      tables.insert(sql::FoldCase(*change.before->table()));
    }
  }
  return tables;
}

// At the last statement of the upgrade that took one of the triggers away, or
// else that changed it.
source::Location BlameOf(const MigrationContext& context,
                         const std::vector<std::string>& triggers) {
  const catalog::Step* last = nullptr;
  for (const std::string& name : triggers) {
    const Difference difference{{ObjectKind::kTrigger, name}, "", ""};
    const auto* step = LastChangeOf(context.upgrade, difference);
    last = step == nullptr || (last != nullptr && step < last) ? last : step;
  }
  return last == nullptr ? DowngradeOf(context) : LocationOf(context, *last);
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (DowngradeIsBroken(context)) {
    return;
  }
  const Catalog& before = context.upgrade.before;
  const Catalog& restored = context.downgrade.simulation.after;
  for (const std::string& table : ChangedTables(before, restored)) {
    const auto now = TriggersOf(table, restored);
    for (const auto& [moment, names] : TriggersOf(table, before)) {
      const auto found = now.find(moment);
      if (found == now.end()) {
        continue;
      }
      const auto left = Common(names, found->second);
      const auto right = Common(found->second, names);
      if (left != right) {
        emitter.Emit(diagnostics::Make(kReordered, BlameOf(context, left),
                                       table, QuotedList(right))
                         .With(DowngradeOf(context), "the downgrade is here"));
      }
    }
  }
}

}  // namespace

constinit const Rule kTriggerOrderNotRestoredRule = {
    .kind = diagnostics::Kind::kTriggerOrderNotRestored,
    .summary = "triggers fire in another order after the downgrade",
    .rationale = R"md(
Where a table has several triggers of the same time and event, one may see what
another wrote. SQLite promises no order; in fact it fires the one that was
created last first. A trigger that is dropped and created again is the last, so
that it fires before those that used to fire before it.

The schema counts as the same, since the order is no part of any definition.
`DOWNGRADE AUTO` restores the order: it creates the triggers that came after the
dropped one again, too. A trigger that must run after another one is best made
one with it.
)md",
    .bad = R"sql(=== 20250115_143022_create_items.sql
MIGRATION 'create items'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE items (id INTEGER PRIMARY KEY, label TEXT);
  CREATE TABLE events (id INTEGER PRIMARY KEY, text TEXT);
  CREATE TRIGGER note_item AFTER INSERT ON items BEGIN
    INSERT INTO events (text) VALUES ('item');
  END;
  CREATE TRIGGER note_label AFTER INSERT ON items BEGIN
    INSERT INTO events (text) VALUES (NEW.label);
  END;
END;

DOWNGRADE AUTO;
=== 20250116_090000_drop_note.sql
MIGRATION 'drop note'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  DROP TRIGGER note_item;
END;

DOWNGRADE BEGIN
  CREATE TRIGGER note_item AFTER INSERT ON items BEGIN
    INSERT INTO events (text) VALUES ('item');
  END;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_items.sql
MIGRATION 'create items'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE items (id INTEGER PRIMARY KEY, label TEXT);
  CREATE TABLE events (id INTEGER PRIMARY KEY, text TEXT);
  CREATE TRIGGER note_item AFTER INSERT ON items BEGIN
    INSERT INTO events (text) VALUES ('item');
  END;
  CREATE TRIGGER note_label AFTER INSERT ON items BEGIN
    INSERT INTO events (text) VALUES (NEW.label);
  END;
END;

DOWNGRADE AUTO;
=== 20250116_090000_drop_note.sql
MIGRATION 'drop note'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  DROP TRIGGER note_item;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
