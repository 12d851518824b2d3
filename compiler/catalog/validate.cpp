// What a table's definition must satisfy before an engine sees it.

#include <algorithm>
#include <map>
#include <set>

#include "compiler/catalog/apply.h"
#include "compiler/catalog/expressions.h"
#include "compiler/diagnostics/fixes.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

PALINDROME_TEXT(kRepeatedColumn, kDuplicateColumn,
                "column `{0}` is defined twice", std::string);
PALINDROME_TEXT(kNoKeyColumn, kUnknownObject,
                "table `{0}` has no column `{1}`{2}", std::string, std::string,
                diagnostics::Meant);
PALINDROME_TEXT(kTwoPrimaryKeys, kInvalidDefinition,
                "table `{0}` has a primary key already", std::string);
PALINDROME_TEXT(kNoPrimaryKey, kInvalidDefinition,
                "table `{0}` is WITHOUT ROWID and needs a primary key{1}",
                std::string, std::string);
PALINDROME_TEXT(kAutoincrement, kInvalidDefinition,
                "AUTOINCREMENT takes one column of type INTEGER, without DESC "
                "behind it, in a table with rowids{0}",
                std::string);
PALINDROME_TEXT(kColumnCount, kInvalidDefinition,
                "the foreign key has {0} column{1} and refers to {2}",
                std::size_t, std::string, std::size_t);
PALINDROME_TEXT(kGeneratedKey, kInvalidDefinition,
                "generated column `{0}` cannot be in the primary key",
                std::string);
PALINDROME_TEXT(kGeneratedDefault, kInvalidDefinition,
                "generated column `{0}` cannot have a default", std::string);
PALINDROME_TEXT(kGeneratedQualifier, kInvalidDefinition,
                "generated column `{0}` names a column as `table.column`, "
                "which SQLite does not take there; write the column alone",
                std::string);
PALINDROME_TEXT(kOnlyGenerated, kInvalidDefinition,
                "table `{0}` needs a column that is not generated",
                std::string);
PALINDROME_TEXT(kGeneratedLoop, kInvalidDefinition,
                "generated column `{0}` is computed from itself", std::string);
PALINDROME_TEXT(kStrictType, kInvalidDefinition,
                "column `{0}` of a STRICT table has the type `{1}`; a STRICT "
                "table knows INT, INTEGER, REAL, TEXT, BLOB and ANY{2}",
                std::string, std::string, diagnostics::Meant);
PALINDROME_TEXT(kNoStrictType, kInvalidDefinition,
                "column `{0}` of a STRICT table has no type; a STRICT table "
                "knows INT, INTEGER, REAL, TEXT, BLOB and ANY",
                std::string);
PALINDROME_TEXT(kTwoConflictActions, kInvalidDefinition,
                "two keys of table `{0}` have the same columns and different "
                "ON CONFLICT clauses",
                std::string);
PALINDROME_TEXT(kRepeatedConstraint, kObjectExists,
                "constraint `{0}` is defined twice", std::string);

bool HasQualifier(const ast::Expression& expression) {
  return std::any_of(
      expression.tokens.begin(), expression.tokens.end(),
      [](const ast::Token& token) { return token.spelling == "."; });
}

bool IsStrictType(const std::string& type) {
  static const std::set<std::string> kStrictTypes = {"int",  "integer", "real",
                                                     "text", "blob",    "any"};
  return kStrictTypes.count(sql::FoldCase(type)) > 0;
}

