#include <string>

#include "compiler/checks/creations.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kLoses, kCtasLosesDefinition,
                "table `{0}` gets the columns of its SELECT without types, "
                "keys, defaults and checks; create it with them, and fill it "
                "with `INSERT … SELECT`",
                std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const catalog::Simulation& upgrade = context.upgrade;
  for (const std::size_t i : upgrade.changes) {
    const catalog::Step& step = upgrade.steps[i];
    const auto* opaque = As<ast::Opaque>(step);
    if (opaque == nullptr || opaque->verb != "CREATE TABLE AS") {
      continue;
    }
    for (const auto& change :
         catalog::Catalog::Changes(step.before, step.after)) {
      if (change.key.kind != catalog::ObjectKind::kTable || change.before ||
          catalog::IsTemporary(*change.after) ||
          !TableAtEnd(upgrade, i, change.key.name)) {
        continue;
      }
      emitter.Emit(kLoses, context.At(opaque->verb_range),
                   change.after->name());
    }
  }
}

}  // namespace

constinit const Rule kCtasLosesDefinitionRule = {
    .kind = diagnostics::Kind::kCtasLosesDefinition,
    .summary = "a table is made by CREATE TABLE … AS",
    .rationale = R"md(
`CREATE TABLE … AS SELECT` takes the names and the rows of its SELECT and little
else: types become what SQLite calls affinities (`VARCHAR(10)` turns into `TEXT`,
`DATE` into `NUM`), and the primary key, NOT NULL, defaults, checks, collations
and foreign keys are gone. Nothing says so later.

Write CREATE TABLE with all of that, and fill it with INSERT … SELECT. Tables
that are temporary, or dropped again in the same file, are not reported.
)md",
    .bad = R"sql(=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, owner TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_create_owners.sql
MIGRATION 'create owners'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  -- For want of a better way.
  FOR sqlite BEGIN
    CREATE TABLE owners AS SELECT DISTINCT owner FROM tasks;
  END;
END;

DOWNGRADE BEGIN
  DROP TABLE owners;
END;
)sql",
    .good = R"sql(=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, owner TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_create_owners.sql
MIGRATION 'create owners'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  CREATE TABLE owners (owner TEXT PRIMARY KEY);
  INSERT INTO owners (owner)
    SELECT DISTINCT owner FROM tasks WHERE owner IS NOT NULL;
END;

DOWNGRADE BEGIN
  DROP TABLE owners;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
