#include "compiler/driver/compatibility.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "compiler/catalog/effects.h"
#include "compiler/catalog/written.h"
#include "compiler/checks/constraint_pairs.h"
#include "compiler/checks/steps.h"
#include "palindrome/migration.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::driver {

namespace {

using catalog::Catalog;
using checks::As;
using checks::FindColumn;

constexpr std::uint32_t kNothing = 0;
constexpr std::uint32_t kReads = table::kBreaksReads;
constexpr std::uint32_t kWrites = table::kBreaksWrites;
constexpr std::uint32_t kBoth = kReads | kWrites;

// What changed of a table that is there before and after.
struct TableChange {
  const ast::Table& before;
  const ast::Table& after;
  const Catalog& catalog_before;
  const Catalog& catalog_after;
};

// NULL in every row that a program writes which does not know the column.
bool IsNewAndNull(const ast::Table& before, const ast::Table& after,
                  const std::string& name) {
  const ast::Column* column = FindColumn(after, name);
  return column != nullptr && FindColumn(before, name) == nullptr &&
         !column->not_null && !column->default_value && !column->generated;
}

// All but what is looked at one by one.
bool IsSameType(const ast::Column& before, const ast::Column& after) {
  ast::Column copy = after;
  copy.not_null = before.not_null;
  copy.not_null_name = before.not_null_name;
  copy.not_null_conflict = before.not_null_conflict;
  copy.default_value = before.default_value;
  return SameDefinition(before, copy);
}

std::uint32_t OfColumn(const ast::Column& before, const ast::Column& after) {
  std::uint32_t bits = IsSameType(before, after) ? kNothing : kBoth;
  if (before.not_null && !after.not_null) {
    bits |= kReads;
  }
  if (after.not_null && (!before.not_null ||
                         before.not_null_conflict != after.not_null_conflict ||
                         (before.default_value && !after.default_value))) {
    bits |= kWrites;
  }
  return bits;
}

std::uint32_t OfColumns(const ast::Table& before, const ast::Table& after) {
  std::uint32_t bits = kNothing;
  for (const ast::Column& column : before.columns) {
    const ast::Column* now = FindColumn(after, column.name.text);
    bits |= now == nullptr ? kBoth : OfColumn(column, *now);
  }
  for (const ast::Column& column : after.columns) {
    if (FindColumn(before, column.name.text) == nullptr && column.not_null &&
        !column.default_value && !column.generated) {
      bits |= kWrites;
    }
  }
  return bits;
}

std::uint32_t OfDropped(const ast::Constraint& constraint) {
  switch (constraint.kind) {
    case ast::ConstraintKind::kPrimaryKey:
    case ast::ConstraintKind::kUnique:
    case ast::ConstraintKind::kForeignKey:
      return kBoth;
    case ast::ConstraintKind::kCheck:
      return kReads;
  }
  return kBoth;
}

// Rows of an old table that a program deletes may have children of its own now.
std::uint32_t OfReference(const ast::Constraint& key, const ast::Table& child,
                          const Catalog& before) {
  if (key.kind != ast::ConstraintKind::kForeignKey ||
      before.FindTable(key.references.table.text) == nullptr) {
    return kNothing;
  }
  switch (key.references.on_delete) {
    case ast::ReferenceAction::kCascade:
      return kNothing;
    case ast::ReferenceAction::kSetNull:
      return std::any_of(key.columns.begin(), key.columns.end(),
                         [&](const ast::KeyPart& part) {
                           const ast::Column* column =
                               FindColumn(child, part.column.text);
                           return column != nullptr && column->not_null;
                         })
                 ? kWrites
                 : kNothing;
    case ast::ReferenceAction::kUnspecified:
    case ast::ReferenceAction::kNoAction:
    case ast::ReferenceAction::kRestrict:
    case ast::ReferenceAction::kSetDefault:
      return kWrites;
  }
  return kWrites;
}

// A key with a NULL in it holds.
bool HasNewNull(const ast::Table& before, const ast::Table& after,
                const std::vector<ast::KeyPart>& parts) {
  return std::any_of(parts.begin(), parts.end(), [&](const ast::KeyPart& part) {
    return IsNewAndNull(before, after, part.column.text);
  });
}

// A CHECK that was written with a new column and asks nothing of others: it was
// tested with the default when the column came.
bool HoldsByDefault(const ast::Constraint& check, const TableChange& change) {
  const std::vector<std::string> names = ast::ColumnNames(check.check);
  return check.is_inline && !check.owner.empty() &&
         FindColumn(change.before, check.owner.text) == nullptr &&
         std::none_of(names.begin(), names.end(), [&](const std::string& name) {
           return FindColumn(change.before, name) != nullptr;
         });
}

std::uint32_t OfAdded(const ast::Constraint& constraint,
                      const TableChange& change) {
  switch (constraint.kind) {
    case ast::ConstraintKind::kPrimaryKey:
      return kBoth;
    case ast::ConstraintKind::kUnique:
    case ast::ConstraintKind::kForeignKey:
      return OfReference(constraint, change.after, change.catalog_before) |
             (HasNewNull(change.before, change.after, constraint.columns)
                  ? kNothing
                  : kWrites);
    case ast::ConstraintKind::kCheck:
      return HoldsByDefault(constraint, change) ? kNothing : kWrites;
  }
  return kBoth;
}

std::uint32_t OfTable(const TableChange& change) {
  const ast::Table& before = change.before;
  const ast::Table& after = change.after;
  std::uint32_t bits = OfColumns(before, after);
  const checks::ConstraintPairs pairs = checks::PairConstraints(
      {before, change.catalog_before}, {after, change.catalog_after});
  for (const ast::Constraint* constraint : pairs.only_left) {
    bits |= OfDropped(*constraint);
  }
  for (const ast::Constraint* constraint : pairs.only_right) {
    bits |= OfAdded(*constraint, change);
  }
  if (before.strict != after.strict) {
    bits |= after.strict ? kWrites : kReads;
  }
  if (before.without_rowid != after.without_rowid) {
    bits |= kBoth;
  }
  return bits;
}

// A function may refuse a value.
bool CallsFunction(const ast::Expression& expression) {
  constexpr std::array<std::string_view, 7> kNoFunctions = {
      "and", "or", "not", "in", "when", "then", "else"};
  for (std::size_t i = 0; i + 1 < expression.tokens.size(); ++i) {
    const ast::Token& token = expression.tokens[i];
    if (expression.tokens[i + 1].spelling == "(" &&
        (token.kind == sql::TokenKind::kWord ||
         token.kind == sql::TokenKind::kQuotedName) &&
        std::none_of(kNoFunctions.begin(), kNoFunctions.end(),
                     [&](std::string_view word) {
                       return sql::EqualsIgnoringCase(token.spelling, word);
                     })) {
      return true;
    }
  }
  return false;
}

std::uint32_t OfNewIndex(const ast::Index& index, const Catalog& before,
                         const Catalog& after) {
  const ast::Table* old_table = before.FindTable(index.table.text);
  const ast::Table* table = after.FindTable(index.table.text);
  if (old_table == nullptr || table == nullptr) {
    return kNothing;
  }
  if (CallsFunction(index.where) ||
      std::any_of(index.parts.begin(), index.parts.end(),
                  [](const ast::KeyPart& part) {
                    return CallsFunction(part.expression);
                  })) {
    return kWrites;
  }
  return index.unique && !HasNewNull(*old_table, *table, index.parts)
             ? kWrites
             : kNothing;
}

// What is there after the upgrade and was not before, or not so.
std::uint32_t OfNew(const catalog::Object& object, const Catalog& before,
                    const Catalog& after) {
  struct Visitor {
    std::uint32_t operator()(const ast::Table& table) const {
      std::uint32_t bits = kNothing;
      for (const ast::Constraint& constraint : table.constraints) {
        bits |= OfReference(constraint, table, before);
      }
      return bits;
    }
    std::uint32_t operator()(const ast::VirtualTable&) const {
      return kNothing;
    }
    std::uint32_t operator()(const ast::Index& index) const {
      return OfNewIndex(index, before, after);
    }
    std::uint32_t operator()(const ast::View&) const { return kNothing; }
    std::uint32_t operator()(const ast::Trigger& trigger) const {
      return before.FindRelation(trigger.table.text) ? kWrites : kNothing;
    }
    std::uint32_t operator()(const ast::Archive&) const { return kNothing; }
    const Catalog& before;
    const Catalog& after;
  };
  return std::visit(Visitor{before, after}, object.definition);
}

// What was there before the upgrade and is not after it, or not so.
std::uint32_t OfGone(const catalog::Object& object) {
  struct Visitor {
    std::uint32_t operator()(const ast::Table&) const { return kBoth; }
    std::uint32_t operator()(const ast::VirtualTable&) const { return kBoth; }
    std::uint32_t operator()(const ast::Index& index) const {
      return index.unique ? kBoth : kNothing;
    }
    std::uint32_t operator()(const ast::View&) const { return kBoth; }
    std::uint32_t operator()(const ast::Trigger&) const { return kWrites; }
    std::uint32_t operator()(const ast::Archive&) const { return kNothing; }
  };
  return std::visit(Visitor{}, object.definition);
}

bool IsSame(const catalog::Object& before, const catalog::Object& after) {
  return std::visit(
      [&](const auto& definition) {
        using Type = std::decay_t<decltype(definition)>;
        if constexpr (std::is_same_v<Type, ast::Archive>) {
          return true;
        } else {
          return SameDefinition(definition, std::get<Type>(after.definition));
        }
      },
      before.definition);
}

std::uint32_t OfChange(const Catalog::Change& change, const Catalog& before,
                       const Catalog& after) {
  if (!change.before) {
    return OfNew(*change.after, before, after);
  }
  if (!change.after) {
    return OfGone(*change.before);
  }
  if (IsSame(*change.before, *change.after)) {
    return kNothing;
  }
  if (const auto* table = std::get_if<ast::Table>(&change.before->definition)) {
    return OfTable({*table, std::get<ast::Table>(change.after->definition),
                    before, after});
  }
  return OfGone(*change.before) | OfNew(*change.after, before, after);
}

bool IsHarmless(const ast::Opaque& statement) {
  constexpr std::array<std::string_view, 3> kVerbs = {"ANALYZE", "REINDEX",
                                                      "CREATE VIRTUAL TABLE"};
  return std::find(kVerbs.begin(), kVerbs.end(), statement.verb) !=
         kVerbs.end();
}

// A table, or a view or virtual table, whose rows the schema does not tell.
bool IsOldRelation(const catalog::Simulation& upgrade, std::size_t index,
                   const std::string& name) {
  return upgrade.steps[index].before.FindTable(name) != nullptr
             ? checks::IsOldTable(upgrade, index, name)
             : upgrade.before.FindRelation(name) != nullptr;
}

// Whether the values that older programs have written may be others
// afterwards, or gone. The schema at the end does not tell.
bool ChangesOldRows(const catalog::Simulation& upgrade, std::size_t index) {
  const catalog::Step& step = upgrade.steps[index];
  const ast::Statement& statement = step.item->statement;
  const auto is_old_column = [&](const auto& node) {
    return checks::IsOldColumn(upgrade, index, node.table.text,
                               node.column.text);
  };
  if (const auto* node = As<ast::DropTable>(step)) {
    return checks::IsOldTable(upgrade, index, node->table.text);
  }
  if (const auto* node = As<ast::RenameTable>(step)) {
    return checks::IsOldTable(upgrade, index, node->table.text);
  }
  if (const auto* node = As<ast::DropColumn>(step)) {
    return is_old_column(*node);
  }
  if (const auto* node = As<ast::RenameColumn>(step)) {
    return is_old_column(*node);
  }
  if (const auto* node = As<ast::AlterColumnType>(step)) {
    return is_old_column(*node);
  }
  if (const auto* node = As<ast::Opaque>(step)) {
    return !IsHarmless(*node);
  }
  if (As<ast::Restore>(step) != nullptr) {
    return true;
  }
  const catalog::Effects effects = EffectsOf(step);
  if (std::any_of(effects.deletes.begin(), effects.deletes.end(),
                  [&](const std::string& table) {
                    return IsOldRelation(upgrade, index, table);
                  }) ||
      std::any_of(effects.updates.begin(), effects.updates.end(),
                  [&](const catalog::Use& use) {
                    return step.before.FindTable(use.table) != nullptr
                               ? checks::IsOldColumn(upgrade, index, use.table,
                                                     use.column)
                               : IsOldRelation(upgrade, index, use.table);
                  })) {
    return true;
  }
  return std::any_of(
      effects.inserts.begin(), effects.inserts.end(),
      [&](const std::string& name) {
        const ast::Table* table = step.before.FindTable(name);
        return table != nullptr && checks::IsOldTable(upgrade, index, name) &&
               catalog::OverwriteOf(statement, *table, "INSERT") !=
                   catalog::Overwrite::kNever;
      });
}

}  // namespace

std::uint32_t ClassifyCompatibility(const catalog::Simulation& upgrade) {
  if (!upgrade.applies) {
    return 0;
  }
  std::uint32_t bits = table::kClassified;
  for (const Catalog::Change& change :
       Catalog::Changes(upgrade.before, upgrade.after)) {
    bits |= OfChange(change, upgrade.before, upgrade.after);
  }
  for (std::size_t i = 0;
       i < upgrade.steps.size() && bits != table::kKnownCompatibility; ++i) {
    if (ChangesOldRows(upgrade, i)) {
      bits |= kBoth;
    }
  }
  return bits;
}

}  // namespace palindrome::driver
