#include <string>
#include <vector>

#include "compiler/catalog/rowid.h"
#include "compiler/checks/creations.h"
#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kNullable, kNullablePrimaryKey,
                "SQLite takes NULL for {0} of the primary key of `{1}`; write "
                "`NOT NULL`",
                std::string, std::string);

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  for (const NewConstraint& key : NewConstraints(context.upgrade)) {
    if (key.written->kind != ast::ConstraintKind::kPrimaryKey ||
        key.table->without_rowid || key.table->strict ||
        catalog::RowidAlias(*key.table) != nullptr || !IsPortable(*key.step)) {
      continue;
    }
    std::vector<std::string> nullable;
    for (const std::string& name : KeyColumns(key.written->columns)) {
      const ast::Column* column = FindColumn(*key.table, name);
      if (column != nullptr && !column->not_null) {
        nullable.push_back(column->name.text);
      }
    }
    if (!nullable.empty()) {
      emitter.Emit(kNullable, context.At(key.written->range),
                   QuotedList(nullable), key.table->name.text);
    }
  }
}

}  // namespace

constinit const Rule kNullablePrimaryKeyRule = {
    .kind = diagnostics::Kind::kNullablePrimaryKey,
    .summary = "a primary key may be NULL",
    .rationale = R"md(
In SQLite a primary key other than `INTEGER PRIMARY KEY` takes NULL, in any number
of rows, unless the column says NOT NULL or the table is WITHOUT ROWID or STRICT.
PostgreSQL never takes one, so that such rows cannot move there.

Write NOT NULL on the columns of the key.

Rules of portability are off in a history of one dialect, unless
`palindrome.toml` or `RULES` sets them.
)md",
    .bad = R"sql(=== palindrome.toml
[rules]
nullable-primary-key = "warning"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (code TEXT PRIMARY KEY);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[rules]
nullable-primary-key = "warning"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (code TEXT NOT NULL PRIMARY KEY);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
