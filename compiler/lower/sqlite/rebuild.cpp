#include "compiler/lower/sqlite/rebuild.h"

#include "compiler/lower/sqlite/archive.h"
#include "compiler/lower/sqlite/conversion.h"
#include "compiler/lower/sqlite/guards.h"
#include "compiler/lower/sqlite/native.h"
#include "compiler/lower/sqlite/table_facts.h"
#include "palindrome/migration.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::lower::sqlite {

namespace {

using palindrome::sql::EqualsIgnoringCase;
using palindrome::sql::FoldCase;
using palindrome::sql::QuoteName;
using palindrome::sql::QuoteString;
using palindrome::sql::TokenKind;

// The default as an expression. A bare word is a string to DEFAULT and would be
// a column anywhere else.
std::string DefaultExpression(const ast::Column& column) {
  if (!column.default_value || column.default_value->empty()) {
    return "NULL";
  }
  std::string text = ast::Print(*column.default_value);
  const ast::Token& first = column.default_value->tokens.front();
  const bool one_name =
      column.default_value->tokens.size() == 1 &&
      !column.default_in_parentheses &&
      (first.kind == TokenKind::kWord || first.kind == TokenKind::kQuotedName);
  if (!one_name) {
    return "(" + text + ")";
  }
  if (first.kind == TokenKind::kWord) {
    for (const char* word : {"null", "true", "false", "current_time",
                             "current_date", "current_timestamp"}) {
      if (EqualsIgnoringCase(first.spelling, word)) {
        return text;
      }
    }
  }
  return QuoteString(palindrome::sql::Unquote({first.kind, 0, first.spelling}));
}

void PlanNewColumn(const ast::AddColumn& statement, RebuildPlan& plan) {
  const ast::Column& column = statement.column;
  if (column.generated) {
    return;
  }
  const std::string key = FoldCase(column.name.text);
  const ast::Column* alias = RowidAlias(*plan.after);
  const std::string rowid = RowidName(*plan.before);
  if (alias != nullptr && FoldCase(alias->name.text) == key &&
      !column.default_value && !rowid.empty()) {
    plan.values[key] = rowid;
    return;
  }
  std::string& value = plan.values[key];
  value = DefaultExpression(column);
  std::string rows;  // Those that get the default.
  if (plan.archive != nullptr) {
    const Archived archived =
        ArchivedValue(*plan.archive, plan.before->name.text, column.name.text);
    value = "CASE WHEN " + archived.is_archived + " THEN " + archived.value +
            " ELSE " + value + " END";
    rows = "NOT " + archived.is_archived;
  }
  if (column.not_null && DefaultsToNull(column)) {
    plan.guards.push_back(
        GuardNoRows(plan.before->name.text, column.name.text, rows));
  }
}

void PlanType(const ast::AlterColumnType& statement, RebuildPlan& plan) {
  const ast::Column& column = *FindColumn(*plan.before, statement.column.text);
  if (column.generated) {
    return;
  }
  Conversion conversion = ConversionOf(statement, *plan.before);
  if (plan.archive != nullptr) {
    const Archived archived =
        ArchivedValue(*plan.archive, plan.before->name.text, column.name.text);
    conversion.value = "CASE WHEN " + archived.is_archived + " THEN " +
                       archived.value + " ELSE " + conversion.value + " END";
    if (!conversion.lossy.empty()) {
      conversion.lossy =
          "NOT " + archived.is_archived + " AND (" + conversion.lossy + ")";
    }
  }
  if (!conversion.lossy.empty()) {
    plan.guards.push_back(GuardConversion(plan.before->name.text,
                                          column.name.text, statement.type,
                                          conversion.lossy));
  }
  plan.values[FoldCase(column.name.text)] = std::move(conversion.value);
}

void PlanConstraint(const ast::Constraint& constraint, RebuildPlan& plan) {
  switch (constraint.kind) {
    case ast::ConstraintKind::kPrimaryKey:
    case ast::ConstraintKind::kUnique:
      plan.guards.push_back(GuardUnique(plan.before->name.text, constraint));
      return;
    case ast::ConstraintKind::kCheck:
      plan.guards.push_back(GuardCheck(plan.before->name.text, constraint));
      return;
    case ast::ConstraintKind::kForeignKey:
      return;  // By kCheckForeignKeys, as everywhere.
  }
}

// A NULL in an INTEGER PRIMARY KEY would be given a number, silently.
void PlanRowidAlias(RebuildPlan& plan) {
  const ast::Column* alias = RowidAlias(*plan.after);
  const ast::Column* old_alias = RowidAlias(*plan.before);
  if (alias == nullptr ||
      FindColumn(*plan.before, alias->name.text) == nullptr ||
      (old_alias != nullptr &&
       EqualsIgnoringCase(old_alias->name.text, alias->name.text))) {
    return;
  }
  plan.guards.push_back(GuardNotNull(plan.before->name.text, alias->name.text));
}

std::string CreateInterim(const RebuildPlan& plan) {
  ast::Table table = *plan.after;
  const std::string name = table.name.text;
  table.name.text = InterimName(name);
  // The table's own name does not exist yet in a CHECK under the interim name.
  for (ast::Constraint& constraint : table.constraints) {
    constraint.check = ast::RemoveQualifier(constraint.check, name);
  }
  for (ast::Column& column : table.columns) {
    if (column.generated) {
      column.generated->expression =
          ast::RemoveQualifier(column.generated->expression, name);
    }
  }
  return ast::Print(table);
}

// OR ABORT overrides the ON CONFLICT clauses of the table, which would drop
// rows or replace values.
std::string CopyRows(const RebuildPlan& plan) {
  std::string into;
  std::string from;
  const auto add = [&](const std::string& column, const std::string& value) {
    into += (into.empty() ? "" : ", ") + column;
    from += (from.empty() ? "" : ", ") + value;
  };
  const std::string new_rowid = RowidName(*plan.after);
  const std::string old_rowid = RowidName(*plan.before);
  if (RowidAlias(*plan.after) == nullptr && !new_rowid.empty() &&
      !old_rowid.empty()) {
    add(new_rowid, old_rowid);
  }
  for (const ast::Column& column : plan.after->columns) {
    if (column.generated) {
      continue;
    }
    const std::string name = QuoteName(column.name.text);
    const auto value = plan.values.find(FoldCase(column.name.text));
    if (value != plan.values.end()) {
      add(name, value->second);
    } else if (FindColumn(*plan.before, column.name.text) != nullptr) {
      add(name, name);
    }
  }
  return "INSERT OR ABORT INTO " +
         QuoteName(InterimName(plan.after->name.text)) + " (" + into +
         ") SELECT " + from + " FROM " + QuoteName(plan.before->name.text);
}

void CarrySequence(const RebuildPlan& plan, std::vector<Emitted>& out) {
  if (!IsAutoincrement(*plan.before) || !IsAutoincrement(*plan.after)) {
    return;
  }
  const std::string interim = QuoteString(InterimName(plan.after->name.text));
  out.push_back(
      {0, "DELETE FROM main.sqlite_sequence WHERE name = " + interim});
  out.push_back(
      {0, "INSERT INTO main.sqlite_sequence (name, seq) SELECT " + interim +
              ", seq FROM main.sqlite_sequence WHERE name = " +
              QuoteString(plan.before->name.text) + " COLLATE NOCASE"});
}

// Dropping the old table took its indexes and triggers with it. Triggers that
// come back in another order would fire in another order.
void RecreateUsers(const RebuildPlan& plan, std::vector<Emitted>& out) {
  const std::string& table = plan.after->name.text;
  auto users = plan.result->UsersOf(table);
  catalog::SortByCreation(users);
  for (const catalog::ObjectPtr& user : users) {
    const auto* index = std::get_if<ast::Index>(&user->definition);
    if (index != nullptr && EqualsIgnoringCase(index->table.text, table)) {
      out.push_back({0, ast::Print(*index)});
    }
  }
  for (const catalog::ObjectPtr& user : users) {
    const auto* trigger = std::get_if<ast::Trigger>(&user->definition);
    if (trigger != nullptr && EqualsIgnoringCase(trigger->table.text, table)) {
      out.push_back({0, ast::Print(*trigger)});
    }
  }
}

}  // namespace

