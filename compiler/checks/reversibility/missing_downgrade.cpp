#include <algorithm>

#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kAbsent, kMissingDowngrade,
                "the upgrade changes the schema and there is no downgrade; "
                "write `DOWNGRADE AUTO;`, or the statements that undo it");
PALINDROME_TEXT(kEmpty, kMissingDowngrade,
                "the upgrade changes the schema and the downgrade is empty; "
                "write `DOWNGRADE AUTO;`, or the statements that undo it");

// It leaves another schema, or would if all of it applied.
bool ChangesSchema(const catalog::Simulation& upgrade) {
  return !(upgrade.before == upgrade.after) ||
         std::any_of(upgrade.steps.begin(), upgrade.steps.end(),
                     [](const catalog::Step& step) {
                       return !step.applies && ast::IsSchemaStatement(
                                                   step.item->statement.kind());
                     });
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (context.downgrade.is_auto ||
      !context.downgrade.simulation.steps.empty() ||
      !ChangesSchema(context.upgrade)) {
    return;
  }
  const ast::Migration& migration = context.migration();
  if (migration.downgrade) {
    emitter.Emit(kEmpty, context.At(migration.downgrade->keyword));
    return;
  }
  const std::uint32_t end = migration.upgrade.range.end;
  emitter.Emit(kAbsent, context.At({end > 0 ? end - 1 : 0, end}));
}

}  // namespace

constinit const Rule kMissingDowngradeRule = {
    .kind = diagnostics::Kind::kMissingDowngrade,
    .summary = "the upgrade changes the schema and nothing undoes it",
    .rationale = R"md(
Without a downgrade the only way back from a release is a backup, and everything
that was written since is lost with it. A downgrade is written while the change
is fresh in mind, not during the outage that needs it.

For most statements the compiler knows the inverse: `DOWNGRADE AUTO;` is enough.
A file of data statements alone may have an empty downgrade, under
`ALLOW dml-without-inverse BECAUSE '…'`.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE BEGIN
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
END;

DOWNGRADE BEGIN
  DROP TABLE users;
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
