#include "compiler/checks/archives.h"

#include <algorithm>
#include <set>
#include <vector>

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

// The statement inserts into another table that is there after the upgrade.
bool KeepsElsewhere(const MigrationContext& context, std::size_t step,
                    const std::set<std::string>& own_names) {
  const catalog::Simulation& upgrade = context.upgrade;
  const catalog::Access& access = upgrade.steps[step].access;
  return std::any_of(
      access.inserts.begin(), access.inserts.end(),
      [&](const std::string& archive) {
        const auto names = NamesOf(upgrade, step, archive);
        return !own_names.contains(archive) &&
               std::any_of(names.begin(), names.end(),
                           [&](const std::string& name) {
                             return upgrade.after.FindTable(name) != nullptr;
                           });
      });
}

// Words that make a SELECT leave rows out.
bool MayLeaveRowsOut(const ast::Statement& statement) {
  return HasWord(statement, {"where", "limit", "distinct", "group", "having",
                             "join", "except", "intersect"});
}

bool DowngradeInserts(const MigrationContext& context,
                      const std::set<std::string>& names) {
  const auto& steps = context.downgrade.simulation.steps;
  return std::any_of(steps.begin(), steps.end(), [&](const auto& step) {
    return std::any_of(names.begin(), names.end(), [&](const auto& name) {
      return Inserts(EffectsOf(step), name);
    });
  });
}

bool DowngradeWrites(const MigrationContext& context,
                     const std::set<std::string>& names,
                     std::string_view column) {
  const auto& steps = context.downgrade.simulation.steps;
  return DowngradeInserts(context, names) ||
         std::any_of(steps.begin(), steps.end(), [&](const auto& step) {
           return std::any_of(names.begin(), names.end(),
                              [&](const std::string& name) {
                                return Updates(EffectsOf(step), name, column);
                              });
         });
}

// The statement writes another column of the table, which is there at the end.
bool KeepsInRow(const MigrationContext& context, const catalog::Step& step,
                const std::set<std::string>& names, std::string_view column) {
  for (const catalog::Use& use : step.access.updates) {
    if (!names.contains(use.table) ||
        sql::EqualsIgnoringCase(use.column, column)) {
      continue;
    }
    for (const std::string& name : names) {
      const ast::Table* after = context.upgrade.after.FindTable(name);
      if (after != nullptr && FindColumn(*after, use.column) != nullptr) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

bool RowsAreArchived(const MigrationContext& context, std::size_t step,
                     std::string_view table, bool every_row) {
  const catalog::Simulation& upgrade = context.upgrade;
  const auto names = NamesOf(upgrade, step, table);
  for (std::size_t i = 0; i < step; ++i) {
    const catalog::Step& copy = upgrade.steps[i];
    if (As<ast::Insert>(copy) == nullptr ||
        (every_row && MayLeaveRowsOut(copy.item->statement))) {
      continue;
    }
    for (const std::string& name : names) {
      const ast::Table* definition = copy.before.FindTable(name);
      if (definition != nullptr &&
          ReadsAll(copy.access, name, StoredColumns(*definition)) &&
          KeepsElsewhere(context, i, names)) {
        return DowngradeInserts(context, names);
      }
    }
  }
  return false;
}

bool ColumnIsArchived(const MigrationContext& context, std::size_t step,
                      std::string_view table, std::string_view column) {
  const catalog::Simulation& upgrade = context.upgrade;
  const auto names = NamesOf(upgrade, step, table);
  for (std::size_t i = 0; i < step; ++i) {
    const catalog::Step& copy = upgrade.steps[i];
    if (!IsData(copy)) {
      continue;
    }
    for (const std::string& name : names) {
      const ast::Table* definition = copy.before.FindTable(name);
      if (definition == nullptr || !Reads(copy.access, name, column)) {
        continue;
      }
      if (KeepsInRow(context, copy, names, column) ||
          (ReadsAll(copy.access, name, PrimaryKey(*definition)) &&
           KeepsElsewhere(context, i, names))) {
        return DowngradeWrites(context, names, column);
      }
    }
  }
  return false;
}

}  // namespace palindrome::checks
