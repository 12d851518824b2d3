#include <algorithm>
#include <string>

#include "compiler/catalog/catalog.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "compiler/diagnostics/fixes.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kEmpty, kEmptyRevision,
                "what the upgrade makes it takes away again, and nothing is "
                "left of it; delete the migration, or one of the two");

PALINDROME_TEXT(kSameName, kEmptyRevision,
                "`{0}` gets the name that it has; remove the statement, or "
                "write the name that is meant",
                std::string);

// The two names of a rename; null: the statement is another one.
struct Rename {
  const ast::Name* from = nullptr;
  const ast::Name* to = nullptr;
};

Rename RenameIn(const catalog::Step& step) {
  if (const auto* table = As<ast::RenameTable>(step)) {
    return {&table->table, &table->to};
  }
  const auto* column = As<ast::RenameColumn>(step);
  return column == nullptr ? Rename() : Rename{&column->column, &column->to};
}

bool IsRenameToItself(const catalog::Step& step) {
  const Rename rename = RenameIn(step);
  return rename.from != nullptr && rename.from->text == rename.to->text;
}

// Names that differ in case alone are one to the catalog.
bool IsRenameOfCase(const catalog::Step& step) {
  const Rename rename = RenameIn(step);
  return rename.from != nullptr && rename.from->text != rename.to->text &&
         sql::EqualsIgnoringCase(rename.from->text, rename.to->text);
}

// It changes rows from before, takes away something from before, or does what
// only the engine knows.
bool Matters(const catalog::Simulation& upgrade, std::size_t index) {
  const catalog::Step& step = upgrade.steps[index];
  if (!step.applies || As<ast::Opaque>(step) != nullptr ||
      IsRenameOfCase(step)) {
    return true;
  }
  const Effects effects = EffectsOf(step);
  const auto is_old = [&](const auto& table) {
    return IsOldTable(upgrade, index, table);
  };
  if (std::any_of(effects.inserts.begin(), effects.inserts.end(), is_old) ||
      std::any_of(effects.deletes.begin(), effects.deletes.end(), is_old) ||
      std::any_of(effects.updates.begin(), effects.updates.end(),
                  [&](const catalog::Use& use) {
                    return IsOldColumn(upgrade, index, use.table, use.column);
                  })) {
    return true;
  }
  if (const auto* drop = As<ast::DropColumn>(step)) {
    return IsOldColumn(upgrade, index, drop->table.text, drop->column.text);
  }
  const auto changes = catalog::Catalog::Changes(step.before, step.after);
  return std::any_of(changes.begin(), changes.end(), [&](const auto& change) {
    return change.key.kind == catalog::ObjectKind::kArchive ||
           (change.before && !change.after &&
            As<ast::RenameTable>(step) == nullptr &&
            (upgrade.before.Find(change.key.kind, change.key.name) ||
             is_old(change.key.name)));
  });
}

// What the table or column from before is called in the end.
catalog::Use Renamed(const catalog::Simulation& upgrade, catalog::Use use) {
  for (const catalog::Step& step : upgrade.steps) {
    const auto* table = As<ast::RenameTable>(step);
    const auto* column = As<ast::RenameColumn>(step);
    if (table != nullptr &&
        sql::EqualsIgnoringCase(table->table.text, use.table)) {
      use.table = sql::FoldCase(table->to.text);
    } else if (column != nullptr &&
               sql::EqualsIgnoringCase(column->table.text, use.table) &&
               sql::EqualsIgnoringCase(column->column.text, use.column)) {
      use.column = sql::FoldCase(column->to.text);
    }
  }
  return use;
}

// Renames may leave the same names to other values, as those of a swap do.
bool RenamesForGood(const catalog::Simulation& upgrade) {
  for (const std::string& name :
       upgrade.before.Names(catalog::ObjectKind::kTable)) {
    for (const ast::Column& column : upgrade.before.FindTable(name)->columns) {
      const catalog::Use use = {sql::FoldCase(name),
                                sql::FoldCase(column.name.text)};
      if (Renamed(upgrade, use) != use) {
        return true;
      }
    }
  }
  return false;
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const catalog::Simulation& upgrade = context.upgrade;
  bool is_reported = false;
  for (const catalog::Step& step : upgrade.steps) {
    if (IsRenameToItself(step)) {
      const source::Location place = LocationOf(context, step);
      emitter.Emit(
          diagnostics::Make(kSameName, place, RenameIn(step).from->text)
              .Mended(diagnostics::RemoveStatement(diagnostics::By::kPerson,
                                                   place, "the statement")));
      is_reported = true;
    }
  }
  // Where no step changes anything, each says so itself.
  if (is_reported || upgrade.changes.empty() ||
      context.migration().header.squashes ||
      !(upgrade.before == upgrade.after) || RenamesForGood(upgrade)) {
    return;
  }
  for (std::size_t i = 0; i < upgrade.steps.size(); ++i) {
    if (Matters(upgrade, i)) {
      return;
    }
  }
  emitter.Emit(kEmpty,
               LocationOf(context, upgrade.steps[upgrade.changes.back()]));
}

}  // namespace

constinit const Rule kEmptyRevisionRule = {
    .kind = diagnostics::Kind::kEmptyRevision,
    .summary = "the upgrade takes away again all that it makes",
    .rationale = R"md(
A migration whose statements cancel each other leaves the schema and the rows as
they were: a column that is added and dropped, a table that is created for
nothing, a rename there and back, or one to the same name. It is a step that every database takes and that
does nothing, and most often half of an edit.

Delete the migration, or the statement that is there by mistake. What copies, drops
and makes again something from before the file is not meant; an upgrade without
any statement is an error of its own.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_phone.sql
MIGRATION 'add phone'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN phone TEXT;
  ALTER TABLE users DROP COLUMN phone;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_phone.sql
MIGRATION 'add phone'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN phone TEXT;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
