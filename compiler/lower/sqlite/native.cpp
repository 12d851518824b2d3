#include "compiler/lower/sqlite/native.h"

#include <algorithm>

#include "compiler/lower/sqlite/table_facts.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::lower::sqlite {

namespace {

using palindrome::sql::EqualsIgnoringCase;
using palindrome::sql::FoldCase;
using palindrome::sql::TokenKind;

// The constraint stands in the way of dropping the column. What is written
// with the column itself goes with it.
bool Blocks(const ast::Constraint& constraint, std::string_view column) {
  switch (constraint.kind) {
    case ast::ConstraintKind::kPrimaryKey:
    case ast::ConstraintKind::kUnique:
      return Mentions(constraint.columns, column);
    case ast::ConstraintKind::kForeignKey:
      return !constraint.is_inline && Mentions(constraint.columns, column);
    case ast::ConstraintKind::kCheck:
      return !(constraint.is_inline &&
               EqualsIgnoringCase(constraint.owner.text, column)) &&
             Mentions(constraint.check, column);
  }
  return true;
}

bool Blocks(const catalog::Object& object, std::string_view table,
            std::string_view column) {
  const auto* index = std::get_if<ast::Index>(&object.definition);
  return index != nullptr && EqualsIgnoringCase(index->table.text, table) &&
         (Mentions(index->parts, column) || Mentions(index->where, column));
}

}  // namespace

bool DefaultsToNull(const ast::Column& column) {
  return !column.default_value || column.default_value->empty() ||
         (column.default_value->tokens.size() == 1 &&
          EqualsIgnoringCase(column.default_value->tokens.front().spelling,
                             "null"));
}

bool IsConstantDefault(const ast::Column& column) {
  if (!column.default_value || column.default_value->empty()) {
    return true;
  }
  const std::vector<ast::Token>& tokens = column.default_value->tokens;
  const ast::Token& last = tokens.back();
  // Parentheses make no other value of a literal; a word in them is a name.
  const bool is_literal = DefaultsToNull(column) ||
                          EqualsIgnoringCase(last.spelling, "true") ||
                          EqualsIgnoringCase(last.spelling, "false");
  if (column.default_in_parentheses && last.kind == TokenKind::kWord &&
      !is_literal) {
    return false;
  }
  if (tokens.size() == 2) {
    return last.kind == TokenKind::kNumber &&
           (tokens.front().spelling == "-" || tokens.front().spelling == "+");
  }
  return tokens.size() == 1 &&
         FoldCase(last.spelling).rfind("current_", 0) != 0;
}

namespace {

// Whether a literal is surely of the type, as a STRICT table has them. ADD
// COLUMN does not look, and would leave rows that the table may not hold.
bool IsOfType(const ast::Token& literal, std::string_view type) {
  const auto is = [type](std::string_view name) {
    return EqualsIgnoringCase(type, name);
  };
  if (is("ANY")) {
    return true;
  }
  switch (literal.kind) {
    case TokenKind::kNumber:
      return is("REAL") || is("TEXT") ||
             (!is("BLOB") && literal.spelling.find_first_not_of("0123456789") ==
                                 std::string::npos);
    case TokenKind::kBlob:
      return is("BLOB");
    case TokenKind::kString:
      return is("TEXT");
    default:
      return false;
  }
}

}  // namespace

bool CanAddColumn(const ast::AddColumn& statement, const ast::Table& before) {
  const ast::Column& column = statement.column;
  if (!statement.before.empty()) {
    return false;
  }
  if (before.strict && !DefaultsToNull(column) &&
      !IsOfType(column.default_value->tokens.back(), column.type)) {
    return false;
  }
  for (const ast::Constraint& constraint : statement.constraints) {
    if (constraint.kind == ast::ConstraintKind::kPrimaryKey ||
        constraint.kind == ast::ConstraintKind::kUnique) {
      return false;
    }
  }
  if (column.generated) {
    return !column.generated->stored;
  }
  return IsConstantDefault(column) &&
         !(column.not_null && DefaultsToNull(column));
}

bool CanDropColumn(const ast::DropColumn& statement, const ast::Table& before,
                   const catalog::Catalog& catalog) {
  const std::string_view name = statement.column.text;
  for (const ast::Constraint& constraint : before.constraints) {
    if (Blocks(constraint, name)) {
      return false;
    }
  }
  for (const ast::Column& column : before.columns) {
    if (column.generated && Mentions(column.generated->expression, name) &&
        !EqualsIgnoringCase(column.name.text, name)) {
      return false;
    }
  }
  const auto users = catalog.UsersOf(before.name.text);
  return std::none_of(users.begin(), users.end(), [&](const auto& user) {
    return Blocks(*user, before.name.text, name);
  });
}

}  // namespace palindrome::lower::sqlite
