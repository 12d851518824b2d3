#include "compiler/checks/removed_values.h"

#include <optional>
#include <set>
#include <utility>

#include "llvm/ADT/STLExtras.h"

#include "compiler/checks/copies.h"
#include "compiler/checks/old_rows.h"
#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

// The values that a CHECK lists for a column, as they are spelt.
struct Allowed {
  std::string column;  // Folded.
  std::set<std::string> values;
  source::Range range;
};

bool IsLiteral(const ast::Token& token) {
  return token.kind == sql::TokenKind::kString ||
         token.kind == sql::TokenKind::kNumber;
}

// Of `c IN (1, 2)`, with or without `c IS NULL OR` before or behind it.
std::optional<Allowed> ReadList(const ast::Constraint& constraint) {
  const Tokens& tokens = constraint.check.tokens;
  Allowed allowed;
  allowed.range = constraint.range;
  std::size_t begin = 0;
  std::size_t end = tokens.size();
  const auto is_null = [&](std::size_t at) {
    return at + 2 < tokens.size() && IsName(tokens[at]) &&
           IsWord(tokens[at + 1], "is") && IsWord(tokens[at + 2], "null");
  };
  if (is_null(0) && end > 3 && IsWord(tokens[3], "or")) {
    begin = 4;
  } else if (end > 4 && is_null(end - 3) && IsWord(tokens[end - 4], "or")) {
    end -= 4;
  }
  if (end < begin + 5 || !IsName(tokens[begin]) ||
      !IsWord(tokens[begin + 1], "in") || tokens[begin + 2].spelling != "(" ||
      tokens[end - 1].spelling != ")") {
    return std::nullopt;
  }
  allowed.column = NameOf(tokens[begin]);
  for (std::size_t i = begin + 3; i + 1 < end; ++i) {
    const bool is_comma = (i - begin) % 2 == 0;
    if (is_comma ? tokens[i].spelling != "," : !IsLiteral(tokens[i])) {
      return std::nullopt;
    }
    if (!is_comma) {
      allowed.values.insert(tokens[i].spelling);
    }
  }
  return allowed;
}

std::optional<Allowed> ListOf(const ast::Table& table,
                              const std::string& column) {
  for (const ast::Constraint& constraint : table.constraints) {
    if (constraint.kind == ast::ConstraintKind::kCheck) {
      auto allowed = ReadList(constraint);
      if (allowed && allowed->column == column) {
        return allowed;
      }
    }
  }
  return std::nullopt;
}

// The file itself writes the column, which is called so before it, before the
// end.
bool IsWritten(const catalog::Simulation& upgrade, const catalog::Use& column) {
  const auto tables = NamesOf(upgrade, 0, column.table);
  const auto columns = NamesOfColumn(upgrade, 0, column);
  for (std::size_t i = 0; i < upgrade.steps.size(); ++i) {
    const Effects effects = EffectsOf(upgrade.steps[i]);
    const bool writes =
        llvm::any_of(columns,
                     [&](const catalog::Use& use) {
                       return Updates(effects, use.table, use.column);
                     }) ||
        llvm::any_of(tables, [&](const std::string& table) {
          return Deletes(effects, table);
        });
    if (writes) {
      return true;
    }
    const auto copy = ReadCopy(upgrade, i);
    if (copy) {
      const bool is_moved =
          copy->select.is_whole &&
          llvm::any_of(copy->items, [&](const Copy::Item& item) {
            return columns.contains({copy->select.source, item.from});
          });
      if (tables.contains(copy->select.source) && !is_moved) {
        return true;
      }
      continue;
    }
    // Another shape of copy may do anything.
    if (As<ast::Insert>(upgrade.steps[i]) != nullptr &&
        llvm::any_of(columns, [&](const catalog::Use& use) {
          return Reads(upgrade.steps[i].access, use.table, use.column);
        })) {
      return true;
    }
  }
  return false;
}

// The constraint where this file writes it.
std::optional<source::Range> FindHere(const catalog::Simulation& upgrade,
                                      const Allowed& allowed) {
  for (const catalog::Step& step : upgrade.steps) {
    const auto matches = [&](const ast::Constraint& constraint) {
      const auto list = constraint.kind == ast::ConstraintKind::kCheck
                            ? ReadList(constraint)
                            : std::nullopt;
      return list && list->column == allowed.column &&
             list->values == allowed.values;
    };
    if (const auto* add = As<ast::AddConstraint>(step)) {
      if (matches(add->constraint)) {
        return add->constraint.range;
      }
    } else if (const auto* create = As<ast::CreateTable>(step)) {
      for (const ast::Constraint& constraint : create->table.constraints) {
        if (matches(constraint)) {
          return constraint.range;
        }
      }
    }
  }
  return std::nullopt;
}

// Under the same name, where the table of the name takes the place of that one.
std::optional<catalog::Use> Namesake(const catalog::Simulation& upgrade,
                                     const catalog::Use& column) {
  const bool is_other =
      IsOldTable(upgrade, upgrade.steps.size(), column.table) ||
      upgrade.before.FindTable(column.table) == nullptr;
  return is_other ? std::nullopt : std::optional(column);
}

void AddRemoved(const MigrationContext& context,
                const std::vector<Copy>& copies, const ast::Table& after,
                std::vector<RemovedValues>& found) {
  const catalog::Simulation& upgrade = context.upgrade;
  const std::string table = sql::FoldCase(after.name.text);
  for (const ast::Constraint& constraint : after.constraints) {
    const auto now = constraint.kind == ast::ConstraintKind::kCheck
                         ? ReadList(constraint)
                         : std::nullopt;
    if (!now) {
      continue;
    }
    const catalog::Use column = {table, now->column};
    auto old = OriginOf(upgrade, copies, upgrade.steps.size(), column);
    old = old ? old : Namesake(upgrade, column);
    const ast::Table* before =
        old ? upgrade.before.FindTable(old->table) : nullptr;
    const auto then =
        before != nullptr ? ListOf(*before, old->column) : std::nullopt;
    if (!then || IsWritten(upgrade, *old) ||
        IsMendedByAncestor(context, 0, old->table, {old->column})) {
      continue;
    }
    std::vector<std::string> removed;
    for (const std::string& value : then->values) {
      if (!now->values.contains(value)) {
        removed.push_back(value);
      }
    }
    const auto place = FindHere(upgrade, *now);
    if (!removed.empty() && place) {
      found.push_back(
          {old->table, &after, now->column, std::move(removed), *place});
    }
  }
}

}  // namespace

std::vector<RemovedValues> FindRemovedValues(const MigrationContext& context) {
  const auto& upgrade = context.upgrade;
  const std::vector<Copy> copies = CopiesOf(upgrade);
  std::vector<RemovedValues> found;
  for (const auto& change :
       catalog::Catalog::Changes(upgrade.before, upgrade.after)) {
    if (change.key.kind == catalog::ObjectKind::kTable && change.after) {
      AddRemoved(context, copies,
                 std::get<ast::Table>(change.after->definition), found);
    }
  }
  return found;
}

}  // namespace palindrome::checks
