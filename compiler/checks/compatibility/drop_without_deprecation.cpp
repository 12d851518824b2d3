#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "compiler/checks/old_programs.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kDropsColumns, kDropWithoutDeprecation,
                "table `{0}` loses {1} while programs of the version before "
                "may still name that; drop a column when no version that runs "
                "uses it, and say so with `ALLOW drop-without-deprecation "
                "BECAUSE '…'`",
                std::string, std::string);
PALINDROME_TEXT(kDropsRelation, kDropWithoutDeprecation,
                "{0} `{1}` goes while programs of the version before may still "
                "name it; drop it when no version that runs uses it, and say "
                "so with `ALLOW drop-without-deprecation BECAUSE '…'`",
                std::string, std::string);

template <typename Node>
bool IsOn(const ast::Item& item, const Gone& gone) {
  const auto* node = std::get_if<Node>(&item.statement.node);
  return node != nullptr &&
         sql::EqualsIgnoringCase(node->table.text, gone.table) &&
         sql::EqualsIgnoringCase(node->column.text, gone.column);
}

// A released migration has let programs leave the column out.
bool IsDeprecated(const MigrationContext& context, const Gone& gone) {
  for (const graph::Revision& revision : context.graph.revisions) {
    if (&revision == &context.revision) {
      break;
    }
    const bool is_released =
        context.graph.lock.file == nullptr || revision.locked;
    const auto& items = revision.migration.upgrade.items;
    if (is_released &&
        std::any_of(items.begin(), items.end(), [&](const ast::Item& item) {
          return IsOn<ast::DropNotNull>(item, gone) ||
                 IsOn<ast::SetDefault>(item, gone);
        })) {
      return true;
    }
  }
  return false;
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  std::map<std::pair<std::size_t, std::string>, std::vector<std::string>>
      columns;  // By the step and the table.
  for (const Gone& gone : GoneOf(context)) {
    // Another rule speaks of those.
    if (!gone.renamed_to.empty() || CopyOf(context, gone)) {
      continue;
    }
    const source::Location place =
        LocationOf(context, context.upgrade.steps[gone.step]);
    if (gone.column.empty()) {
      emitter.Emit(kDropsRelation, place, gone.is_view ? "view" : "table",
                   gone.table);
    } else if (!IsDeprecated(context, gone)) {
      columns[{gone.step, gone.table}].push_back(gone.column);
    }
  }
  for (const auto& [where, names] : columns) {
    emitter.Emit(kDropsColumns,
                 LocationOf(context, context.upgrade.steps[where.first]),
                 where.second, QuotedList(names));
  }
}

}  // namespace

constinit const Rule kDropWithoutDeprecationRule = {
    .kind = diagnostics::Kind::kDropWithoutDeprecation,
    .summary = "something is dropped that old programs may still use",
    .rationale = R"md(
In a roll-out programs of the version before run beside those of the new one. They
name the table or column that is dropped here in their statements, and fail.
Whether its rows are kept for a downgrade is another matter.

Deprecate it in one release: let programs stop to use it, and where they have to
write it, let them leave it out, with DROP NOT NULL or SET DEFAULT. Drop it in the
next. A column that an earlier, released migration has treated so is not
reported, nor a table that a view of its name replaces; for the rest
`ALLOW drop-without-deprecation BECAUSE '…'` says that nothing uses it. With a lock
file the locked migrations are the released ones.

It is no more than a note unless the deployment is `rolling`.
)md",
    .bad = R"sql(=== palindrome.toml
deployment = "rolling"
=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, fax TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_drop_fax.sql
MIGRATION 'drop fax'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  PRESERVE ALTER TABLE users DROP COLUMN fax;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
deployment = "rolling"
=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, fax TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_deprecate_fax.sql
MIGRATION 'deprecate fax'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ALTER COLUMN fax SET DEFAULT '';
END;

DOWNGRADE AUTO;
=== 20250117_100000_drop_fax.sql
MIGRATION 'drop fax'
  REVISION 'c3'
  REVISES 'b2';

UPGRADE BEGIN
  PRESERVE ALTER TABLE users DROP COLUMN fax;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
