#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "compiler/catalog/catalog.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kTooMany, kTooManyOperations,
                "the file makes {0} changes of tables that were there before, "
                "and this is the first beyond {1}; go on in a migration that "
                "follows this one",
                std::size_t, std::int64_t);

using catalog::Catalog;

bool ChangesOldTable(const catalog::Simulation& upgrade, std::size_t index) {
  const catalog::Step& step = upgrade.steps[index];
  const auto changes = Catalog::Changes(step.before, step.after);
  return std::any_of(changes.begin(), changes.end(), [&](const auto& change) {
    const catalog::Object& object =
        change.before ? *change.before : *change.after;
    const std::string* table = object.table();
    return object.kind() != catalog::ObjectKind::kArchive &&
           IsOldTable(upgrade, index, table ? *table : object.name());
  });
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const ast::Header& header = context.migration().header;
  if (header.revises_none || header.squashes) {
    return;
  }
  const catalog::Simulation& upgrade = context.upgrade;
  std::vector<std::size_t> operations;
  for (const std::size_t i : upgrade.changes) {
    if (ChangesOldTable(upgrade, i)) {
      operations.push_back(i);
    }
  }
  const std::int64_t most =
      (context.settings ? context.settings->conventions : config::Conventions{})
          .most_operations;
  const auto limit = static_cast<std::size_t>(std::max<std::int64_t>(most, 0));
  if (operations.size() > limit) {
    emitter.Emit(kTooMany,
                 LocationOf(context, upgrade.steps[operations[limit]]),
                 operations.size(), most);
  }
}

}  // namespace

constinit const Rule kTooManyOperationsRule = {
    .kind = diagnostics::Kind::kTooManyOperations,
    .summary = "one file makes more changes of tables than a review can follow",
    .rationale = R"md(
A migration is read before it is locked, and holds the database while it runs.
Both go better in small steps that follow one another: each can be reviewed,
reverted and moved on its own.

Counted are the statements that change a table from before the file, its indexes
and its triggers; what is done to tables that the file creates is free, and so is
the first migration of a history and a squash. The limit is 8, or what
`palindrome.toml` says:

```toml
[limits]
operations = 12
```
)md",
    .bad = R"sql(=== palindrome.toml
[limits]
operations = 2
=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_profile.sql
MIGRATION 'add profile'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN city TEXT;
  ALTER TABLE users ADD COLUMN street TEXT;
  ALTER TABLE users ADD COLUMN house TEXT;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[limits]
operations = 2
=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_profile.sql
MIGRATION 'add profile'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN city TEXT;
  ALTER TABLE users ADD COLUMN street TEXT;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
