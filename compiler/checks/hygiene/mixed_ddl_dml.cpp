#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kMixed, kMixedDdlDml,
                "the file changes the schema and also rows of table `{0}`, "
                "which was there before; write a migration of its own for the "
                "rows",
                std::string);

// A table with rows or columns from before the file that is written at the
// step; empty if there is none.
std::string OldTableWritten(const catalog::Simulation& upgrade,
                            std::size_t step, const Effects& effects) {
  for (const auto* tables : {&effects.inserts, &effects.deletes}) {
    for (const std::string& table : *tables) {
      if (IsOldTable(upgrade, step, table)) {
        return table;
      }
    }
  }
  for (const catalog::Use& use : effects.updates) {
    if (IsOldColumn(upgrade, step, use.table, use.column)) {
      return use.table;
    }
  }
  return "";
}

bool FiresAt(const ast::Trigger& trigger, const catalog::Access& access) {
  switch (trigger.event) {
    case ast::TriggerEvent::kInsert:
      return !access.inserts.empty();
    case ast::TriggerEvent::kDelete:
      return !access.deletes.empty();
    case ast::TriggerEvent::kUpdate:
      return std::any_of(
          access.updates.begin(), access.updates.end(), [&](const auto& use) {
            return trigger.columns.empty() ||
                   std::any_of(trigger.columns.begin(), trigger.columns.end(),
                               [&](const ast::Name& column) {
                                 return sql::EqualsIgnoringCase(column.text,
                                                                use.column);
                               });
          });
  }
  return false;
}

// The trigger that writes what the statement does not write itself. Null: it
// does itself.
catalog::ObjectPtr WriterOf(const catalog::Simulation& upgrade, std::size_t i) {
  const catalog::Step& step = upgrade.steps[i];
  Effects own;
  own.updates = step.access.updates;
  own.inserts = step.access.inserts;
  own.deletes = step.access.deletes;
  if (!OldTableWritten(upgrade, i, own).empty()) {
    return nullptr;
  }
  for (const catalog::ObjectPtr& user : step.before.UsersOf(
           ast::TableOf(step.item->statement), catalog::ObjectKind::kTrigger)) {
    const auto& trigger = std::get<ast::Trigger>(user->definition);
    const bool is_its_own = sql::EqualsIgnoringCase(
        trigger.table.text, ast::TableOf(step.item->statement));
    if (is_its_own && FiresAt(trigger, step.access) &&
        !OldTableWritten(upgrade, i, EffectsOf(trigger, step.before)).empty()) {
      return user;
    }
  }
  return nullptr;
}

// The first statement that changes what is different in the end, or would if it
// applied. Null: the schema is as it was.
const catalog::Step* FirstChange(const catalog::Simulation& upgrade) {
  const auto changed = ChangedObjects(upgrade);
  const auto found = std::find_if(
      upgrade.steps.begin(), upgrade.steps.end(), [&](const auto& step) {
        if (!step.applies) {
          return ast::IsSchemaStatement(step.item->statement.kind());
        }
        const auto changes = catalog::Catalog::Changes(step.before, step.after);
        return std::any_of(
            changes.begin(), changes.end(),
            [&](const auto& change) { return changed.contains(change.key); });
      });
  return found == upgrade.steps.end() ? nullptr : &*found;
}

// It writes a column alone that a later step makes NOT NULL.
bool FillsForSetNotNull(const catalog::Simulation& upgrade, std::size_t i) {
  const auto& steps = upgrade.steps;
  const std::vector<catalog::Use>& updates = steps[i].access.updates;
  return As<ast::Update>(steps[i]) != nullptr && updates.size() == 1 &&
         std::any_of(steps.begin() + static_cast<std::ptrdiff_t>(i),
                     steps.end(), [&](const catalog::Step& step) {
                       const auto* set = As<ast::SetNotNull>(step);
                       return set != nullptr &&
                              sql::EqualsIgnoringCase(set->table.text,
                                                      updates[0].table) &&
                              sql::EqualsIgnoringCase(set->column.text,
                                                      updates[0].column);
                     });
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (context.migration().header.squashes) {
    return;
  }
  const auto& steps = context.upgrade.steps;
  const catalog::Step* schema_change = FirstChange(context.upgrade);
  if (schema_change == nullptr) {
    return;
  }
  for (std::size_t i = 0; i < steps.size(); ++i) {
    // What fills a column that PRESERVE lets SET NOT NULL tighten belongs to
    // it; AUTO says where that word is missing.
    const bool fills = (steps[i].archive && !steps[i].closes_archive) ||
                       (context.downgrade.is_auto && !steps[i].archive &&
                        FillsForSetNotNull(context.upgrade, i));
    if (!IsData(steps[i]) || fills) {
      continue;
    }
    const std::string table =
        OldTableWritten(context.upgrade, i, EffectsOf(steps[i]));
    if (table.empty()) {
      continue;
    }
    auto finding =
        diagnostics::Make(kMixed, LocationOf(context, steps[i]), table);
    finding.With(LocationOf(context, *schema_change),
                 "the schema is changed here");
    if (const catalog::ObjectPtr trigger = WriterOf(context.upgrade, i)) {
      finding.With(trigger->created,
                   "trigger `" + trigger->name() + "` writes the rows");
    }
    emitter.Emit(std::move(finding));
  }
}

}  // namespace

constinit const Rule kMixedDdlDmlRule = {
    .kind = diagnostics::Kind::kMixedDdlDml,
    .summary = "one file changes the schema and rows that were there before",
    .rationale = R"md(
A change of the schema is quick and is the same everywhere; a change of rows
takes as long as there are rows and depends on what is in them. In one file the
schema stays locked for as long as the rows take, a failure in the one undoes the
other, and neither can be reviewed or repeated alone.

Filling what the file itself has made is no such mixture: statements that write
only columns and tables created in the same file (add, backfill, tighten) belong
there. What the file makes only for its work is no change either: a table, view
or trigger that it drops again, and an index or trigger that it drops before the
rows change and creates again as it was. A squash holds what its migrations hold,
and is left alone.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, shown INTEGER);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_region.sql
MIGRATION 'add region'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN region TEXT;
  UPDATE users SET shown = 1 - shown;
END;

DOWNGRADE BEGIN
  UPDATE users SET shown = 1 - shown;
  ALTER TABLE users DROP COLUMN region;
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, shown INTEGER);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_region.sql
MIGRATION 'add region'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN region TEXT;
  UPDATE users SET region = 'eu';
  ALTER TABLE users ALTER COLUMN region SET NOT NULL;
END;

DOWNGRADE BEGIN
  ALTER TABLE users DROP COLUMN region;
END;
=== 20250117_100000_invert_shown.sql
MIGRATION 'invert shown'
  REVISION 'c3'
  REVISES 'b2';

UPGRADE BEGIN
  UPDATE users SET shown = 1 - shown;
END;

DOWNGRADE BEGIN
  UPDATE users SET shown = 1 - shown;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
