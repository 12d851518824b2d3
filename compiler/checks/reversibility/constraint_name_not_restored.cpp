#include <string>
#include <variant>

#include "compiler/ast/print.h"
#include "compiler/checks/constraint_pairs.h"
#include "compiler/checks/differences.h"
#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kOtherName, kConstraintNameNotRestored,
                "{0} of table `{1}` {2} after the downgrade; give it there the "
                "name that it had",
                std::string, std::string, std::string);

std::string Describe(const ast::Constraint& constraint) {
  return constraint.name.empty() ? "`" + ast::Print(constraint) + "`"
                                 : "constraint `" + constraint.name.text + "`";
}

void CheckTable(const MigrationContext& context, const catalog::Key& key,
                TableIn before, TableIn restored,
                diagnostics::Emitter& emitter) {
  for (const auto& [left, right] : PairConstraints(before, restored).same) {
    if (sql::EqualsIgnoringCase(left->name.text, right->name.text)) {
      continue;
    }
    const std::string now = right->name.empty()
                                ? "has no name"
                                : "is called `" + right->name.text + "`";
    emitter.Emit(diagnostics::Make(kOtherName, Blame(context, {key, "", ""}),
                                   Describe(*left), before.table.name.text, now)
                     .With(DowngradeOf(context), "the downgrade is here"));
  }
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (DowngradeIsBroken(context)) {
    return;
  }
  const catalog::Catalog& before = context.upgrade.before;
  const catalog::Catalog& restored = context.downgrade.simulation.after;
  for (const auto& change : catalog::Catalog::Changes(before, restored)) {
    if (change.key.kind == catalog::ObjectKind::kTable && change.before &&
        change.after) {
      CheckTable(context, change.key,
                 {std::get<ast::Table>(change.before->definition), before},
                 {std::get<ast::Table>(change.after->definition), restored},
                 emitter);
    }
  }
}

}  // namespace

constinit const Rule kConstraintNameNotRestoredRule = {
    .kind = diagnostics::Kind::kConstraintNameNotRestored,
    .summary = "a constraint has another name after the downgrade",
    .rationale = R"md(
The table refuses the same rows as before, and the schema counts as the same. But
an engine names the constraint in its errors, a program may look for that name,
and whoever reads the database finds another name than the migrations say.

Names that `DROP CONSTRAINT` takes are those of the migrations: it finds the
constraint in a database in which it is called otherwise.
)md",
    .bad = R"sql(=== 20250115_143022_create_items.sql
MIGRATION 'create items'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    size INTEGER,
    CONSTRAINT has_size CHECK (size > 0)
  );
END;

DOWNGRADE AUTO;
=== 20250116_090000_drop_check.sql
MIGRATION 'drop check'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE items DROP CONSTRAINT has_size;
END;

DOWNGRADE BEGIN
  ALLOW downgrade-may-fail-on-new-data BECAUSE 'an example';
  ALTER TABLE items ADD CONSTRAINT size_is_known CHECK (size > 0);
END;
)sql",
    .good = R"sql(=== 20250115_143022_create_items.sql
MIGRATION 'create items'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    size INTEGER,
    CONSTRAINT has_size CHECK (size > 0)
  );
END;

DOWNGRADE AUTO;
=== 20250116_090000_drop_check.sql
MIGRATION 'drop check'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE items DROP CONSTRAINT has_size;
END;

DOWNGRADE BEGIN
  ALLOW downgrade-may-fail-on-new-data BECAUSE 'an example';
  ALTER TABLE items ADD CONSTRAINT has_size CHECK (size > 0);
END;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
