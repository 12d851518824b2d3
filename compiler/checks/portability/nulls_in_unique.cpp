#include <string>
#include <vector>

#include "compiler/catalog/rowid.h"
#include "compiler/checks/creations.h"
#include "compiler/checks/portable.h"
#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kNulls, kNullsInUnique,
                "rows that are alike but for NULL in {0} of table `{1}` are "
                "all let into this UNIQUE key; write `NOT NULL`, or index "
                "`coalesce(…)`",
                std::string, std::string);

// The columns of the key that may be NULL; empty for a key of one part.
std::vector<std::string> NullableOf(const ast::Table& table,
                                    const std::vector<ast::KeyPart>& parts) {
  std::vector<std::string> nullable;
  for (const ast::KeyPart& part : parts) {
    const ast::Column* column = FindColumn(table, part.column.text);
    if (column != nullptr && !column->not_null &&
        column != catalog::RowidAlias(table)) {
      nullable.push_back(column->name.text);
    }
  }
  return parts.size() > 1 ? nullable : std::vector<std::string>();
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const auto report = [&](source::Range range, const ast::Table& table,
                          const std::vector<ast::KeyPart>& parts) {
    const std::vector<std::string> nullable = NullableOf(table, parts);
    if (!nullable.empty()) {
      emitter.Emit(kNulls, context.At(range), QuotedList(nullable),
                   table.name.text);
    }
  };
  for (const NewConstraint& key : NewConstraints(context.upgrade)) {
    if (key.written->kind == ast::ConstraintKind::kUnique &&
        IsPortable(*key.step)) {
      report(key.written->range, *key.table, key.written->columns);
    }
  }
  for (const NewIndex& index : NewIndexes(context.upgrade)) {
    if (index.written->unique && index.written->where.empty() &&
        IsPortable(*index.step)) {
      report(RangeOf(index.written->name, *index.step), *index.table,
             index.written->parts);
    }
  }
}

}  // namespace

constinit const Rule kNullsInUniqueRule = {
    .kind = diagnostics::Kind::kNullsInUnique,
    .summary = "a UNIQUE key of several columns has one that may be NULL",
    .rationale = R"md(
NULL is unlike NULL to a UNIQUE key: `(1, NULL)` may stand there twice. Both engines
agree on that, but only PostgreSQL can be told otherwise, with NULLS NOT DISTINCT,
so that a history for both has to say it differently.

Make the columns NOT NULL, or create a UNIQUE index over an expression such as
`coalesce(b, -1)`, or one with WHERE. A key of a single column is not reported:
that it may be missing is mostly what is meant.

Rules of portability are off in a history of one dialect, unless
`palindrome.toml` or `RULES` sets them.
)md",
    .bad = R"sql(=== palindrome.toml
[rules]
nulls-in-unique = "note"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    board INTEGER NOT NULL,
    place INTEGER
  );
  CREATE UNIQUE INDEX ux_tasks_place ON tasks (board, place);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== palindrome.toml
[rules]
nulls-in-unique = "note"
=== 20250115_090000_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    board INTEGER NOT NULL,
    place INTEGER
  );
  CREATE UNIQUE INDEX ux_tasks_place ON tasks (board, coalesce(place, -1));
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
