#include <optional>
#include <string>
#include <vector>

#include "llvm/ADT/STLExtras.h"

#include "compiler/checks/foreign_keys.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kActs, kAddCascadeAction,
                "{0} the rows of `{1}` that refer to it, which it did not "
                "before; say that they are meant to go with `ALLOW "
                "add-cascade-action BECAUSE '…'`",
                std::string, std::string);

using ast::ReferenceAction;

// How much an action does to the rows.
int Weight(ReferenceAction action) {
  switch (action) {
    case ReferenceAction::kUnspecified:
    case ReferenceAction::kNoAction:
    case ReferenceAction::kRestrict:
      return 0;
    case ReferenceAction::kSetNull:
    case ReferenceAction::kSetDefault:
      return 1;
    case ReferenceAction::kCascade:
      return 2;
  }
  return 0;
}

std::vector<std::string> ColumnsOf(const ast::Constraint& key) {
  std::vector<std::string> columns;
  for (const ast::KeyPart& part : key.columns) {
    columns.push_back(sql::FoldCase(part.column.text));
  }
  return columns;
}

bool IsSameKey(const ast::Constraint& left, const ast::Constraint& right) {
  return left.kind == ast::ConstraintKind::kForeignKey &&
         right.kind == ast::ConstraintKind::kForeignKey &&
         sql::EqualsIgnoringCase(left.references.table.text,
                                 right.references.table.text) &&
         ColumnsOf(left) == ColumnsOf(right);
}

// What a change of a row of the parent now does; empty: nothing that it did not
// do before.
std::string GainedAction(const ast::References& before,
                         const ast::References& after) {
  const std::string of_row =
      " of a row of table `" + after.table.text + "` now ";
  if (Weight(after.on_delete) > Weight(before.on_delete)) {
    return "a DELETE" + of_row +
           (after.on_delete == ReferenceAction::kCascade ? "deletes"
                                                         : "overwrites");
  }
  return Weight(after.on_update) == 1 && Weight(before.on_update) == 0
             ? "an UPDATE of the key" + of_row + "overwrites"
             : "";
}

// The key where this file writes it for the table that is called so at the end.
std::optional<source::Range> FindHere(const catalog::Simulation& upgrade,
                                      const std::string& table,
                                      const ast::Constraint& key) {
  const auto names = NamesOf(upgrade, upgrade.steps.size(), table);
  for (const catalog::Step& step : llvm::reverse(upgrade.steps)) {
    if (const auto* add = As<ast::AddConstraint>(step)) {
      if (names.contains(sql::FoldCase(add->table.text)) &&
          IsSameKey(add->constraint, key)) {
        return add->constraint.range;
      }
    } else if (const auto* create = As<ast::CreateTable>(step)) {
      for (const ast::Constraint& constraint : create->table.constraints) {
        if (names.contains(sql::FoldCase(create->table.name.text)) &&
            IsSameKey(constraint, key)) {
          return constraint.range;
        }
      }
    }
  }
  return std::nullopt;
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const auto& upgrade = context.upgrade;
  for (const auto& change :
       catalog::Catalog::Changes(upgrade.before, upgrade.after)) {
    if (change.key.kind != catalog::ObjectKind::kTable || !change.before ||
        !change.after) {
      continue;
    }
    for (const ForeignKey& now : ForeignKeysOf(change.after)) {
      for (const ForeignKey& old : ForeignKeysOf(change.before)) {
        const std::string action =
            IsSameKey(*now.constraint, *old.constraint)
                ? GainedAction(old.constraint->references,
                               now.constraint->references)
                : "";
        const auto place = FindHere(upgrade, change.key.name, *now.constraint);
        if (!action.empty() && place) {
          emitter.Emit(kActs, context.At(*place), action, change.after->name());
        }
      }
    }
  }
}

}  // namespace

constinit const Rule kAddCascadeActionRule = {
    .kind = diagnostics::Kind::kAddCascadeAction,
    .summary = "a foreign key that refused a delete acts on the rows now",
    .rationale = R"md(
A foreign key without an action refuses to delete a row that others refer to.
With ON DELETE CASCADE the same statement, in a program that was written before,
deletes them all; with SET NULL or SET DEFAULT it overwrites what they referred
to. The downgrade brings the old foreign key back, and not the rows.

Keep the refusal, and delete or change the rows by the program; or say that they
are meant to go, with `ALLOW add-cascade-action BECAUSE '…'`. A foreign key that
is new is not reported, nor is ON UPDATE CASCADE, which loses nothing.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY);
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    user_id INTEGER,
    CONSTRAINT fk_tasks_user
      FOREIGN KEY (user_id) REFERENCES users (id)
  );
  CREATE INDEX ix_tasks_user ON tasks (user_id);
END;

DOWNGRADE AUTO;
=== 20250116_090000_cascade_users.sql
MIGRATION 'cascade users'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks DROP CONSTRAINT fk_tasks_user;
  ALTER TABLE tasks
    ADD CONSTRAINT fk_tasks_user
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY);
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    user_id INTEGER,
    CONSTRAINT fk_tasks_user
      FOREIGN KEY (user_id) REFERENCES users (id)
  );
  CREATE INDEX ix_tasks_user ON tasks (user_id);
END;

DOWNGRADE AUTO;
=== 20250116_090000_restrict_users.sql
MIGRATION 'restrict users'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks DROP CONSTRAINT fk_tasks_user;
  ALTER TABLE tasks
    ADD CONSTRAINT fk_tasks_user
    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
