#include <string>

#include "compiler/checks/creations.h"
#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kCollation, kIndexFeatureNotPortable,
                "the collation `{0}` of index `{1}` is SQLite's alone; index "
                "an expression such as `lower(…)`",
                std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const NewIndex& index : NewIndexes(context.upgrade)) {
    if (!IsPortable(*index.step)) {
      continue;
    }
    for (const ast::KeyPart& part : index.written->parts) {
      if (!part.collation.empty()) {
        emitter.Emit(kCollation,
                     context.At(RangeOf(part.collation, *index.step)),
                     part.collation.text, index.written->name.text);
      }
    }
  }
}

}  // namespace

constinit const Rule kIndexFeatureNotPortableRule = {
    .kind = diagnostics::Kind::kIndexFeatureNotPortable,
    .summary = "an index has a collation that only one engine has",
    .rationale = R"md(
`NOCASE` and `RTRIM` are collations of SQLite, and PostgreSQL has others. A statement
that creates an index with one does not run there.

Index an expression that both have, such as `lower(name)`.

Rules of portability are off in a history of one dialect, unless
`palindrome.toml` or `RULES` sets them.
)md",
    .bad = R"sql(=== palindrome.toml
[rules]
index-feature-not-portable = "warning"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
  CREATE INDEX ix_tasks_name ON tasks (name COLLATE NOCASE);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[rules]
index-feature-not-portable = "warning"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
  CREATE INDEX ix_tasks_name ON tasks (lower(name));
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
