#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/checks/copies.h"
#include "compiler/checks/old_rows.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kOrphans, kAddForeignKeyOnExistingData,
                "rows of table `{0}` may refer by {1} to what is not in `{2}`; "
                "look for such rows and mend them in a migration before this "
                "one",
                std::string, std::string, std::string);

struct NewForeignKey {
  std::size_t step = 0;
  source::Location place;
  const ast::Constraint* key = nullptr;
  std::string table;  // As the step calls it, as the columns.
  std::vector<std::string> columns;
  // As they were before the file.
  std::string old_table;
  std::vector<std::string> old_columns;
};

// Whether the table had the key before, perhaps with other actions, or to a
// table that has gone under it.
bool WasThere(const MigrationContext& context, const NewForeignKey& added) {
  const ast::Table* before = context.upgrade.before.FindTable(added.old_table);
  if (before == nullptr) {
    return true;
  }
  const auto parents =
      NamesOf(context.upgrade, added.step, added.key->references.table.text);
  return std::any_of(
      before->constraints.begin(), before->constraints.end(),
      [&](const ast::Constraint& old) {
        return old.kind == ast::ConstraintKind::kForeignKey &&
               (parents.contains(sql::FoldCase(old.references.table.text)) ||
                context.upgrade.before.FindTable(old.references.table.text) ==
                    nullptr) &&
               std::equal(
                   old.columns.begin(), old.columns.end(),
                   added.old_columns.begin(), added.old_columns.end(),
                   [](const ast::KeyPart& part, const std::string& column) {
                     return sql::EqualsIgnoringCase(part.column.text, column);
                   });
      });
}

// Whether a statement before it makes parents of what the children have.
bool MakesParents(const MigrationContext& context, const NewForeignKey& added) {
  const auto parents =
      NamesOf(context.upgrade, added.step, added.key->references.table.text);
  const auto children = NamesOf(context.upgrade, added.step, added.table);
  for (std::size_t i = 0; i < added.step; ++i) {
    const catalog::Step& step = context.upgrade.steps[i];
    const auto* insert = As<ast::Insert>(step);
    if (insert != nullptr &&
        parents.contains(sql::FoldCase(insert->table.text)) &&
        std::any_of(step.access.reads.begin(), step.access.reads.end(),
                    [&](const catalog::Use& use) {
                      return children.contains(use.table);
                    })) {
      return true;
    }
  }
  return false;
}

void Judge(const MigrationContext& context, const NewForeignKey& added,
           diagnostics::Emitter& emitter) {
  if (WasThere(context, added) || IsShownSafe(context, added.old_table) ||
      MakesParents(context, added) ||
      IsMended(context, added.step, added.table, added.columns)) {
    return;
  }
  emitter.Emit(
      WithRefusedRow(context, added.step,
                     diagnostics::Make(kOrphans, added.place, added.table,
                                       QuotedList(added.columns),
                                       added.key->references.table.text)));
}

void CheckAdded(const MigrationContext& context,
                const std::vector<Copy>& copies, std::size_t i,
                diagnostics::Emitter& emitter) {
  const auto* add = As<ast::AddConstraint>(context.upgrade.steps[i]);
  if (add == nullptr ||
      add->constraint.kind != ast::ConstraintKind::kForeignKey) {
    return;
  }
  NewForeignKey added;
  added.step = i;
  added.place = context.At(add->constraint.range);
  added.key = &add->constraint;
  added.table = add->table.text;
  for (const ast::KeyPart& part : add->constraint.columns) {
    const auto origin =
        OriginOf(context.upgrade, copies, i, {added.table, part.column.text});
    if (!origin) {
      return;
    }
    added.columns.push_back(sql::FoldCase(part.column.text));
    added.old_table = origin->table;
    added.old_columns.push_back(origin->column);
  }
  Judge(context, added, emitter);
}

void CheckCopy(const MigrationContext& context, const Copy& copy,
               diagnostics::Emitter& emitter) {
  for (const ast::Constraint& constraint : copy.target->constraints) {
    if (constraint.kind != ast::ConstraintKind::kForeignKey) {
      continue;
    }
    NewForeignKey added;
    added.step = copy.step;
    added.key = &constraint;
    added.table = copy.source->name.text;
    for (const ast::KeyPart& part : constraint.columns) {
      const Copy::Item* item = FindItem(copy, part.column.text);
      const auto origin = item == nullptr || item->from.empty() ||
                                  copy.select.filtered.contains(item->from)
                              ? std::nullopt
                              : OriginOf(context.upgrade, {}, copy.step,
                                         {added.table, item->from});
      if (!origin) {
        break;
      }
      added.place = context.At(item->range);
      added.columns.push_back(item->from);
      added.old_table = origin->table;
      added.old_columns.push_back(origin->column);
    }
    if (added.columns.size() == constraint.columns.size()) {
      Judge(context, added, emitter);
    }
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const auto copies = CopiesOf(context.upgrade);
  for (const std::size_t i : context.upgrade.changes) {
    CheckAdded(context, copies, i, emitter);
  }
  for (const Copy& copy : copies) {
    CheckCopy(context, copy, emitter);
  }
}

}  // namespace

constinit const Rule kAddForeignKeyOnExistingDataRule = {
    .kind = diagnostics::Kind::kAddForeignKeyOnExistingData,
    .summary = "a foreign key is put on rows that may have no parent",
    .rationale = R"md(
A migration may leave no row whose parent is missing: the upgrade is checked for
that at its end, and fails as a whole. Rows that were written without a foreign
key often refer to what somebody has deleted since.

Look for such rows (`SELECT * FROM tasks WHERE owner NOT IN (SELECT id FROM
users)`), and mend or delete them in a migration before this one. The rule is
silent once the history has a statement that updates the column or deletes rows
by it, and for keys that only get other actions.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY);
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, owner INTEGER);
  CREATE INDEX ix_tasks_owner ON tasks (owner);
END;

DOWNGRADE AUTO;
=== 20250116_090000_tie_owners.sql
MIGRATION 'tie owners'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks
    ADD CONSTRAINT fk_tasks_owner FOREIGN KEY (owner) REFERENCES users (id);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY);
  CREATE TABLE tasks (id INTEGER PRIMARY KEY);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_owners.sql
MIGRATION 'add owners'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN owner INTEGER
    CONSTRAINT fk_tasks_owner REFERENCES users (id);
  CREATE INDEX ix_tasks_owner ON tasks (owner);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
