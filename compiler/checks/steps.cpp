#include "compiler/checks/steps.h"

#include <algorithm>

#include "llvm/ADT/STLExtras.h"

#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

using sql::EqualsIgnoringCase;

// A name as it was before a step: another one, the same, or not there yet.
struct Earlier {
  std::string name;
  bool created = false;
};

Earlier TableBefore(const catalog::Step& step, std::string name) {
  if (const auto* rename = As<ast::RenameTable>(step)) {
    if (EqualsIgnoringCase(rename->to.text, name)) {
      return {sql::FoldCase(rename->table.text)};
    }
  } else if (As<ast::CreateTable>(step) != nullptr ||
             As<ast::Opaque>(step) != nullptr) {
    const bool created = step.before.FindTable(name) == nullptr;
    return {std::move(name), created};
  }
  return {std::move(name)};
}

// `table` is the table's name after the step.
Earlier ColumnBefore(const catalog::Step& step, std::string_view table,
                     std::string column) {
  if (const auto* rename = As<ast::RenameColumn>(step)) {
    if (EqualsIgnoringCase(rename->table.text, table) &&
        EqualsIgnoringCase(rename->to.text, column)) {
      return {sql::FoldCase(rename->column.text)};
    }
  } else if (const auto* add = As<ast::AddColumn>(step)) {
    const bool created = EqualsIgnoringCase(add->table.text, table) &&
                         EqualsIgnoringCase(add->column.name.text, column);
    return {std::move(column), created};
  } else if (As<ast::Opaque>(step) != nullptr) {
    const ast::Table* before = step.before.FindTable(table);
    const bool created =
        before != nullptr && FindColumn(*before, column) == nullptr;
    return {std::move(column), created};
  }
  return {std::move(column)};
}

bool Contains(const std::vector<std::string>& folded, std::string_view name) {
  return std::binary_search(folded.begin(), folded.end(), sql::FoldCase(name));
}

bool Contains(const std::vector<catalog::Use>& uses, std::string_view table,
              std::string_view column) {
  return std::binary_search(
      uses.begin(), uses.end(),
      catalog::Use{sql::FoldCase(table), sql::FoldCase(column)});
}

// The steps before `step` that change the catalog, the last one first: no other
// can create or rename anything.
auto ChangesBefore(const catalog::Simulation& section, std::size_t step) {
  const auto& changes = section.changes;
  const auto end = std::lower_bound(changes.begin(), changes.end(), step);
  return llvm::map_range(llvm::reverse(llvm::make_range(changes.begin(), end)),
                         [&section](std::size_t i) -> const catalog::Step& {
                           return section.steps[i];
                         });
}

auto ChangesFrom(const catalog::Simulation& section, std::size_t step) {
  const auto& changes = section.changes;
  const auto begin = std::lower_bound(changes.begin(), changes.end(), step);
  return llvm::map_range(llvm::make_range(begin, changes.end()),
                         [&section](std::size_t i) -> const catalog::Step& {
                           return section.steps[i];
                         });
}

// What `table` is called after the step.
std::string TableAfter(const catalog::Step& step, std::string table) {
  const auto* rename = As<ast::RenameTable>(step);
  return rename != nullptr && EqualsIgnoringCase(rename->table.text, table)
             ? sql::FoldCase(rename->to.text)
             : std::move(table);
}

// `table` is the table's name before the step.
std::string ColumnAfter(const catalog::Step& step, std::string_view table,
                        std::string column) {
  const auto* rename = As<ast::RenameColumn>(step);
  return rename != nullptr && EqualsIgnoringCase(rename->table.text, table) &&
                 EqualsIgnoringCase(rename->column.text, column)
             ? sql::FoldCase(rename->to.text)
             : std::move(column);
}

const catalog::Catalog& CatalogBefore(const catalog::Simulation& section,
                                      std::size_t step) {
  return step < section.steps.size() ? section.steps[step].before
                                     : section.after;
}

}  // namespace

bool IsData(const catalog::Step& step) {
  return step.applies && ast::IsDataStatement(step.item->statement.kind());
}

std::set<catalog::Key> ChangedObjects(const catalog::Simulation& section) {
  std::set<catalog::Key> changed;
  for (const auto& [key, before, after] :
       catalog::Catalog::Changes(section.before, section.after)) {
    const bool is_same = before && after && SameObject(*before, *after);
    if (!is_same && key.kind != catalog::ObjectKind::kArchive) {
      changed.insert(key);
    }
  }
  return changed;
}

bool IsPreserved(const catalog::Step& step, std::string_view table) {
  return step.archive &&
         sql::EqualsIgnoringCase(
             std::get<ast::Archive>(step.archive->definition).table, table);
}

source::Location LocationOf(const MigrationContext& context,
                            const catalog::Step& step) {
  return context.At(step.item->statement.range);
}

std::optional<std::string> OldName(const catalog::Simulation& section,
                                   std::size_t step, std::string_view table) {
  if (CatalogBefore(section, step).FindTable(table) == nullptr) {
    return std::nullopt;
  }
  std::string name = sql::FoldCase(table);
  for (const catalog::Step& change : ChangesBefore(section, step)) {
    Earlier earlier = TableBefore(change, std::move(name));
    if (earlier.created) {
      return std::nullopt;
    }
    name = std::move(earlier.name);
  }
  return section.before.FindTable(name) == nullptr ? std::nullopt
                                                   : std::optional(name);
}