void ValidateColumns(const ast::Table& table, Application& application) {
  std::map<std::string, const ast::Column*> names;
  bool has_stored = false;
  for (const ast::Column& column : table.columns) {
    has_stored = has_stored || !column.generated;
    const auto [first, is_new] =
        names.emplace(sql::FoldCase(column.name.text), &column);
    if (!is_new) {
      application
          .Refuse(diagnostics::Make(
              kRepeatedColumn, application.At(column.name), column.name.text))
          .With(application.At(first->second->name), "the first is here");
    }
    if (column.generated && column.default_value) {
      application.Refuse(diagnostics::Make(
          kGeneratedDefault, application.At(column.name), column.name.text));
    }
    if (column.generated && HasQualifier(column.generated->expression)) {
      application.Refuse(diagnostics::Make(
          kGeneratedQualifier, application.At(column.name), column.name.text));
    }
    if (table.strict && column.type.empty()) {
      application.Refuse(diagnostics::Make(
          kNoStrictType, application.At(column.name), column.name.text));
    } else if (table.strict && !IsStrictType(column.type)) {
      auto meant = diagnostics::MeantWord(
          column.type, {"INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY"});
      meant.is_plain = false;
      application.Refuse(
          diagnostics::Make(kStrictType, application.At(column.type_range),
                            column.name.text, column.type, meant));
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

// A column is called as its type: its name was forgotten.
bool LacksName(const ast::Column& column) {
  return column.type.empty() && IsStrictType(column.name.text);
}

void ValidateKeyColumns(const ast::Table& table,
                        const ast::Constraint& constraint,
                        Application& application) {
  const bool lacks_name =
      table.strict &&
      std::any_of(table.columns.begin(), table.columns.end(), LacksName);
  for (const ast::KeyPart& part : constraint.columns) {
    if (part.column.empty()) {
      continue;
    }
    const ast::Column* column = FindColumn(table, part.column.text);
    if (column == nullptr && lacks_name) {
      continue;
    }
    if (column == nullptr) {
      application.Refuse(diagnostics::Make(
          kNoKeyColumn, application.At(part.column), table.name.text,
          part.column.text,
          diagnostics::MeantName(part.column.text, ColumnNamesOf(table))));
    } else if (column->generated &&
               constraint.kind == ast::ConstraintKind::kPrimaryKey) {
      application.Refuse(diagnostics::Make(
          kGeneratedKey, application.At(part.column), part.column.text));
    }
  }
}

// Whether the key is the rowid. `a INTEGER PRIMARY KEY DESC` is not, though the
// table's own PRIMARY KEY (a DESC) is.
bool IsRowid(const ast::Table& table, const ast::Constraint& key) {
  if (key.kind != ast::ConstraintKind::kPrimaryKey || table.without_rowid ||
      key.columns.size() != 1 || (key.is_inline && key.columns[0].descending)) {
    return false;
  }
  const ast::Column* column = FindColumn(table, key.columns[0].column.text);
  return column != nullptr && sql::EqualsIgnoringCase(column->type, "INTEGER");
}

void ValidatePrimaryKey(const ast::Table& table,
                        const ast::Constraint& constraint,
                        Application& application) {
  if (!constraint.autoincrement || IsRowid(table, constraint)) {
    return;
  }
  const ast::Column* column =
      constraint.columns.size() == 1
          ? FindColumn(table, constraint.columns[0].column.text)
          : nullptr;
  // `INT`, `BIGINT`: with the right word it is what is meant.
  ast::Table corrected = table;
  if (column != nullptr) {
    const auto at = static_cast<std::size_t>(column - table.columns.data());
    corrected.columns[at].type = "INTEGER";
  }
  const bool is_type =
      column != nullptr &&
      sql::FoldCase(column->type).find("int") != std::string::npos &&
      IsRowid(corrected, constraint);
  auto refusal = diagnostics::Make(
      kAutoincrement, application.At(constraint.range),
      is_type ? "; write `INTEGER` for `" + column->type + "`" : "");
  if (is_type) {
    refusal.Mended(diagnostics::Replace(
        diagnostics::By::kTool, application.At(column->type_range), "INTEGER"));
  }
  application.Refuse(std::move(refusal));
}

// What SQLite compares of two keys to make one index of them.
std::string IndexOf(const ast::Table& table, const ast::Constraint& key) {
  std::string text;
  for (const ast::KeyPart& part : key.columns) {
    const ast::Column* column = FindColumn(table, part.column.text);
    std::string collation = part.collation.text;
    if (collation.empty() && column != nullptr) {
      collation = column->collation.text;
    }
    text += sql::QuoteName(sql::FoldCase(part.column.text)) + " " +
            (collation.empty() ? "binary" : sql::FoldCase(collation)) + ",";
  }
  return text;
}

// An INTEGER PRIMARY KEY that is the rowid has no index.
void ValidateConflictActions(const ast::Table& table,
                             Application& application) {
  std::map<std::string, ast::ConflictAction> actions;
  for (const ast::Constraint& key : table.constraints) {
    const bool is_key = key.kind == ast::ConstraintKind::kPrimaryKey ||
                        key.kind == ast::ConstraintKind::kUnique;
    if (!is_key || key.on_conflict == ast::ConflictAction::kUnspecified ||
        IsRowid(table, key)) {
      continue;
    }
    const auto [other, is_new] =
        actions.emplace(IndexOf(table, key), key.on_conflict);
    if (!is_new && other->second != key.on_conflict) {
      application.Refuse(diagnostics::Make(
          kTwoConflictActions, application.At(key.range), table.name.text));
    }
  }
}

}  // namespace

void Validate(const ast::Table& table, Application& application) {
  ValidateColumns(table, application);
  ValidateGenerated(table, application);
  ValidateConflictActions(table, application);
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
              kColumnCount, location, constraint.columns.size(),
              constraint.columns.size() == 1 ? "" : "s", referenced));
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
        kNoPrimaryKey, application.At(table.name), table.name.text,
        application.statement.kind() == ast::StatementKind::kDropConstraint
            ? "; create a table with the other key, copy the rows, drop this "
              "one and rename the new one"
            : ""));
  }
  if (application.result.applies) {
    ValidateExpressions(table, application);
  }
}

}  // namespace palindrome::catalog
