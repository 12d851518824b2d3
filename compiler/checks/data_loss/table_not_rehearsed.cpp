#include <string>

#include "compiler/checks/differences.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kNotRehearsed, kTableNotRehearsed,
                "no row could be made up that table `{0}` takes, so that "
                "nothing is known of what happens to its rows",
                std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  if (context.rehearsal == nullptr) {
    return;
  }
  const auto& steps = context.upgrade.steps;
  for (const std::string& table : context.rehearsal->without_rows) {
    const std::string folded = sql::FoldCase(table);
    for (const catalog::Step& step : steps) {
      if (catalog::MentionedNames(step.item->statement).contains(folded)) {
        emitter.Emit(kNotRehearsed, LocationOf(context, step), table);
        break;
      }
    }
  }
}

}  // namespace

constinit const Rule kTableNotRehearsedRule = {
    .kind = diagnostics::Kind::kTableNotRehearsed,
    .summary = "a table was rehearsed without rows",
    .rationale = R"md(
Rows are made up for the rehearsal from the types, the keys and the literals of
the CHECKs. A CHECK that asks for more than that (a pattern, a checksum) leaves a
table empty, and then the rehearsal cannot tell whether its rows survive the
migration.

Try the migration on a copy of a database that has rows of that table.
)md",
    .bad = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL,
    CONSTRAINT ck_users_email CHECK (email GLOB '[q-z][0-9]?@*.example')
  );
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_nickname.sql
MIGRATION 'add nickname'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN nickname TEXT;
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email TEXT,
    CONSTRAINT ck_users_email CHECK (email IN ('a@example', 'b@example'))
  );
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_nickname.sql
MIGRATION 'add nickname'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD COLUMN nickname TEXT;
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
