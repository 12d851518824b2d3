#include "compiler/models/renames.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "compiler/diagnostics/emitter.h"
#include "compiler/lower/sqlite/table_facts.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::models {
namespace {

using ast::Column;
using ast::Table;
using catalog::Catalog;

template <typename Node>
ast::Statement Make(Node node) {
  ast::Statement statement;
  statement.node = std::move(node);
  return statement;
}

const Column* FindColumn(const Table& table, const std::string& name) {
  return lower::sqlite::FindColumn(table, name);
}

std::vector<const Table*> Tables(const Catalog& catalog) {
  std::vector<const Table*> tables;
  for (const std::string& name : catalog.Names(catalog::ObjectKind::kTable)) {
    tables.push_back(catalog.FindTable(name));
  }
  return tables;
}

// The share of columns that have a namesake, in hundredths.
std::size_t Likeness(const Table& left, const Table& right) {
  const auto shared = static_cast<std::size_t>(std::count_if(
      left.columns.begin(), left.columns.end(), [&](const Column& column) {
        return FindColumn(right, column.name.text) != nullptr;
      }));
  return 100 * shared / std::max(left.columns.size(), right.columns.size());
}

bool IsLike(const Table& table, const Column& left, const Column& right) {
  return !left.generated && !right.generated &&
         lower::sqlite::AffinityOf(left.type, table.strict) ==
             lower::sqlite::AffinityOf(right.type, table.strict);
}

void FindTables(const Catalog& before, const Catalog& after,
                std::vector<ast::Statement>& renames) {
  constexpr std::size_t kLike = 50;
  std::set<const Table*> taken;
  for (const Table* old : Tables(before)) {
    if (after.FindTable(old->name.text) != nullptr) {
      continue;
    }
    const Table* best = nullptr;
    for (const Table* table : Tables(after)) {
      const bool is_new = before.FindTable(table->name.text) == nullptr &&
                          !taken.contains(table);
      if (is_new && Likeness(*old, *table) >= kLike &&
          (best == nullptr || Likeness(*old, *table) > Likeness(*old, *best))) {
        best = table;
      }
    }
    if (best != nullptr) {
      taken.insert(best);
      renames.push_back(
          Make(ast::RenameTable{{old->name.text, {}}, {best->name.text, {}}}));
    }
  }
}

void FindColumns(const Table& before, const Table& after,
                 std::vector<ast::Statement>& renames) {
  std::set<std::string> taken;
  for (const Column& old : before.columns) {
    if (FindColumn(after, old.name.text) != nullptr) {
      continue;
    }
    for (const Column& column : after.columns) {
      if (FindColumn(before, column.name.text) == nullptr &&
          IsLike(before, old, column) &&
          taken.insert(sql::FoldCase(column.name.text)).second) {
        renames.push_back(Make(ast::RenameColumn{{before.name.text, {}},
                                                 {old.name.text, {}},
                                                 {column.name.text, {}}}));
        break;
      }
    }
  }
}

}  // namespace

std::vector<ast::Statement> HintedRenames(const Models& models,
                                          const Catalog& history) {
  std::vector<ast::Statement> renames;
  std::vector<ast::Statement> columns;
  for (const auto& [name, model] : models.tables) {
    const Table* wanted = models.catalog.FindTable(name);
    const Table* old = history.FindTable(name);
    if (wanted == nullptr) {
      continue;
    }
    const std::string& from = model.renamed_from.name;
    if (old == nullptr && !from.empty() && history.FindTable(from) != nullptr &&
        models.catalog.FindTable(from) == nullptr) {
      old = history.FindTable(from);
      renames.push_back(
          Make(ast::RenameTable{{old->name.text, {}}, wanted->name}));
    }
    for (const Column& column : wanted->columns) {
      const auto field = model.columns.find(sql::FoldCase(column.name.text));
      if (old == nullptr || field == model.columns.end() ||
          field->second.renamed_from.name.empty()) {
        continue;
      }
      const std::string& old_name = field->second.renamed_from.name;
      if (FindColumn(*old, column.name.text) == nullptr &&
          FindColumn(*old, old_name) != nullptr &&
          FindColumn(*wanted, old_name) == nullptr) {
        columns.push_back(Make(ast::RenameColumn{
            wanted->name, {old_name, {}}, {column.name.text, {}}}));
      }
    }
  }
  std::move(columns.begin(), columns.end(), std::back_inserter(renames));
  return renames;
}

std::vector<std::string> UnmetHints(const Models& models,
                                    const Catalog& history) {
  std::vector<std::string> unmet;
  const auto add = [&](const std::string& what, const std::string& from,
                       bool is_kept, const std::vector<std::string>& names) {
    unmet.push_back("the PALINDROME_RENAMED_FROM of " + what +
                    " settles nothing, for " +
                    (is_kept ? "the models still have `" + from + "`"
                             : "the history has no `" + from + "`" +
                                   diagnostics::Suggestion(from, names)));
  };
  for (const auto& [name, model] : models.tables) {
    const Table* wanted = models.catalog.FindTable(name);
    if (wanted == nullptr) {
      continue;
    }
    const Table* old = history.FindTable(name);
    const std::string& from = model.renamed_from.name;
    if (old == nullptr && !from.empty()) {
      const bool is_kept = models.catalog.FindTable(from) != nullptr;
      old = is_kept ? nullptr : history.FindTable(from);
      if (old == nullptr) {
        add("table `" + wanted->name.text + "`", from, is_kept,
            history.Names(catalog::ObjectKind::kTable));
      }
    }
    for (const Column& column : wanted->columns) {
      const auto field = model.columns.find(sql::FoldCase(column.name.text));
      if (old == nullptr || field == model.columns.end() ||
          field->second.renamed_from.name.empty() ||
          FindColumn(*old, column.name.text) != nullptr) {
        continue;
      }
      const std::string& old_name = field->second.renamed_from.name;
      const bool is_kept = FindColumn(*wanted, old_name) != nullptr;
      if (is_kept || FindColumn(*old, old_name) == nullptr) {
        std::vector<std::string> names;
        for (const Column& each : old->columns) {
          names.push_back(each.name.text);
        }
        add("column `" + column.name.text + "` of table `" + wanted->name.text +
                "`",
            old_name, is_kept, names);
      }
    }
  }
  return unmet;
}

std::vector<ast::Statement> PossibleRenames(const Catalog& before,
                                            const Catalog& after) {
  std::vector<ast::Statement> renames;
  FindTables(before, after, renames);
  for (const Table* old : Tables(before)) {
    if (const Table* table = after.FindTable(old->name.text)) {
      FindColumns(*old, *table, renames);
    }
  }
  return renames;
}

}  // namespace palindrome::models
