#include <algorithm>
#include <string>
#include <vector>

#include "compiler/checks/copies.h"
#include "compiler/checks/old_rows.h"
#include "compiler/checks/removed_values.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/lower/sqlite/native.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kMayViolate, kAddCheckOnExistingData,
                "rows of table `{0}` may violate check {1}; look for such rows "
                "and mend them in a migration before this one",
                std::string, std::string);

PALINDROME_TEXT(kDefaultViolates, kAddCheckOnExistingData,
                "the rows that table `{0}` has violate check {1} with the "
                "default of the new column; give it a default that satisfies "
                "the check",
                std::string, std::string);

std::string NameOf(const ast::Constraint& check) {
  return "`" +
         (check.name.empty() ? ast::Print(check.check) : check.name.text) + "`";
}

// Whether a CHECK of the table before the file was on the same columns: the new
// one is most often a wider one, or the same in other words.
bool Replaces(const ast::Table& before, std::vector<std::string> columns) {
  std::sort(columns.begin(), columns.end());
  return std::any_of(before.constraints.begin(), before.constraints.end(),
                     [&](const ast::Constraint& old) {
                       return old.kind == ast::ConstraintKind::kCheck &&
                              ast::ColumnNames(old.check) == columns;
                     });
}

// A CHECK over columns of a table, some of which were there before.
struct NewCheck {
  explicit NewCheck(const std::vector<RemovedValues>& all) : removed(all) {}

  const std::vector<RemovedValues>& removed;
  std::size_t step = 0;
  source::Location place;
  const ast::Constraint* check = nullptr;
  std::string table;  // As the step calls it, as the columns.
  std::vector<std::string> columns;
  // As they were before the file, of those that were there.
  std::string old_table;
  std::vector<std::string> old_columns;
};

// enum-value-removed says more of it.
bool IsShorterList(const std::vector<RemovedValues>& removed,
                   const ast::Constraint& check) {
  return std::any_of(removed.begin(), removed.end(),
                     [&](const RemovedValues& values) {
                       return values.place.begin == check.range.begin &&
                              values.place.end == check.range.end;
                     });
}

void Judge(const MigrationContext& context, const NewCheck& check,
           diagnostics::Emitter& emitter) {
  const ast::Table* before = context.upgrade.before.FindTable(check.old_table);
  if (check.old_columns.empty() || before == nullptr) {
    return;
  }
  const bool is_refused = IsRefusedAt(context, check.step);
  if (!is_refused && (IsShownSafe(context, check.old_table) ||
                      Replaces(*before, check.old_columns))) {
    return;
  }
  if (IsMended(context, check.step, check.table, check.columns) ||
      IsShorterList(check.removed, *check.check)) {
    return;
  }
  emitter.Emit(
      WithRefusedRow(context, check.step,
                     diagnostics::Make(kMayViolate, check.place, check.table,
                                       NameOf(*check.check))));
}

void CheckAdded(const MigrationContext& context,
                const std::vector<Copy>& copies,
                const std::vector<RemovedValues>& removed, std::size_t i,
                diagnostics::Emitter& emitter) {
  const catalog::Step& step = context.upgrade.steps[i];
  const auto* add = As<ast::AddConstraint>(step);
  if (add == nullptr || add->constraint.kind != ast::ConstraintKind::kCheck) {
    return;
  }
  NewCheck check(removed);
  check.step = i;
  check.place = context.At(add->constraint.range);
  check.check = &add->constraint;
  check.table = add->table.text;
  check.columns = ast::ColumnNames(add->constraint.check);
  for (const std::string& column : check.columns) {
    const auto origin =
        OriginOf(context.upgrade, copies, i, {check.table, column});
    if (origin) {
      check.old_table = origin->table;
      check.old_columns.push_back(origin->column);
    }
  }
  Judge(context, check, emitter);
}

bool HasCheck(const ast::Table& table, const ast::Constraint& check) {
  return std::any_of(table.constraints.begin(), table.constraints.end(),
                     [&](const ast::Constraint& each) {
                       return each.kind == ast::ConstraintKind::kCheck &&
                              ast::SameTokens(each.check, check.check);
                     });
}

void CheckCopy(const MigrationContext& context, const Copy& copy,
               const std::vector<RemovedValues>& removed,
               diagnostics::Emitter& emitter) {
  for (const ast::Constraint& constraint : copy.target->constraints) {
    if (constraint.kind != ast::ConstraintKind::kCheck ||
        HasCheck(*copy.source, constraint)) {
      continue;
    }
    NewCheck check(removed);
    check.step = copy.step;
    check.check = &constraint;
    check.table = copy.source->name.text;
    bool is_settled = false;
    for (const std::string& column : ast::ColumnNames(constraint.check)) {
      const Copy::Item* item = FindItem(copy, column);
      // What is computed may satisfy it by being so.
      if (item == nullptr || item->from.empty() ||
          copy.select.filtered.contains(item->from)) {
        is_settled = true;
        break;
      }
      check.place = context.At(item->range);
      check.columns.push_back(item->from);
      if (const auto origin = OriginOf(context.upgrade, {}, copy.step,
                                       {check.table, item->from})) {
        check.old_table = origin->table;
        check.old_columns.push_back(origin->column);
      }
    }
    if (!is_settled) {
      Judge(context, check, emitter);
    }
  }
}

// The engine has tried the default on rows.
void CheckNewColumn(const MigrationContext& context, std::size_t i,
                    diagnostics::Emitter& emitter) {
  const auto* add = As<ast::AddColumn>(context.upgrade.steps[i]);
  if (add == nullptr || lower::sqlite::DefaultsToNull(add->column) ||
      !IsRefusedAt(context, i) ||
      !IsOldTable(context.upgrade, i, add->table.text)) {
    return;
  }
  const ast::Constraint* check = nullptr;
  for (const ast::Constraint& constraint : add->constraints) {
    if (constraint.kind != ast::ConstraintKind::kCheck) {
      return;  // It may be to blame as well.
    }
    check = &constraint;
  }
  if (check != nullptr) {
    emitter.Emit(kDefaultViolates, context.At(check->range), add->table.text,
                 NameOf(*check));
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const auto copies = CopiesOf(context.upgrade);
  const auto removed = FindRemovedValues(context);
  for (const std::size_t i : context.upgrade.changes) {
    CheckAdded(context, copies, removed, i, emitter);
    CheckNewColumn(context, i, emitter);
  }
  for (const Copy& copy : copies) {
    CheckCopy(context, copy, removed, emitter);
  }
}

}  // namespace

constinit const Rule kAddCheckOnExistingDataRule = {
    .kind = diagnostics::Kind::kAddCheckOnExistingData,
    .summary = "a check is put on rows that may violate it",
    .rationale = R"md(
The rows that are there are tested as soon as the check is, and the first one
that violates it fails the upgrade. With a new column, what is tested is its
default.

Look for such rows and mend them in a migration before this one; give a new
column a default that satisfies its check. The rule is silent once the history
has a statement that updates a column of the check or deletes rows by it, where
the rehearsal finds no row that is refused, and where the check takes the place
of one on the same columns that takes as much.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_share.sql
MIGRATION 'add share'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN share INTEGER NOT NULL DEFAULT 0
    CONSTRAINT ck_tasks_share CHECK (share > 0);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_share.sql
MIGRATION 'add share'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN share INTEGER NOT NULL DEFAULT 1
    CONSTRAINT ck_tasks_share CHECK (share > 0);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
