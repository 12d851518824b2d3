#include <algorithm>
#include <string>
#include <utility>

#include "compiler/checks/archives.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(
    kDropsValues, kDropColumnUnarchived,
    "the values of column `{0}` of table `{1}` are lost, and no "
    "downgrade brings them back; keep them with `PRESERVE` before the "
    "statement, or sign the loss with `ALLOW "
    "drop-column-unarchived BECAUSE '…'`",
    std::string, std::string);

// A column that is computed from others, which stay.
bool IsGenerated(const catalog::Step& step, const ast::DropColumn& drop) {
  const ast::Table* table = step.before.FindTable(drop.table.text);
  const ast::Column* column =
      table == nullptr ? nullptr : FindColumn(*table, drop.column.text);
  return column != nullptr && column->generated;
}

// The one statement of the file that adds a column of the same type to the
// table, where only this one of that type is dropped; else null.
const ast::AddColumn* FindTwin(const catalog::Simulation& upgrade,
                               std::size_t step, const ast::DropColumn& drop) {
  const auto tables = NamesOf(upgrade, step, drop.table.text);
  const ast::Table& table =
      *upgrade.steps[step].before.FindTable(drop.table.text);
  const ast::Column& column = *FindColumn(table, drop.column.text);
  const auto is_twin = [&](const ast::Name& of, const ast::Column* other) {
    return other != nullptr && tables.contains(sql::FoldCase(of.text)) &&
           sql::EqualsIgnoringCase(other->type, column.type) &&
           other->not_null == column.not_null && !other->generated;
  };
  const ast::AddColumn* twin = nullptr;
  std::size_t added = 0;
  std::size_t dropped = 0;
  for (const catalog::Step& other : upgrade.steps) {
    if (const auto* add = As<ast::AddColumn>(other)) {
      if (is_twin(add->table, &add->column)) {
        twin = add;
        ++added;
      }
    } else if (const auto* drop_too = As<ast::DropColumn>(other)) {
      const ast::Table* of = other.before.FindTable(drop_too->table.text);
      dropped +=
          of != nullptr && is_twin(drop_too->table,
                                   FindColumn(*of, drop_too->column.text))
              ? 1
              : 0;
    }
  }
  // One that the file fills is another one.
  const Effects effects = EffectsOf(upgrade);
  const bool is_filled =
      twin != nullptr &&
      std::any_of(tables.begin(), tables.end(), [&](const auto& name) {
        return Updates(effects, name, twin->column.name.text);
      });
  return added == 1 && dropped == 1 && !is_filled ? twin : nullptr;
}

// The columns that a table which takes the place of the dropped one has not
// got.
void CheckReplacement(const MigrationContext& context, std::size_t step,
                      const std::string& table, const Archives& archives,
                      diagnostics::Emitter& emitter) {
  const auto carried = archives.CarriedColumns(step, table);
  const ast::Table* before =
      context.upgrade.steps[step].before.FindTable(table);
  if (!carried || before == nullptr) {
    return;
  }
  for (const std::string& column : StoredColumns(*before)) {
    const auto old = OldName(context.upgrade, step,
                             {sql::FoldCase(table), sql::FoldCase(column)});
    if (old && !carried->contains(old->column) &&
        !archives.HasColumn(step, table, column)) {
      auto finding = diagnostics::Make(
          kDropsValues, LocationOf(context, context.upgrade.steps[step]),
          column, table);
      // Who signs that the table goes, signs for its columns.
      finding.found_by = diagnostics::Kind::kDropTableUnarchived;
      emitter.Emit(std::move(finding));
    }
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const Archives archives(context);
  const auto& steps = context.upgrade.steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto* whole = As<ast::DropTable>(steps[i]);
    if (whole != nullptr && !IsPreserved(steps[i], whole->table.text)) {
      CheckReplacement(context, i, whole->table.text, archives, emitter);
    }
    const auto* drop = As<ast::DropColumn>(steps[i]);
    if (drop == nullptr || IsGenerated(steps[i], *drop) ||
        IsPreserved(steps[i], drop->table.text)) {
      continue;
    }
    const std::string& table = drop->table.text;
    const std::string& column = drop->column.text;
    if (IsOldColumn(context.upgrade, i, table, column) &&
        !archives.HasColumn(i, table, column)) {
      auto finding = diagnostics::Make(
          kDropsValues, LocationOf(context, steps[i]), column, table);
      if (const auto* twin = FindTwin(context.upgrade, i, *drop)) {
        finding.With(context.At(twin->column.name.range),
                     "column `" + twin->column.name.text +
                         "` of the same type is added here; if it is the same "
                         "one, write `RENAME COLUMN` instead of both");
      }
      emitter.Emit(std::move(finding));
    }
  }
}

}  // namespace

constinit const Rule kDropColumnUnarchivedRule = {
    .kind = diagnostics::Kind::kDropColumnUnarchived,
    .summary = "a column is dropped with all its values",
    .rationale = R"md(
The downgrade adds the column again, and every row has NULL or the default in
it. What stood there is gone.

Write `PRESERVE` before the statement, which keeps the values for `DOWNGRADE
AUTO`; or copy them with the table's key to a place that remains, and write them
back in the downgrade; or say that they may go, and why, with
`ALLOW drop-column-unarchived BECAUSE '…'`. The values of a generated column are
computed again, and a column that the same file added has none to lose. Where a
table is copied into another one that takes its place, the columns that the copy
leaves out are dropped with the old table.
)md",
    .bad = R"sql(=== 20250115_143022_create_people.sql
MIGRATION 'create people'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE people (id INTEGER PRIMARY KEY, fax TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_drop_fax.sql
MIGRATION 'drop fax'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE people DROP COLUMN fax;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_people.sql
MIGRATION 'create people'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE people (id INTEGER PRIMARY KEY, fax TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_drop_fax.sql
MIGRATION 'drop fax'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  PRESERVE ALTER TABLE people DROP COLUMN fax;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
