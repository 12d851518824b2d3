#include "compiler/checks/removed_values.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

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

// The file itself writes the column before the end.
bool IsWritten(const catalog::Simulation& upgrade, const std::string& table,
               const std::string& column) {
  for (std::size_t i = 0; i < upgrade.steps.size(); ++i) {
    const Effects effects = EffectsOf(upgrade.steps[i]);
    if (Updates(effects, table, column) || Deletes(effects, table)) {
      return true;
    }
    const auto copy = ReadCopy(upgrade, i);
    const Copy::Item* item = copy ? FindItem(*copy, column) : nullptr;
    if (copy && copy->select.source == table &&
        (item == nullptr || item->from != column || !copy->select.is_whole)) {
      return true;
    }
    // Another shape of copy may do anything.
    if (!copy && As<ast::Insert>(upgrade.steps[i]) != nullptr &&
        Reads(upgrade.steps[i].access, table, column)) {
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

void AddRemoved(const MigrationContext& context, const ast::Table& before,
                const ast::Table& after, std::vector<RemovedValues>& found) {
  const std::string table = sql::FoldCase(before.name.text);
  for (const ast::Constraint& constraint : before.constraints) {
    const auto old = constraint.kind == ast::ConstraintKind::kCheck
                         ? ReadList(constraint)
                         : std::nullopt;
    const auto now = old ? ListOf(after, old->column) : std::nullopt;
    if (!now || IsWritten(context.upgrade, table, old->column) ||
        IsMendedByAncestor(context, 0, table, {old->column})) {
      continue;
    }
    std::vector<std::string> removed;
    for (const std::string& value : old->values) {
      if (!now->values.contains(value)) {
        removed.push_back(value);
      }
    }
    const auto place = FindHere(context.upgrade, *now);
    if (!removed.empty() && place) {
      found.push_back({table, old->column, &after, std::move(removed), *place});
    }
  }
}

}  // namespace

std::vector<RemovedValues> FindRemovedValues(const MigrationContext& context) {
  const auto& upgrade = context.upgrade;
  std::vector<RemovedValues> found;
  for (const auto& change :
       catalog::Catalog::Changes(upgrade.before, upgrade.after)) {
    if (change.key.kind == catalog::ObjectKind::kTable && change.before &&
        change.after) {
      AddRemoved(context, std::get<ast::Table>(change.before->definition),
                 std::get<ast::Table>(change.after->definition), found);
    }
  }
  return found;
}

}  // namespace palindrome::checks
