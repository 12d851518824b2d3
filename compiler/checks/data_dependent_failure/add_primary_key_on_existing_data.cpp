#include <string>

#include "compiler/checks/rule.h"
#include "compiler/checks/unique_keys.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(
    kText, kAddPrimaryKeyOnExistingData,
    "rows of table `{0}` may have the same {1}, which is to be their primary "
    "key; tell them apart or merge them in a migration before this one",
    std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  ReportNewKeys(context, NewKey::Reason::kPrimaryKey, kText, emitter);
}

}  // namespace

constinit const Rule kAddPrimaryKeyOnExistingDataRule = {
    .kind = diagnostics::Kind::kAddPrimaryKeyOnExistingData,
    .summary = "a primary key is put on rows that may not be unique",
    .rationale = R"md(
A primary key needs rows that differ in it. Where nothing has kept them apart so
far, two rows with the same key fail the upgrade, and everything is then as it
was.

Make the columns UNIQUE first, after looking for duplicates, or number the rows
with a new column `INTEGER PRIMARY KEY`. A key that holds an older one, as
`(id, kind)` holds `id`, is unique already and is no finding. The rule sees ADD
CONSTRAINT and tables that are rebuilt by hand.
)md",
    .bad = R"sql(=== palindrome.toml
[rules]
missing-primary-key = "off"
=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (code TEXT NOT NULL, email TEXT);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_key.sql
MIGRATION 'add key'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD CONSTRAINT pk_users PRIMARY KEY (code);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[rules]
missing-primary-key = "off"
=== 20250115_143022_create_users.sql
MIGRATION 'create users'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (code TEXT NOT NULL, email TEXT, CONSTRAINT uq_users UNIQUE (code));
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_key.sql
MIGRATION 'add key'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE users ADD CONSTRAINT pk_users PRIMARY KEY (code);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
