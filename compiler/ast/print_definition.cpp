#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/ast/print.h"
#include "compiler/ast/statement.h"

namespace palindrome::ast {

namespace {

std::string PrintCreate(bool temporary) {
  return temporary ? "CREATE TEMP " : "CREATE ";
}

std::string PrintPart(const KeyPart& part) {
  std::string text =
      part.column.empty() ? Print(part.expression) : PrintName(part.column);
  if (!part.collation.empty()) {
    text += " COLLATE " + PrintName(part.collation);
  }
  if (part.descending) {
    text += " DESC";
  }
  return text;
}

std::string PrintParts(const std::vector<KeyPart>& parts,
                       std::string_view suffix) {
  std::string text = "(";
  for (const KeyPart& part : parts) {
    if (text.size() > 1) {
      text += ", ";
    }
    text += PrintPart(part);
  }
  text += suffix;
  return text + ")";
}

std::string PrintConflict(ConflictAction action) {
  if (action == ConflictAction::kUnspecified) {
    return "";
  }
  return " ON CONFLICT " + std::string(Spelling(action));
}

std::string PrintConstraintName(const Name& name) {
  return name.empty() ? "" : "CONSTRAINT " + PrintName(name) + " ";
}

std::string PrintReferences(const References& references) {
  std::string text = "REFERENCES " + PrintName(references.table);
  if (!references.columns.empty()) {
    text += " " + PrintNames(references.columns);
  }
  if (references.on_delete != ReferenceAction::kUnspecified) {
    text += " ON DELETE " + std::string(Spelling(references.on_delete));
  }
  if (references.on_update != ReferenceAction::kUnspecified) {
    text += " ON UPDATE " + std::string(Spelling(references.on_update));
  }
  if (!references.match.empty()) {
    text += " MATCH " + PrintName(references.match);
  }
  if (!references.deferrable.empty()) {
    text += " " + references.deferrable;
  }
  return text;
}

std::string PrintInline(const Constraint& constraint) {
  std::string text = PrintConstraintName(constraint.name);
  switch (constraint.kind) {
    case ConstraintKind::kPrimaryKey:
      text += "PRIMARY KEY";
      if (!constraint.columns.empty() && constraint.columns[0].descending) {
        text += " DESC";
      }
      text += PrintConflict(constraint.on_conflict);
      return constraint.autoincrement ? text + " AUTOINCREMENT" : text;
    case ConstraintKind::kUnique:
      return text + "UNIQUE" + PrintConflict(constraint.on_conflict);
    case ConstraintKind::kCheck:
      return text + "CHECK (" + Print(constraint.check) + ")";
    case ConstraintKind::kForeignKey:
      return text + PrintReferences(constraint.references);
  }
  return text;
}

std::string PrintDefault(const Column& column) {
  const std::string value = Print(*column.default_value);
  return column.default_in_parentheses ? " DEFAULT (" + value + ")"
                                       : " DEFAULT " + value;
}

// The constraints as their columns print them, by the column's number; those
// that stand alone are the last list. Of two columns of one name, which a
// parser lets pass, the one that the constraint was written with.
std::vector<std::vector<Constraint>> ByColumn(const Table& table) {
  std::unordered_map<std::string, std::vector<std::size_t>> numbers;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    numbers[sql::FoldCase(table.columns[i].name.text)].push_back(i);
  }
  std::vector<std::vector<Constraint>> lists(table.columns.size() + 1);
  for (const Constraint& constraint : table.constraints) {
    std::size_t owner = table.columns.size();
    const auto found = constraint.is_inline
                           ? numbers.find(sql::FoldCase(constraint.owner.text))
                           : numbers.end();
    if (found != numbers.end()) {
      owner = found->second.front();
      for (const std::size_t number : found->second) {
        if (table.columns[number].name.range.begin ==
            constraint.owner.range.begin) {
          owner = number;
        }
      }
    }
    lists[owner].push_back(constraint);
  }
  return lists;
}

}  // namespace

std::string_view Spelling(ConstraintKind kind) {
  switch (kind) {
#define PALINDROME_CONSTRAINT_KIND(Name, Text) \
  case ConstraintKind::Name:                   \
    return Text;
#include "compiler/ast/constraint_kinds.def"
  }
  return "";
}

std::string_view Spelling(ConflictAction action) {
  switch (action) {
    case ConflictAction::kUnspecified:
      return "";
    case ConflictAction::kRollback:
      return "ROLLBACK";
    case ConflictAction::kAbort:
      return "ABORT";
    case ConflictAction::kFail:
      return "FAIL";
    case ConflictAction::kIgnore:
      return "IGNORE";
    case ConflictAction::kReplace:
      return "REPLACE";
  }
  return "";
}

std::string_view Spelling(ReferenceAction action) {
  switch (action) {
    case ReferenceAction::kUnspecified:
      return "";
    case ReferenceAction::kNoAction:
      return "NO ACTION";
    case ReferenceAction::kRestrict:
      return "RESTRICT";
    case ReferenceAction::kSetNull:
      return "SET NULL";
    case ReferenceAction::kSetDefault:
      return "SET DEFAULT";
    case ReferenceAction::kCascade:
      return "CASCADE";
  }
  return "";
}

