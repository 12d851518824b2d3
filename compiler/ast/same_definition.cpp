#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "compiler/ast/definition.h"

namespace palindrome::ast {

namespace {

bool Same(const Name& left, const Name& right) {
  return sql::EqualsIgnoringCase(left.text, right.text);
}

bool Same(const std::vector<Name>& left, const std::vector<Name>& right) {
  return std::equal(
      left.begin(), left.end(), right.begin(), right.end(),
      [](const Name& one, const Name& other) { return Same(one, other); });
}

bool Same(const KeyPart& left, const KeyPart& right) {
  return Same(left.column, right.column) &&
         SameTokens(left.expression, right.expression) &&
         Same(left.collation, right.collation) &&
         left.descending == right.descending;
}

bool Same(const std::vector<KeyPart>& left, const std::vector<KeyPart>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const KeyPart& one, const KeyPart& other) {
                      return Same(one, other);
                    });
}

ReferenceAction Meant(ReferenceAction action) {
  return action == ReferenceAction::kUnspecified ? ReferenceAction::kNoAction
                                                 : action;
}

bool Same(const References& left, const References& right) {
  return Same(left.table, right.table) && Same(left.columns, right.columns) &&
         Meant(left.on_delete) == Meant(right.on_delete) &&
         Meant(left.on_update) == Meant(right.on_update) &&
         Same(left.match, right.match) && left.deferrable == right.deferrable;
}

// Types are compared token by token, so that white space does not count.
bool SameType(std::string_view left, std::string_view right) {
  std::uint32_t left_at = 0;
  std::uint32_t right_at = 0;
  while (true) {
    const sql::Token one = sql::NextToken(left, left_at);
    const sql::Token other = sql::NextToken(right, right_at);
    if (one.kind != other.kind ||
        !sql::EqualsIgnoringCase(one.spelling, other.spelling)) {
      return false;
    }
    if (one.kind == sql::TokenKind::kEnd) {
      return true;
    }
    left_at = one.offset + static_cast<std::uint32_t>(one.spelling.size());
    right_at = other.offset + static_cast<std::uint32_t>(other.spelling.size());
  }
}

bool Same(const std::optional<Generated>& left,
          const std::optional<Generated>& right) {
  if (!left.has_value() || !right.has_value()) {
    return left.has_value() == right.has_value();
  }
  return left->stored == right->stored &&
         SameTokens(left->expression, right->expression);
}

// Parentheses around a default do not change what it means.
bool SameDefault(const Column& left, const Column& right) {
  if (!left.default_value.has_value() || !right.default_value.has_value()) {
    return left.default_value.has_value() == right.default_value.has_value();
  }
  return SameTokens(*left.default_value, *right.default_value);
}

// Each of `left` has a partner of its own in `right`.
template <typename Value>
bool SameInAnyOrder(const std::vector<Value>& left,
                    const std::vector<Value>& right) {
  if (left.size() != right.size()) {
    return false;
  }
  std::vector<bool> taken(right.size(), false);
  for (std::size_t index = 0; index < left.size(); ++index) {
    // Mostly the order is the same, so the search begins at the same place.
    std::size_t tries = 0;
    std::size_t at = index;
    while (tries < right.size() &&
           (taken[at] || !SameDefinition(left[index], right[at]))) {
      ++tries;
      at = (at + 1) % right.size();
    }
    if (tries == right.size()) {
      return false;
    }
    taken[at] = true;
  }
  return true;
}

}  // namespace

std::vector<std::string> PrimaryKey(const Table& table) {
  std::vector<std::string> columns;
  for (const Constraint& constraint : table.constraints) {
    if (constraint.kind == ConstraintKind::kPrimaryKey) {
      for (const KeyPart& part : constraint.columns) {
        columns.push_back(part.column.text);
      }
    }
  }
  return columns;
}

bool SameDefinition(const Column& left, const Column& right) {
  return Same(left.name, right.name) && SameType(left.type, right.type) &&
         left.not_null == right.not_null &&
         Same(left.not_null_name, right.not_null_name) &&
         left.not_null_conflict == right.not_null_conflict &&
         SameDefault(left, right) && Same(left.generated, right.generated) &&
         Same(left.collation, right.collation);
}

bool SameDefinition(const Constraint& left, const Constraint& right) {
  return left.kind == right.kind && Same(left.name, right.name) &&
         Same(left.columns, right.columns) &&
         left.autoincrement == right.autoincrement &&
         left.on_conflict == right.on_conflict &&
         SameTokens(left.check, right.check) &&
         Same(left.references, right.references);
}

bool SameDefinition(const Table& left, const Table& right) {
  return Same(left.name, right.name) && left.strict == right.strict &&
         left.without_rowid == right.without_rowid &&
         left.temporary == right.temporary &&
         SameInAnyOrder(left.columns, right.columns) &&
         SameInAnyOrder(left.constraints, right.constraints);
}

bool SameDefinition(const Index& left, const Index& right) {
  return Same(left.name, right.name) && Same(left.table, right.table) &&
         left.unique == right.unique && Same(left.parts, right.parts) &&
         SameTokens(left.where, right.where);
}

bool SameDefinition(const View& left, const View& right) {
  return Same(left.name, right.name) && Same(left.columns, right.columns) &&
         left.temporary == right.temporary && SameTokens(left.body, right.body);
}

bool SameDefinition(const VirtualTable& left, const VirtualTable& right) {
  return Same(left.name, right.name) && SameTokens(left.module, right.module);
}

bool SameDefinition(const Trigger& left, const Trigger& right) {
  return Same(left.name, right.name) && Same(left.table, right.table) &&
         left.timing == right.timing && left.event == right.event &&
         left.temporary == right.temporary &&
         Same(left.columns, right.columns) &&
         SameTokens(left.when, right.when) && SameTokens(left.body, right.body);
}

}  // namespace palindrome::ast
