#include <string>
#include <utility>

#include "compiler/parse/definition.h"
#include "compiler/parse/foreign.h"
#include "compiler/parse/statement.h"

namespace palindrome::parse {

namespace {

using diagnostics::Make;

PALINDROME_TEXT(
    kUnnamedConstraintText, kSyntaxError,
    "the constraint has no name; write `ADD CONSTRAINT name {0} …`, "
    "so that it can be dropped",
    std::string);
PALINDROME_TEXT(kIfExistsText, kSyntaxError,
                "`IF EXISTS` in ALTER TABLE; the history knows whether the "
                "table exists");

PALINDROME_TEXT(kIfNotExistsText, kSyntaxError,
                "`IF NOT EXISTS` in ADD COLUMN; the history knows whether the "
                "column exists");
PALINDROME_TEXT(kColumnText, kSyntaxError, "expected `COLUMN`, found {0}{1}",
                std::string, diagnostics::Meant);

// COLUMN misspelt, as a name, a type and more behind it tell.
bool RejectMisspeltColumn(const Cursor& cursor) {
  Context& context = cursor.context();
  const std::size_t at = cursor.position();
  const auto meant = cursor.MeantHere({"COLUMN"});
  if (meant.name.empty() || !cursor.IsName(1) || !cursor.IsName(2) ||
      IsTypeWord(context.token(at + 1).spelling) ||
      !IsTypeWord(context.token(at + 2).spelling)) {
    return false;
  }
  context.Report(
      Make(kColumnText, context.At(at), context.Describe(at), meant));
  return true;
}

// IF NOT EXISTS behind ADD COLUMN.
bool RejectIfNotExists(const Cursor& cursor) {
  if (!cursor.IsWord("IF") || !cursor.IsWord("NOT", 1) ||
      !cursor.IsWord("EXISTS", 2)) {
    return false;
  }
  Context& context = cursor.context();
  const std::size_t at = cursor.position();
  const auto place = context.At(context.RangeOf(at, at + 3));
  context.Report(Make(kIfNotExistsText, place)
                     .Mended(diagnostics::Remove(diagnostics::By::kTool, place,
                                                 "the `IF NOT EXISTS`")));
  return true;
}

// `a TO b` behind RENAME; false: reported.
bool ParseRename(Cursor& cursor, const char* what, ast::Name& from,
                 ast::Name& to) {
  auto old_name = cursor.ExpectName(what);
  if (!old_name.has_value() || !cursor.ExpectWord("TO")) {
    return false;
  }
  auto new_name = cursor.ExpectName(what);
  if (!new_name.has_value()) {
    return false;
  }
  from = std::move(*old_name);
  to = std::move(*new_name);
  return true;
}

Node ParseRenames(Cursor& cursor, ast::Name table) {
  if (cursor.AcceptWord("TO")) {
    auto to = cursor.ExpectName("a table name");
    if (!to.has_value()) {
      return std::nullopt;
    }
    return ast::RenameTable{std::move(table), std::move(*to)};
  }
  if (cursor.AcceptWord("CONSTRAINT")) {
    ast::RenameConstraint node;
    node.table = std::move(table);
    if (!ParseRename(cursor, "a constraint name", node.constraint, node.to)) {
      return std::nullopt;
    }
    return node;
  }
  ast::RenameColumn node;
  node.table = std::move(table);
  cursor.AcceptWord("COLUMN");
  if (!ParseRename(cursor, "a column name", node.column, node.to)) {
    return std::nullopt;
  }
  return node;
}

Node ParseAddConstraint(Cursor& cursor, ast::Name table) {
  if (!cursor.IsWord("CONSTRAINT")) {
    const std::size_t at = cursor.position();
    const std::string kind(cursor.context().token(at).spelling);
    cursor.context().Report(
        Make(kUnnamedConstraintText, cursor.context().At(at), kind));
    return std::nullopt;
  }
  auto constraint = ParseTableConstraint(cursor);
  if (!constraint.has_value()) {
    return std::nullopt;
  }
  return ast::AddConstraint{std::move(table), std::move(*constraint)};
}

Node ParseAdd(Cursor& cursor, ast::Name table) {
  if (IsTableConstraint(cursor)) {
    return ParseAddConstraint(cursor, std::move(table));
  }
  if (RejectMisspeltColumn(cursor)) {
    return std::nullopt;
  }
  cursor.AcceptWord("COLUMN");
  if (RejectIfNotExists(cursor)) {
    return std::nullopt;
  }
  ast::AddColumn node;
  node.table = std::move(table);
  auto column = ParseColumn(cursor, node.constraints);
  if (!column.has_value()) {
    return std::nullopt;
  }
  node.column = std::move(*column);
  return node;
}

Node ParseDropPart(Cursor& cursor, ast::Name table) {
  if (cursor.AcceptWord("CONSTRAINT")) {
    auto name = cursor.ExpectName("a constraint name");
    if (!name.has_value()) {
      return std::nullopt;
    }
    return ast::DropConstraint{std::move(table), std::move(*name)};
  }
  cursor.AcceptWord("COLUMN");
  auto name = cursor.ExpectName("a column name");
  if (!name.has_value()) {
    return std::nullopt;
  }
  return ast::DropColumn{std::move(table), std::move(*name)};
}

Node ParseAlterType(Cursor& cursor, ast::Name table, ast::Name column) {
  ast::AlterColumnType node;
  node.table = std::move(table);
  node.column = std::move(column);
  auto type = ParseType(cursor, {"USING"});
  if (!type.has_value()) {
    return std::nullopt;
  }
  if (type->text.empty()) {
    cursor.ReportExpected("a type");
    return std::nullopt;
  }
  node.type = std::move(type->text);
  node.type_range = type->range;
  if (cursor.AcceptWord("USING")) {
    auto expression = cursor.ExpectRest("an expression");
    if (!expression.has_value()) {
      return std::nullopt;
    }
    node.using_expression = std::move(*expression);
  }
  return node;
}

Node ParseAlterSet(Cursor& cursor, ast::Name table, ast::Name column) {
  const auto what = cursor.ExpectOneOf({"NOT", "DEFAULT", "DATA"});
  if (!what.has_value()) {
    return std::nullopt;
  }
  if (*what == 0) {
    if (!cursor.ExpectWord("NULL")) {
      return std::nullopt;
    }
    return ast::SetNotNull{std::move(table), std::move(column)};
  }
  if (*what == 2) {
    if (!cursor.ExpectWord("TYPE")) {
      return std::nullopt;
    }
    return ParseAlterType(cursor, std::move(table), std::move(column));
  }
  auto value = ParseDefault(cursor);
  if (!value.has_value()) {
    return std::nullopt;
  }
  return ast::SetDefault{std::move(table), std::move(column),
                         std::move(value->value), value->in_parentheses};
}

Node ParseAlterColumn(Cursor& cursor, ast::Name table) {
  cursor.AcceptWord("COLUMN");
  auto column = cursor.ExpectName("a column name");
  if (!column.has_value()) {
    return std::nullopt;
  }
  const auto action = cursor.ExpectOneOf({"TYPE", "SET", "DROP"});
  if (!action.has_value()) {
    return std::nullopt;
  }
  if (*action == 0) {
    return ParseAlterType(cursor, std::move(table), std::move(*column));
  }
  if (*action == 1) {
    return ParseAlterSet(cursor, std::move(table), std::move(*column));
  }
  const auto what = cursor.ExpectOneOf({"NOT", "DEFAULT", "TYPE"});
  if (!what.has_value()) {
    return std::nullopt;
  }
  if (*what == 1) {
    return ast::DropDefault{std::move(table), std::move(*column)};
  }
  if (*what == 2) {
    return ast::AlterColumnType{
        std::move(table), std::move(*column), "", {}, {}};
  }
  if (!cursor.ExpectWord("NULL")) {
    return std::nullopt;
  }
  return ast::DropNotNull{std::move(table), std::move(*column)};
}

}  // namespace

Node ParseAlterTable(Cursor& cursor) {
  cursor.Advance();
  if (RejectAlterOther(cursor) || !cursor.ExpectWord("TABLE")) {
    return std::nullopt;
  }
  if (cursor.IsWord("IF") && cursor.IsWord("EXISTS", 1)) {
    const std::size_t at = cursor.position();
    cursor.context().Report(
        Make(kIfExistsText,
             cursor.context().At(cursor.context().RangeOf(at, at + 2))));
    return std::nullopt;
  }
  auto table = cursor.ExpectObjectName("a table name");
  if (!table.has_value()) {
    return std::nullopt;
  }
  if (RejectForeignAlteration(cursor)) {
    return std::nullopt;
  }
  const auto action = cursor.ExpectOneOf({"RENAME", "ADD", "DROP", "ALTER"});
  if (!action.has_value()) {
    return std::nullopt;
  }
  switch (*action) {
    case 0:
      return ParseRenames(cursor, std::move(*table));
    case 1:
      return ParseAdd(cursor, std::move(*table));
    case 2:
      return ParseDropPart(cursor, std::move(*table));
    default:
      return ParseAlterColumn(cursor, std::move(*table));
  }
}

}  // namespace palindrome::parse