std::string PrintName(const Name& name) {
  return sql::QuoteName(name.text);
}

std::string PrintNames(const std::vector<Name>& names) {
  if (names.empty()) {
    return "";
  }
  std::string text = "(";
  for (const Name& name : names) {
    if (text.size() > 1) {
      text += ", ";
    }
    text += PrintName(name);
  }
  return text + ")";
}

std::string Print(const Constraint& constraint) {
  std::string text = PrintConstraintName(constraint.name);
  switch (constraint.kind) {
    case ConstraintKind::kPrimaryKey:
      return text + "PRIMARY KEY " +
             PrintParts(constraint.columns,
                        constraint.autoincrement ? " AUTOINCREMENT" : "") +
             PrintConflict(constraint.on_conflict);
    case ConstraintKind::kUnique:
      return text + "UNIQUE " + PrintParts(constraint.columns, "") +
             PrintConflict(constraint.on_conflict);
    case ConstraintKind::kCheck:
      return text + "CHECK (" + Print(constraint.check) + ")" +
             PrintConflict(constraint.on_conflict);
    case ConstraintKind::kForeignKey:
      return text + "FOREIGN KEY " + PrintParts(constraint.columns, "") + " " +
             PrintReferences(constraint.references);
  }
  return text;
}

std::string Print(const Column& column,
                  const std::vector<Constraint>& inline_constraints) {
  std::string text = PrintName(column.name);
  if (!column.type.empty()) {
    text += " " + column.type;
  }
  if (column.not_null) {
    text += " " + PrintConstraintName(column.not_null_name) + "NOT NULL" +
            PrintConflict(column.not_null_conflict);
  }
  if (column.default_value.has_value()) {
    text += PrintDefault(column);
  }
  if (!column.collation.empty()) {
    text += " COLLATE " + PrintName(column.collation);
  }
  if (column.generated.has_value()) {
    text += " GENERATED ALWAYS AS (" + Print(column.generated->expression) +
            (column.generated->stored ? ") STORED" : ") VIRTUAL");
  }
  for (const Constraint& constraint : inline_constraints) {
    text += " " + PrintInline(constraint);
  }
  return text;
}

std::string Print(const Table& table) {
  std::string text =
      PrintCreate(table.temporary) + "TABLE " + PrintName(table.name) + " (";
  std::string_view separator = "\n  ";
  const std::vector<std::vector<Constraint>> constraints = ByColumn(table);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    text += separator;
    text += Print(table.columns[i], constraints[i]);
    separator = ",\n  ";
  }
  for (const Constraint& constraint : constraints.back()) {
    text += separator;
    text += Print(constraint);
  }
  text += "\n)";
  if (table.strict) {
    text += " STRICT";
  }
  if (table.without_rowid) {
    text += table.strict ? ", WITHOUT ROWID" : " WITHOUT ROWID";
  }
  return text;
}

std::string Print(const Index& index) {
  std::string text = index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
  text += PrintName(index.name) + " ON " + PrintName(index.table) + " " +
          PrintParts(index.parts, "");
  return index.where.empty() ? text : text + " WHERE " + Print(index.where);
}

std::string Print(const View& view) {
  std::string text =
      PrintCreate(view.temporary) + "VIEW " + PrintName(view.name);
  if (!view.columns.empty()) {
    text += " " + PrintNames(view.columns);
  }
  return text + " AS " + Print(view.body);
}

std::string Print(const VirtualTable& table) {
  return "CREATE VIRTUAL TABLE " + PrintName(table.name) + " " +
         Print(table.module);
}

std::string Print(const Trigger& trigger) {
  std::string text =
      PrintCreate(trigger.temporary) + "TRIGGER " + PrintName(trigger.name);
  switch (trigger.timing) {
    case TriggerTiming::kBefore:
      text += " BEFORE";
      break;
    case TriggerTiming::kAfter:
      text += " AFTER";
      break;
    case TriggerTiming::kInsteadOf:
      text += " INSTEAD OF";
      break;
  }
  switch (trigger.event) {
    case TriggerEvent::kInsert:
      text += " INSERT";
      break;
    case TriggerEvent::kUpdate:
      text += " UPDATE";
      break;
    case TriggerEvent::kDelete:
      text += " DELETE";
      break;
  }
  if (!trigger.columns.empty()) {
    const std::string names = PrintNames(trigger.columns);
    text += " OF " + names.substr(1, names.size() - 2);
  }
  text += " ON " + PrintName(trigger.table);
  if (trigger.for_each_row) {
    text += " FOR EACH ROW";
  }
  if (!trigger.when.empty()) {
    text += " WHEN " + Print(trigger.when);
  }
  return text + " " + Print(trigger.body);
}

}  // namespace palindrome::ast