std::optional<catalog::Use> OldName(const catalog::Simulation& section,
                                    std::size_t step,
                                    const catalog::Use& column) {
  const ast::Table* now = CatalogBefore(section, step).FindTable(column.table);
  if (now == nullptr || FindColumn(*now, column.column) == nullptr) {
    return std::nullopt;
  }
  catalog::Use name = {sql::FoldCase(column.table),
                       sql::FoldCase(column.column)};
  for (const catalog::Step& change : ChangesBefore(section, step)) {
    Earlier of_column =
        ColumnBefore(change, name.table, std::move(name.column));
    Earlier of_table = TableBefore(change, std::move(name.table));
    if (of_column.created || of_table.created) {
      return std::nullopt;
    }
    name = {std::move(of_table.name), std::move(of_column.name)};
  }
  const ast::Table* before = section.before.FindTable(name.table);
  return before == nullptr || FindColumn(*before, name.column) == nullptr
             ? std::nullopt
             : std::optional(std::move(name));
}

bool IsOldTable(const catalog::Simulation& section, std::size_t step,
                std::string_view table) {
  return OldName(section, step, table).has_value();
}

bool IsOldColumn(const catalog::Simulation& section, std::size_t step,
                 std::string_view table, std::string_view column) {
  return OldName(section, step,
                 catalog::Use{std::string(table), std::string(column)})
      .has_value();
}

std::vector<catalog::Use> ExchangedNames(const catalog::Simulation& section) {
  std::set<std::string> tables;
  for (const std::size_t i : section.changes) {
    if (const auto* table = As<ast::RenameTable>(section.steps[i])) {
      tables.insert(sql::FoldCase(table->to.text));
    } else if (const auto* column = As<ast::RenameColumn>(section.steps[i])) {
      tables.merge(NamesOf(section, i, column->table.text));
    }
  }
  const std::size_t end = section.steps.size();
  std::vector<catalog::Use> names;
  for (const std::string& table : tables) {
    const ast::Table* before = section.before.FindTable(table);
    const auto old = OldName(section, end, table);
    if (before == nullptr || !old) {
      continue;
    }
    if (*old != table) {
      names.push_back({table, ""});
      continue;
    }
    const ast::Table* after = section.after.FindTable(table);
    if (after == nullptr) {
      continue;
    }
    std::set<std::string> moved;  // Names that their columns have no more.
    for (const ast::Column& column : after->columns) {
      const std::string now = sql::FoldCase(column.name.text);
      const auto then = OldName(section, end, catalog::Use{table, now});
      if (then && then->column != now) {
        moved.insert(then->column);
      }
    }
    for (const ast::Column& column : after->columns) {
      const std::string now = sql::FoldCase(column.name.text);
      if (moved.contains(now)) {
        names.push_back({table, now});
      }
    }
  }
  return names;
}

std::set<std::string> NamesOf(const catalog::Simulation& section,
                              std::size_t step, std::string_view table) {
  std::string name = sql::FoldCase(table);
  std::set<std::string> names{name};
  for (const catalog::Step& change : ChangesFrom(section, step)) {
    name = TableAfter(change, std::move(name));
    names.insert(name);
  }
  name = sql::FoldCase(table);
  for (const catalog::Step& change : ChangesBefore(section, step)) {
    name = TableBefore(change, std::move(name)).name;
    names.insert(name);
  }
  return names;
}

std::set<catalog::Use> NamesOfColumn(const catalog::Simulation& section,
                                     std::size_t step,
                                     const catalog::Use& column) {
  const catalog::Use now = {sql::FoldCase(column.table),
                            sql::FoldCase(column.column)};
  catalog::Use name = now;
  std::set<catalog::Use> names{name};
  for (const catalog::Step& change : ChangesFrom(section, step)) {
    name.column = ColumnAfter(change, name.table, std::move(name.column));
    name.table = TableAfter(change, std::move(name.table));
    names.insert(name);
  }
  name = now;
  for (const catalog::Step& change : ChangesBefore(section, step)) {
    name.column = ColumnBefore(change, name.table, std::move(name.column)).name;
    name.table = TableBefore(change, std::move(name.table)).name;
    names.insert(name);
  }
  return names;
}

bool Updates(const Effects& effects, std::string_view table) {
  return std::any_of(effects.updates.begin(), effects.updates.end(),
                     [&](const catalog::Use& use) {
                       return EqualsIgnoringCase(use.table, table);
                     });
}

bool Updates(const Effects& effects, std::string_view table,
             std::string_view column) {
  return Contains(effects.updates, table, column);
}

bool Inserts(const Effects& effects, std::string_view table) {
  return Contains(effects.inserts, table);
}

bool Deletes(const Effects& effects, std::string_view table) {
  return Contains(effects.deletes, table);
}

bool Reads(const catalog::Access& access, std::string_view table,
           std::string_view column) {
  return Contains(access.reads, table, column);
}

std::vector<std::string> StoredColumns(const ast::Table& table) {
  std::vector<std::string> columns;
  for (const ast::Column& column : table.columns) {
    if (!column.generated) {
      columns.push_back(column.name.text);
    }
  }
  return columns;
}

const ast::Column* FindColumn(const ast::Table& table, std::string_view name) {
  const auto found = std::find_if(
      table.columns.begin(), table.columns.end(), [&](const auto& column) {
        return EqualsIgnoringCase(column.name.text, name);
      });
  return found == table.columns.end() ? nullptr : &*found;
}

bool HasWord(const ast::Statement& statement,
             const std::set<std::string>& folded_words) {
  const auto& tokens = statement.tokens.tokens;
  return std::any_of(tokens.begin(), tokens.end(), [&](const auto& token) {
    return token.kind == sql::TokenKind::kWord &&
           folded_words.contains(sql::FoldCase(token.spelling));
  });
}

std::string QuotedList(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i != 0) {
      text += i + 1 == names.size() ? " and " : ", ";
    }
    text += "`" + names[i] + "`";
  }
  return text;
}

}  // namespace palindrome::checks
