#include <string>
#include <vector>

#include "compiler/checks/rule.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

PALINDROME_TEXT(kSplit, kIndexSplitFromNewColumn,
                "index `{0}` is on column `{1}`, which revision `{2}` adds and "
                "which is not locked yet; create the index in that file",
                std::string, std::string, std::string);

struct IndexedColumn {
  std::string name;  // Folded.
  source::Range range;
};

std::vector<IndexedColumn> ColumnsOf(const ast::Index& index) {
  std::vector<IndexedColumn> columns;
  for (const ast::KeyPart& part : index.parts) {
    if (!part.column.empty()) {
      columns.push_back({sql::FoldCase(part.column.text), part.range});
      continue;
    }
    for (std::string& name : ast::ColumnNames(part.expression)) {
      columns.push_back({std::move(name), part.range});
    }
  }
  return columns;
}

// Where the column was added: the table keeps it through renames.
source::Location AddedAt(const catalog::Catalog& catalog,
                         const ast::Index& index, const std::string& column) {
  const catalog::ObjectPtr table =
      catalog.Find(catalog::ObjectKind::kTable, index.table.text);
  const auto added = table->added_columns.find(column);
  return added == table->added_columns.end() ? table->created : added->second;
}

void CheckIndex(const MigrationContext& context, std::size_t step,
                const ast::Index& index, diagnostics::Emitter& emitter) {
  const IndexedColumn* latest = nullptr;
  std::size_t revision = 0;
  const std::vector<IndexedColumn> columns = ColumnsOf(index);
  for (const IndexedColumn& column : columns) {
    const auto recent = context.recent_columns.find(
        sql::FoldCase(index.table.text) + "." + column.name);
    if (!IsOldColumn(context.upgrade, step, index.table.text, column.name)) {
      return;  // It could not have been created any earlier.
    }
    if (recent != context.recent_columns.end() &&
        (latest == nullptr || recent->second > revision)) {
      latest = &column;
      revision = recent->second;
    }
  }
  if (latest == nullptr) {
    return;
  }
  const graph::Revision& adding = context.graph.revisions[revision];
  source::Range range = latest->range;
  if (range.begin == range.end) {
    range = context.upgrade.steps[step].item->statement.range;
  }
  emitter.Emit(diagnostics::Make(kSplit, context.At(range), index.name.text,
                                 latest->name, adding.id)
                   .With(AddedAt(context.upgrade.steps[step].before, index,
                                 latest->name),
                         "the column is added here"));
}

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const auto& steps = context.upgrade.steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (const auto* create = As<ast::CreateIndex>(steps[i])) {
      CheckIndex(context, i, create->index, emitter);
    }
  }
}

}  // namespace

constinit const Rule kIndexSplitFromNewColumnRule = {
    .kind = diagnostics::Kind::kIndexSplitFromNewColumn,
    .summary = "a new column and its index are in two files",
    .rationale = R"md(
A column that queries look for ships without its index for as long as the second
file is not applied; the two can be reverted apart from each other, and no
reviewer sees the one change that they are. While the column is new, creating
the index with it costs next to nothing.

Once the revision that adds the column is locked, an index on it is a change of
its own and may come at any time.
)md",
    .bad = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_status.sql
MIGRATION 'add status'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN status TEXT NOT NULL DEFAULT 'pending';
END;

DOWNGRADE AUTO;
=== 20250117_100000_index_status.sql
MIGRATION 'index status'
  REVISION 'c3'
  REVISES 'b2';

UPGRADE BEGIN
  CREATE INDEX ix_tasks_status ON tasks (status);
END;

DOWNGRADE AUTO;
)sql",
    .good = R"sql(=== 20250115_143022_create_tasks.sql
MIGRATION 'create tasks'
  REVISION 'a1'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
END;

DOWNGRADE AUTO;
=== 20250116_090000_add_status.sql
MIGRATION 'add status'
  REVISION 'b2'
  REVISES 'a1';

UPGRADE BEGIN
  ALTER TABLE tasks ADD COLUMN status TEXT NOT NULL DEFAULT 'pending';
  CREATE INDEX ix_tasks_status ON tasks (status);
END;

DOWNGRADE AUTO;
)sql",
    .check_migration = Check,
};

}  // namespace palindrome::checks
