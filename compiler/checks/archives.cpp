#include "compiler/checks/archives.h"

#include <algorithm>
#include <set>
#include <vector>

#include "compiler/catalog/row_key.h"
#include "compiler/checks/carried_rows.h"
#include "compiler/checks/replacements.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

bool ReadsAll(const catalog::Access& access, std::string_view table,
              const std::vector<std::string>& columns) {
  return std::all_of(
      columns.begin(), columns.end(),
      [&](const std::string& column) { return Reads(access, table, column); });
}

// The key by which the rows are found again; any UNIQUE one that is read will
// do.
bool ReadsRowKey(const catalog::Step& step, const std::string& table,
                 std::string_view column) {
  const ast::Table& definition = *step.before.FindTable(table);
  std::set<std::string> without{sql::FoldCase(column)};
  while (const auto key =
             catalog::FindRowKey(step.before, definition, without)) {
    std::string missing;
    for (const catalog::RowKey::Part& part : key->parts) {
      if (!Reads(step.access, table, part.column)) {
        missing = part.column;
      }
    }
    if (missing.empty()) {
      return true;
    }
    without.insert(sql::FoldCase(missing));
  }
  return false;
}

// `SELECT *` into a table that is alike: the engine copies whole records then,
// and says nothing of their columns.
bool CopiesRecords(const catalog::Simulation& section, std::size_t step,
                   const std::string& table) {
  const auto copy = ReadCopy(section, step);
  if (!copy || copy->select.source != table) {
    return false;
  }
  const auto columns = StoredColumns(*copy->source);
  return std::all_of(columns.begin(), columns.end(), [&](const auto& column) {
    return std::any_of(copy->items.begin(), copy->items.end(),
                       [&](const Copy::Item& item) {
                         return sql::EqualsIgnoringCase(item.from, column);
                       });
  });
}

}  // namespace

Archives::Archives(const MigrationContext& context)
    : upgrade_(context.upgrade),
      downgrade_section_(context.downgrade.simulation),
      downgrade_(EffectsOf(context.downgrade.simulation)) {
  const auto& steps = downgrade_section_.steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (const std::string& table : EffectsOf(steps[i]).inserts) {
      refilled_.merge(NamesOf(downgrade_section_, i, table));
    }
  }
}

// The statement inserts into another table that is there after the upgrade.
bool Archives::KeepsElsewhere(std::size_t step, const Names& own_names) const {
  const catalog::Access& access = upgrade_.steps[step].access;
  return std::any_of(
      access.inserts.begin(), access.inserts.end(),
      [&](const std::string& archive) {
        const auto names = NamesOf(upgrade_, step, archive);
        return !own_names.contains(archive) &&
               std::any_of(names.begin(), names.end(),
                           [&](const std::string& name) {
                             return upgrade_.after.FindTable(name) != nullptr;
                           });
      });
}

// The statement writes another column of the table, which is there at the end.
bool Archives::KeepsInRow(const catalog::Step& step, const Names& names,
                          std::string_view column) const {
  for (const catalog::Use& use : step.access.updates) {
    if (!names.contains(use.table) ||
        sql::EqualsIgnoringCase(use.column, column)) {
      continue;
    }
    for (const std::string& name : names) {
      const ast::Table* after = upgrade_.after.FindTable(name);
      if (after != nullptr && FindColumn(*after, use.column) != nullptr) {
        return true;
      }
    }
  }
  return false;
}

bool Archives::DowngradeInserts(const Names& names) const {
  return std::any_of(names.begin(), names.end(), [&](const auto& name) {
    return refilled_.contains(name);
  });
}

bool Archives::DowngradeUpdates(const Names& names,
                                std::string_view column) const {
  return std::any_of(names.begin(), names.end(), [&](const auto& name) {
    return Updates(downgrade_, name, column);
  });
}

bool Archives::CopiesRows(std::size_t step, const Names& names,
                          bool every_row) const {
  const catalog::Step& copy = upgrade_.steps[step];
  if (As<ast::Insert>(copy) == nullptr ||
      (every_row && MayLeaveRowsOut(copy.item->statement))) {
    return false;
  }
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    const ast::Table* definition = copy.before.FindTable(name);
    return definition != nullptr &&
           (ReadsAll(copy.access, name, StoredColumns(*definition)) ||
            CopiesRecords(upgrade_, step, name)) &&
           KeepsElsewhere(step, names);
  });
}

std::size_t Archives::FirstCopy(const Names& names, bool every_row) {
  const auto [entry, is_new] =
      first_copies_.try_emplace({names, every_row}, std::size_t{0});
  std::size_t& first = entry->second;
  while (is_new && first < upgrade_.steps.size() &&
         !CopiesRows(first, names, every_row)) {
    ++first;
  }
  return first;
}

bool Archives::HasRows(std::size_t step, std::string_view table,
                       bool every_row) {
  const Names names = NamesOf(upgrade_, step, table);
  return DowngradeInserts(names) && FirstCopy(names, every_row) < step;
}

bool Archives::DowngradeDrops(const std::string& table) const {
  const Names names = NamesOf(downgrade_section_, 0, table);
  const auto& steps = downgrade_section_.steps;
  return std::any_of(steps.begin(), steps.end(), [&](const auto& step) {
    const auto* drop = As<ast::DropTable>(step);
    return drop != nullptr && names.contains(sql::FoldCase(drop->table.text));
  });
}

std::optional<std::set<std::string>> Archives::CarriedColumns(
    std::size_t drop, std::string_view table) const {
  const auto old = OldName(upgrade_, drop, table);
  if (!old || (DowngradeDrops(*old) && !refilled_.contains(*old))) {
    return std::nullopt;
  }
  return ColumnsCarriedOn(upgrade_, *old);
}

bool Archives::HasColumn(std::size_t step, std::string_view table,
                         std::string_view column) const {
  const Names names = NamesOf(upgrade_, step, table);
  if (!DowngradeInserts(names) && !DowngradeUpdates(names, column)) {
    return false;
  }
  return KeepsColumn(step, table, column, /*by_row_key=*/false);
}

bool Archives::HasKeyOf(std::size_t step, std::string_view table,
                        std::string_view column) const {
  return KeepsColumn(step, table, column, /*by_row_key=*/true);
}

bool Archives::KeepsColumn(std::size_t step, std::string_view table,
                           std::string_view column, bool by_row_key) const {
  const Names names = NamesOf(upgrade_, step, table);
  for (std::size_t i = 0; i < step; ++i) {
    const catalog::Step& copy = upgrade_.steps[i];
    if (!IsData(copy)) {
      continue;
    }
    for (const std::string& name : names) {
      const ast::Table* definition = copy.before.FindTable(name);
      if (definition != nullptr && Reads(copy.access, name, column) &&
          (KeepsInRow(copy, names, column) ||
           (KeepsElsewhere(i, names) &&
            (by_row_key ? ReadsRowKey(copy, name, column)
                        : ReadsAll(copy.access, name,
                                   ast::PrimaryKey(*definition)))))) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace palindrome::checks
