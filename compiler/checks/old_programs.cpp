#include "compiler/checks/old_programs.h"

#include <algorithm>
#include <set>
#include <utility>

#include "llvm/ADT/STLExtras.h"

#include "compiler/catalog/catalog.h"
#include "compiler/catalog/rowid.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

using catalog::Catalog;
using catalog::ObjectKind;
using sql::EqualsIgnoringCase;

bool IsReleased(const MigrationContext& context, const source::File* file) {
  if (context.graph.lock.file == nullptr) {
    return true;
  }
  const auto found = context.revisions.find(file);
  return found == context.revisions.end() ||
         context.graph.revisions[found->second].locked;
}

bool IsKnown(const MigrationContext& context, const Catalog::Change& change,
             ObjectKind kind) {
  return change.key.kind == kind && change.before &&
         IsReleased(context, change.before->created.file);
}

// The step that renames what was called so before the file; no value: none.
std::optional<std::size_t> RenameOf(const catalog::Simulation& upgrade,
                                    const std::string& table,
                                    const std::string& column) {
  for (const std::size_t i : upgrade.changes) {
    const catalog::Step& step = upgrade.steps[i];
    const auto* of_table = As<ast::RenameTable>(step);
    const auto* of_column = As<ast::RenameColumn>(step);
    if (column.empty()
            ? of_table != nullptr &&
                  EqualsIgnoringCase(of_table->table.text, table) &&
                  IsOldTable(upgrade, i, table)
            : of_column != nullptr &&
                  EqualsIgnoringCase(of_column->table.text, table) &&
                  EqualsIgnoringCase(of_column->column.text, column) &&
                  IsOldColumn(upgrade, i, table, column)) {
      return i;
    }
  }
  return std::nullopt;
}

// The last step after which the table or view is not there any more.
std::size_t RemovalOf(const catalog::Simulation& upgrade,
                      const std::string& name) {
  for (const std::size_t i : llvm::reverse(upgrade.changes)) {
    const catalog::Step& step = upgrade.steps[i];
    if (step.before.FindRelation(name) && !step.after.FindRelation(name)) {
      return i;
    }
  }
  return 0;
}

// The last step that leaves the table without the column: a DROP COLUMN, or the
// CREATE TABLE of what replaces the old one.
std::size_t RemovalOf(const catalog::Simulation& upgrade,
                      const std::string& table, const std::string& column) {
  std::string name = sql::FoldCase(table);
  for (const std::size_t i : llvm::reverse(upgrade.changes)) {
    const catalog::Step& step = upgrade.steps[i];
    const auto* rename = As<ast::RenameTable>(step);
    if (rename != nullptr && EqualsIgnoringCase(rename->to.text, name)) {
      name = sql::FoldCase(rename->table.text);
      continue;
    }
    const ast::Table* after = step.after.FindTable(name);
    const ast::Table* before = step.before.FindTable(name);
    if (after == nullptr) {
      continue;
    }
    if (before == nullptr || FindColumn(*before, column) != nullptr) {
      return i;
    }
  }
  return 0;
}

Gone MakeGone(const catalog::Simulation& upgrade, const std::string& table,
              const std::string& column) {
  Gone gone{table, column, false,
            column.empty() ? RemovalOf(upgrade, table)
                           : RemovalOf(upgrade, table, column),
            ""};
  if (const auto rename = RenameOf(upgrade, table, column)) {
    const catalog::Step& step = upgrade.steps[*rename];
    gone.step = *rename;
    gone.renamed_to = column.empty() ? As<ast::RenameTable>(step)->to.text
                                     : As<ast::RenameColumn>(step)->to.text;
  }
  return gone;
}

bool Remains(const catalog::Simulation& upgrade, std::size_t step,
             const std::string& table) {
  const auto names = NamesOf(upgrade, step, table);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return upgrade.after.FindTable(name) != nullptr;
  });
}

// A table that keeps what goes for the downgrade, to go by its name.
bool IsArchiveName(const std::string& folded) {
  constexpr llvm::StringLiteral kWords[] = {"arch",    "backup", "bak", "old",
                                            "deleted", "saved",  "kept"};
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](llvm::StringRef word) {
                       return llvm::StringRef(folded).contains(word);
                     });
}

// By its place at first, where it is mostly found.
const ast::Column* FindColumnNear(const ast::Table& table, std::size_t place,
                                  std::string_view name) {
  return place < table.columns.size() &&
                 EqualsIgnoringCase(table.columns[place].name.text, name)
             ? &table.columns[place]
             : FindColumn(table, name);
}

bool IsReleasedColumn(const MigrationContext& context, const ast::Table& table,
                      std::string_view column) {
  const catalog::ObjectPtr object =
      context.upgrade.before.Find(ObjectKind::kTable, table.name.text);
  if (!object) {
    return true;
  }
  const auto added = object->added_columns.find(sql::FoldCase(column));
  return added == object->added_columns.end() ||
         IsReleased(context, added->second.file);
}

bool WritesNew(const catalog::Simulation& upgrade, std::size_t step) {
  const Effects effects = EffectsOf(upgrade.steps[step]);
  const auto is_new_table = [&](const std::string& table) {
    return !IsOldTable(upgrade, step, table) && !IsArchiveName(table) &&
           Remains(upgrade, step, table);
  };
  return std::any_of(effects.inserts.begin(), effects.inserts.end(),
                     is_new_table) ||
         std::any_of(effects.updates.begin(), effects.updates.end(),
                     [&](const catalog::Use& use) {
                       return IsOldTable(upgrade, step, use.table)
                                  ? !IsOldColumn(upgrade, step, use.table,
                                                 use.column)
                                  : is_new_table(use.table);
                     });
}

}  // namespace