std::string InterimName(std::string_view table) {
  return "_palindrome_new_" + std::string(table);
}

RebuildPlan PlanRebuild(const catalog::Step& step) {
  const ast::Statement& statement = step.item->statement;
  RebuildPlan plan;
  plan.result = &step.after;
  plan.before = step.before.FindTable(ast::TableOf(statement));
  plan.after = step.after.FindTable(ast::TableOf(statement));
  if (const catalog::ObjectPtr archive = step.before.Find(
          catalog::ObjectKind::kArchive, step.item->restores)) {
    plan.archive = &std::get<ast::Archive>(archive->definition);
  }
  if (const auto* add = std::get_if<ast::AddColumn>(&statement.node)) {
    PlanNewColumn(*add, plan);
  } else if (const auto* type =
                 std::get_if<ast::AlterColumnType>(&statement.node)) {
    PlanType(*type, plan);
  } else if (const auto* not_null =
                 std::get_if<ast::SetNotNull>(&statement.node)) {
    plan.guards.push_back(
        GuardNotNull(plan.before->name.text, not_null->column.text));
  } else if (const auto* constraint =
                 std::get_if<ast::AddConstraint>(&statement.node)) {
    PlanConstraint(constraint->constraint, plan);
  }
  PlanRowidAlias(plan);
  return plan;
}

std::vector<Emitted> EmitRebuild(const RebuildPlan& plan) {
  const std::string& old_name = plan.before->name.text;
  const std::string& new_name = plan.after->name.text;
  const std::string interim = InterimName(new_name);
  std::vector<Emitted> out;
  if (plan.archive != nullptr) {
    GuardArchive(*plan.archive, old_name, out);
    TellUnrestored(*plan.archive, old_name, out);
  }
  for (const std::string& guard : plan.guards) {
    out.push_back({table::kExpectNoRows, guard});
  }
  out.push_back({0, CreateInterim(plan)});
  out.push_back(
      {table::kCopiesRows | table::kCheckForeignKeys, CopyRows(plan)});
  out.push_back({table::kExpectNoRows, GuardSameCount(old_name, interim)});
  CarrySequence(plan, out);
  out.push_back({0, "DROP TABLE " + QuoteName(old_name)});
  out.push_back({table::kLegacyAlterTable, "ALTER TABLE " + QuoteName(interim) +
                                               " RENAME TO " +
                                               QuoteName(new_name)});
  RecreateUsers(plan, out);
  return out;
}

}  // namespace palindrome::lower::sqlite
