#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "compiler/catalog/row_key.h"
#include "compiler/checks/creations.h"
#include "compiler/checks/differences.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kNoKey, kMissingPrimaryKey,
                "table `{0}` has no primary key, so that nothing tells its "
                "rows apart; add one, such as `id INTEGER PRIMARY KEY`",
                std::string);

PALINDROME_TEXT(kDropped, kMissingPrimaryKey,
                "table `{0}` has no primary key then, so that nothing tells "
                "its rows apart; add another",
                std::string);

bool HasKey(const catalog::Catalog& catalog, const ast::Table& table) {
  return catalog::FindRowKey(catalog, table, {}).has_value();
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const catalog::Simulation& upgrade = context.upgrade;
  for (const NewTable& table : NewTables(upgrade)) {
    if (HasKey(upgrade.after, *table.at_end) ||
        (table.replaced != nullptr &&
         !HasKey(upgrade.before, *table.replaced))) {
      continue;
    }
    auto diagnostic = diagnostics::Make(
        kNoKey, context.At(RangeOf(table.written->name, *table.step)),
        table.written->name.text);
    diagnostic.subject = KeySubject(table.at_end->name.text);
    emitter.Emit(std::move(diagnostic));
  }
  for (const std::size_t i : upgrade.changes) {
    const catalog::Step& step = upgrade.steps[i];
    const auto* drop = As<ast::DropConstraint>(step);
    const auto name = drop == nullptr
                          ? std::nullopt
                          : TableAtEnd(upgrade, i, drop->table.text);
    if (name && HasKey(step.before, *step.before.FindTable(drop->table.text)) &&
        !HasKey(step.after, *step.after.FindTable(drop->table.text)) &&
        !HasKey(upgrade.after, *upgrade.after.FindTable(*name))) {
      emitter.Emit(kDropped, context.At(RangeOf(drop->constraint, step)),
                   *name);
    }
  }
}

}  // namespace

constinit const Rule kMissingPrimaryKeyRule = {
    .kind = diagnostics::Kind::kMissingPrimaryKey,
    .summary = "a table is created without a primary key, or loses it",
    .rationale = R"md(
Without a primary key nothing tells one row from another. `PRESERVE` finds the
rows of a table again by its key, a program cannot update one row of two that
are alike, and other tables have nothing to refer to.

Give the table a primary key, in the simplest case
`id INTEGER PRIMARY KEY`. A table whose rows are told apart by a UNIQUE key over
NOT NULL columns is not reported, nor is a temporary one, or one that the file
drops again or puts in the place of a table that had no key either. Where the key
is dropped, another is to be added in the same file.
)md",
    .bad = R"sql(=== 20250115_090000_create_readings.sql
MIGRATION 'create readings'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE readings (taken_at TEXT NOT NULL, degrees REAL NOT NULL);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_090000_create_readings.sql
MIGRATION 'create readings'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE readings (
    id INTEGER PRIMARY KEY,
    taken_at TEXT NOT NULL,
    degrees REAL NOT NULL
  );
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
