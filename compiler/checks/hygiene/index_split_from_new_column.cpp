#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include "compiler/checks/ancestors.h"
#include "compiler/checks/old_rows.h"
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

class Finder {
 public:
  Finder(const MigrationContext& context, std::size_t step,
         const ast::Index& index)
      : context_(context),
        step_(step),
        index_(index),
        parts_(ColumnsOf(index)),
        others_(ast::ColumnNames(index.where)),
        table_(context.upgrade.steps[step].before.Find(
            catalog::ObjectKind::kTable, index.table.text)) {}

  void Find(diagnostics::Emitter& emitter) const {
    if (parts_.empty() || IsNew() || ServesNewKey()) {
      return;
    }
    for (const IndexedColumn& column : parts_) {
      const auto revision = AddedBy(column.name);
      if (!revision || context_.graph.revisions[*revision].locked ||
          !CouldStandIn(*revision)) {
        continue;
      }
      // A UNIQUE index waits for the values.
      if (!index_.unique || !IsFilled(column.name)) {
        Report(column, *revision, emitter);
      }
      return;
    }
  }

 private:
  // Where the column was added: the table keeps it through renames. The columns
  // of its CREATE TABLE have no such place.
  const source::Location* AddedAt(const std::string& column) const {
    const auto added = table_->added_columns.find(column);
    return added == table_->added_columns.end() ? nullptr : &added->second;
  }

  std::optional<std::size_t> AddedBy(const std::string& column) const {
    const source::Location* place = AddedAt(column);
    const auto found = place == nullptr ? context_.revisions.end()
                                        : context_.revisions.find(place->file);
    return found == context_.revisions.end() ? std::nullopt
                                             : std::optional(found->second);
  }

  bool AllColumns(llvm::function_ref<bool(const std::string&)> is_so) const {
    return llvm::all_of(parts_,
                        [&](const auto& part) { return is_so(part.name); }) &&
           llvm::all_of(others_, is_so);
  }

  // The file itself makes one of the columns.
  bool IsNew() const {
    return !AllColumns([&](const std::string& column) {
      return IsOldColumn(context_.upgrade, step_, index_.table.text, column);
    });
  }

  // Whether all columns are there in the revision: not where one was added
  // later, or on another branch.
  bool CouldStandIn(std::size_t revision) const {
    const graph::Graph& graph = context_.graph;
    const auto is_before = AncestorsOf(graph, graph.revisions[revision]);
    return AllColumns([&](const std::string& column) {
      const auto other = AddedBy(column);
      return !other || *other == revision || is_before[*other];
    });
  }

  // A foreign key that the file adds looks for rows by the index, on either
  // side.
  bool ServesNewKey() const {
    const auto tables = NamesOf(context_.upgrade, step_, index_.table.text);
    const std::string& column = parts_.front().name;
    const auto is = [&](const ast::Name& name) {
      return sql::EqualsIgnoringCase(name.text, column);
    };
    const auto serves = [&](const ast::Constraint& key,
                            const std::string& table) {
      return key.kind == ast::ConstraintKind::kForeignKey &&
             ((tables.contains(sql::FoldCase(table)) &&
               llvm::any_of(
                   key.columns,
                   [&](const auto& part) { return is(part.column); })) ||
              (tables.contains(sql::FoldCase(key.references.table.text)) &&
               llvm::any_of(key.references.columns, is)));
    };
    return llvm::any_of(context_.upgrade.changes, [&](std::size_t i) {
      const catalog::Step& step = context_.upgrade.steps[i];
      if (const auto* add = As<ast::AddConstraint>(step)) {
        return serves(add->constraint, add->table.text);
      }
      const auto* create = As<ast::CreateTable>(step);
      const auto* add = As<ast::AddColumn>(step);
      return (create != nullptr &&
              llvm::any_of(create->table.constraints,
                           [&](const auto& key) {
                             return serves(key, create->table.name.text);
                           })) ||
             (add != nullptr &&
              llvm::any_of(add->constraints, [&](const auto& key) {
                return serves(key, add->table.text);
              }));
    });
  }

  // A statement since, here or in another file, gives the column its values.
  bool IsFilled(const std::string& column) const {
    const auto names =
        NamesOfColumn(context_.upgrade, step_, {index_.table.text, column});
    for (std::size_t i = 0; i < step_; ++i) {
      const Effects effects = EffectsOf(context_.upgrade.steps[i]);
      if (llvm::any_of(names, [&](const catalog::Use& use) {
            return Updates(effects, use.table, use.column);
          })) {
        return true;
      }
    }
    return IsMendedByAncestor(context_, step_, index_.table.text, {column});
  }

  void Report(const IndexedColumn& column, std::size_t revision,
              diagnostics::Emitter& emitter) const {
    source::Range range = column.range;
    if (range.begin == range.end) {
      range = context_.upgrade.steps[step_].item->statement.range;
    }
    emitter.Emit(diagnostics::Make(kSplit, context_.At(range), index_.name.text,
                                   column.name,
                                   context_.graph.revisions[revision].id)
                     .With(*AddedAt(column.name), "the column is added here"));
  }

  const MigrationContext& context_;
  const std::size_t step_;
  const ast::Index& index_;
  const std::vector<IndexedColumn> parts_;
  const std::vector<std::string> others_;  // Of the WHERE, folded.
  const catalog::ObjectPtr table_;
};

void Check(const MigrationContext& context, diagnostics::Emitter& emitter) {
  const auto& steps = context.upgrade.steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (const auto* create = As<ast::CreateIndex>(steps[i])) {
      Finder(context, i, create->index).Find(emitter);
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
its own and may come at any time. So is one that could not stand in that file:
with a column of another branch or of a later file, a UNIQUE one whose values a
statement fills in since, or one that a new foreign key looks for rows by.
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