std::vector<KnownTable> ChangedTables(const MigrationContext& context) {
  std::vector<KnownTable> tables;
  if (context.migration().header.squashes) {
    return tables;
  }
  for (const Catalog::Change& change :
       Catalog::Changes(context.upgrade.before, context.upgrade.after)) {
    if (IsKnown(context, change, ObjectKind::kTable)) {
      tables.push_back({&std::get<ast::Table>(change.before->definition),
                        change.after
                            ? &std::get<ast::Table>(change.after->definition)
                            : nullptr});
    }
  }
  return tables;
}

bool IsKnownColumn(const MigrationContext& context, const ast::Table& table,
                   std::string_view column) {
  return FindColumn(table, column) != nullptr &&
         IsReleasedColumn(context, table, column);
}

std::vector<KnownColumn> KeptColumns(const MigrationContext& context,
                                     const std::vector<KnownTable>& tables) {
  std::vector<KnownColumn> columns;
  for (const KnownTable& table : tables) {
    if (table.after == nullptr) {
      continue;
    }
    const auto& all = table.before->columns;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const ast::Column& before = all[i];
      const ast::Column* after =
          FindColumnNear(*table.after, i, before.name.text);
      // One that is computed now is there for readers alone.
      if (after != nullptr &&
          before.generated.has_value() == after->generated.has_value() &&
          IsReleasedColumn(context, *table.before, before.name.text)) {
        columns.push_back({&table, &before, after});
      }
    }
  }
  return columns;
}

std::vector<Gone> GoneOf(const MigrationContext& context) {
  const catalog::Simulation& upgrade = context.upgrade;
  std::vector<Gone> all;
  for (const KnownTable& table : ChangedTables(context)) {
    const std::string& name = table.before->name.text;
    if (table.after == nullptr) {
      // A view of the name goes on for it.
      if (!upgrade.after.FindRelation(name)) {
        all.push_back(MakeGone(upgrade, name, ""));
      }
      continue;
    }
    const auto& columns = table.before->columns;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string& column = columns[i].name.text;
      if (FindColumnNear(*table.after, i, column) == nullptr &&
          IsReleasedColumn(context, *table.before, column)) {
        all.push_back(MakeGone(upgrade, name, column));
      }
    }
  }
  if (context.migration().header.squashes) {
    return all;
  }
  for (const Catalog::Change& change :
       Catalog::Changes(upgrade.before, upgrade.after)) {
    if (IsKnown(context, change, ObjectKind::kView) && !change.after &&
        !upgrade.after.FindRelation(change.key.name)) {
      Gone gone = MakeGone(upgrade, change.before->name(), "");
      gone.is_view = true;
      all.push_back(std::move(gone));
    }
  }
  return all;
}

std::optional<std::size_t> CopyOf(const MigrationContext& context,
                                  const Gone& gone) {
  const catalog::Simulation& upgrade = context.upgrade;
  const auto tables = NamesOf(upgrade, 0, gone.table);
  for (std::size_t i = 0; i < upgrade.steps.size(); ++i) {
    const catalog::Step& step = upgrade.steps[i];
    if (!IsData(step)) {
      continue;
    }
    const bool reads =
        llvm::any_of(step.access.reads, [&](const catalog::Use& use) {
          return tables.contains(use.table) &&
                 (gone.column.empty() ||
                  EqualsIgnoringCase(use.column, gone.column));
        });
    if (reads && WritesNew(upgrade, i)) {
      return i;
    }
  }
  return std::nullopt;
}

source::Location PlaceOfChange(
    const MigrationContext& context, std::string_view table,
    std::string_view column,
    llvm::function_ref<bool(const ast::Column* before,
                            const ast::Column& after)>
        differs) {
  std::string table_name = sql::FoldCase(table);
  std::string column_name = sql::FoldCase(column);
  for (const std::size_t i : llvm::reverse(context.upgrade.changes)) {
    const catalog::Step& step = context.upgrade.steps[i];
    const ast::Table* after = step.after.FindTable(table_name);
    const ast::Column* now =
        after == nullptr ? nullptr : FindColumn(*after, column_name);
    if (now == nullptr) {
      break;
    }
    if (const auto* rename = As<ast::RenameTable>(step);
        rename != nullptr && EqualsIgnoringCase(rename->to.text, table_name)) {
      table_name = sql::FoldCase(rename->table.text);
      continue;
    }
    if (const auto* rename = As<ast::RenameColumn>(step);
        rename != nullptr &&
        EqualsIgnoringCase(rename->table.text, table_name) &&
        EqualsIgnoringCase(rename->to.text, column_name)) {
      column_name = sql::FoldCase(rename->column.text);
      continue;
    }
    const ast::Table* before = step.before.FindTable(table_name);
    const ast::Column* then =
        before == nullptr ? nullptr : FindColumn(*before, column_name);
    if (before == nullptr && As<ast::CreateTable>(step) != nullptr) {
      return context.At(now->range);
    }
    if (differs(then, *now)) {
      return LocationOf(context, step);
    }
  }
  return context.At(context.migration().header.title.range);
}

bool IsNeverNull(const ast::Table& table, const ast::Column& column) {
  if (column.not_null || catalog::RowidAlias(table) == &column) {
    return true;
  }
  const auto key = ast::PrimaryKey(table);
  return (table.without_rowid || table.strict) &&
         llvm::any_of(key, [&](const std::string& name) {
           return EqualsIgnoringCase(name, column.name.text);
         });
}

}  // namespace palindrome::checks
