// What a table's definition must satisfy before an engine sees it.

#include <algorithm>
#include <map>
#include <set>

#include "compiler/catalog/apply.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

PALINDROME_TEXT(kRepeatedColumn, kDuplicateColumn,
                "column `{0}` is defined twice", std::string);
PALINDROME_TEXT(kNoKeyColumn, kUnknownObject,
                "table `{0}` has no column `{1}`{2}", std::string, std::string,
                std::string);
PALINDROME_TEXT(kTwoPrimaryKeys, kInvalidDefinition,
                "table `{0}` has a primary key already", std::string);
PALINDROME_TEXT(kNoPrimaryKey, kInvalidDefinition,
                "table `{0}` is WITHOUT ROWID and needs a primary key",
                std::string);
PALINDROME_TEXT(kAutoincrement, kInvalidDefinition,
                "AUTOINCREMENT takes one column of type INTEGER, in a table "
                "with rowids");
PALINDROME_TEXT(kColumnCount, kInvalidDefinition,
                "the foreign key has {0} columns and refers to {1}",
                std::size_t, std::size_t);
PALINDROME_TEXT(kGeneratedKey, kInvalidDefinition,
                "generated column `{0}` cannot be in the primary key",
                std::string);
PALINDROME_TEXT(kGeneratedDefault, kInvalidDefinition,
                "generated column `{0}` cannot have a default", std::string);
PALINDROME_TEXT(kOnlyGenerated, kInvalidDefinition,
                "table `{0}` needs a column that is not generated",
                std::string);
PALINDROME_TEXT(kGeneratedLoop, kInvalidDefinition,
                "generated column `{0}` is computed from itself", std::string);
PALINDROME_TEXT(kStrictType, kInvalidDefinition,
                "column `{0}` of a STRICT table has the type `{1}`; a STRICT "
                "table knows INT, INTEGER, REAL, TEXT, BLOB and ANY",
                std::string, std::string);
PALINDROME_TEXT(kNoStrictType, kInvalidDefinition,
                "column `{0}` of a STRICT table has no type; a STRICT table "
                "knows INT, INTEGER, REAL, TEXT, BLOB and ANY",
                std::string);
PALINDROME_TEXT(kRepeatedConstraint, kObjectExists,
                "constraint `{0}` is defined twice", std::string);

void ValidateColumns(const ast::Table& table, Application& application) {
  std::set<std::string> names;
  bool has_stored = false;
  for (const ast::Column& column : table.columns) {
    has_stored = has_stored || !column.generated;
    if (!names.insert(sql::FoldCase(column.name.text)).second) {
      application.Refuse(diagnostics::Make(
          kRepeatedColumn, application.At(column.name), column.name.text));
    }
    if (column.generated && column.default_value) {
      application.Refuse(diagnostics::Make(
          kGeneratedDefault, application.At(column.name), column.name.text));
    }
    static const std::set<std::string> kStrictTypes = {
        "int", "integer", "real", "text", "blob", "any"};
    if (table.strict && column.type.empty()) {
      application.Refuse(diagnostics::Make(
          kNoStrictType, application.At(column.name), column.name.text));
    } else if (table.strict &&
               kStrictTypes.count(sql::FoldCase(column.type)) == 0) {
      application.Refuse(diagnostics::Make(kStrictType,
                                           application.At(column.name),
                                           column.name.text, column.type));
    }
  }
  if (!has_stored) {
    application.Refuse(diagnostics::Make(
        kOnlyGenerated, application.At(table.name), table.name.text));
  }
}

// SQLite finds a loop when the first row is written.
void ValidateGenerated(const ast::Table& table, Application& application) {
  std::map<std::string, std::vector<std::string>> needs;
  for (const ast::Column& column : table.columns) {
    if (column.generated) {
      needs[sql::FoldCase(column.name.text)] =
          ast::ColumnNames(column.generated->expression);
    }
  }
  for (const ast::Column& column : table.columns) {
    const std::string name = sql::FoldCase(column.name.text);
    std::set<std::string> reached;
    std::vector<std::string> pending{name};
    while (!pending.empty() && !reached.contains(name)) {
      const auto found = needs.find(pending.back());
      pending.pop_back();
      if (found == needs.end()) {
        continue;
      }
      for (const std::string& need : found->second) {
        if (reached.insert(need).second) {
          pending.push_back(need);
        }
      }
    }
    if (reached.contains(name)) {
      application.Refuse(diagnostics::Make(
          kGeneratedLoop, application.At(column.name), column.name.text));
      return;
    }
  }
}

void ValidateKeyColumns(const ast::Table& table,
                        const ast::Constraint& constraint,
                        Application& application) {
  for (const ast::KeyPart& part : constraint.columns) {
    if (part.column.empty()) {
      continue;
    }
    const ast::Column* column = FindColumn(table, part.column.text);
    if (column == nullptr) {
      application.Refuse(diagnostics::Make(
          kNoKeyColumn, application.At(part.column), table.name.text,
          part.column.text,
          diagnostics::Suggestion(part.column.text, ColumnNamesOf(table))));
    } else if (column->generated &&
               constraint.kind == ast::ConstraintKind::kPrimaryKey) {
      application.Refuse(diagnostics::Make(
          kGeneratedKey, application.At(part.column), part.column.text));
    }
  }
}

void ValidatePrimaryKey(const ast::Table& table,
                        const ast::Constraint& constraint,
                        Application& application) {
  if (!constraint.autoincrement) {
    return;
  }
  const ast::Column* column =
      constraint.columns.size() == 1
          ? FindColumn(table, constraint.columns[0].column.text)
          : nullptr;
  if (column == nullptr || table.without_rowid ||
      !sql::EqualsIgnoringCase(column->type, "INTEGER")) {
    application.Refuse(
        diagnostics::Make(kAutoincrement, application.At(constraint.range)));
  }
}

}  // namespace

void Validate(const ast::Table& table, Application& application) {
  ValidateColumns(table, application);
  ValidateGenerated(table, application);
  std::set<std::string> names;
  std::size_t primary_keys = 0;
  for (const ast::Constraint& constraint : table.constraints) {
    const source::Location location = application.At(constraint.range);
    if (!constraint.name.empty() &&
        !names.insert(sql::FoldCase(constraint.name.text)).second) {
      application.Refuse(diagnostics::Make(kRepeatedConstraint, location,
                                           constraint.name.text));
    }
    ValidateKeyColumns(table, constraint, application);
    switch (constraint.kind) {
      case ast::ConstraintKind::kPrimaryKey:
        if (++primary_keys == 2) {
          application.Refuse(
              diagnostics::Make(kTwoPrimaryKeys, location, table.name.text));
        }
        ValidatePrimaryKey(table, constraint, application);
        break;
      case ast::ConstraintKind::kForeignKey: {
        const std::size_t referenced = constraint.references.columns.size();
        if (referenced != 0 && referenced != constraint.columns.size()) {
          application.Refuse(diagnostics::Make(
              kColumnCount, location, constraint.columns.size(), referenced));
        }
        break;
      }
      case ast::ConstraintKind::kUnique:
      case ast::ConstraintKind::kCheck:
        break;
    }
  }
  if (table.without_rowid && primary_keys == 0) {
    application.Refuse(diagnostics::Make(
        kNoPrimaryKey, application.At(table.name), table.name.text));
  }
}

}  // namespace palindrome::catalog
