// The statements that add, drop, rename and alter columns.

#include <algorithm>

#include "compiler/catalog/apply.h"
#include "compiler/catalog/expressions.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

PALINDROME_TEXT(kColumnExists, kDuplicateColumn,
                "table `{0}` has a column `{1}` already", std::string,
                std::string);
PALINDROME_TEXT(kLastColumn, kInvalidDefinition,
                "`{0}` is the only column of table `{1}`; drop the table "
                "instead",
                std::string, std::string);
PALINDROME_TEXT(kGenerated, kInvalidDefinition,
                "column `{0}` is generated, and has no {1} of its own",
                std::string, std::string);

PALINDROME_TEXT(kNeedsColumn, kEngineError,
                "SQLite refuses table `{0}` without column `{1}`: {2}; drop "
                "what uses it before the column",
                std::string, std::string, std::string);

const ast::Table& TableIn(const ObjectPtr& object) {
  return std::get<ast::Table>(object->definition);
}

ast::Column& MutableColumn(ast::Table& table, std::string_view name) {
  return *std::find_if(table.columns.begin(), table.columns.end(),
                       [&](const auto& column) {
                         return sql::EqualsIgnoringCase(column.name.text, name);
                       });
}

// Refuses the name, which a column of the table has.
void RefuseTaken(const Object& table, const ast::Column& column,
                 const ast::Name& name, Application& application) {
  diagnostics::Diagnostic& problem = application.Refuse(diagnostics::Make(
      kColumnExists, application.At(name), table.name(), name.text));
  const auto added = table.added_columns.find(sql::FoldCase(column.name.text));
  const source::Location place =
      added != table.added_columns.end()
          ? added->second
          : source::Location{table.created.file, column.name.range};
  if (place.file != nullptr && place.range.begin != place.range.end) {
    problem.With(place, "it is defined here");
  }
}

// Looks up table and column, and puts `change`d copies in their place.
template <typename Node, typename Change>
void ChangeColumn(const Node& node, Application& application, Change change) {
  const ObjectPtr object = application.RequireTable(node.table);
  if (!object ||
      application.RequireColumn(TableIn(object), node.column) == nullptr) {
    return;
  }
  ast::Table table = TableIn(object);
  change(table, MutableColumn(table, node.column.text));
  if (!application.result.applies) {
    return;
  }
  Validate(table, application);
  if (application.result.applies) {
    application.Replace(object, std::move(table));
  }
}

void RenameIn(ast::Name& name, const ast::RenameColumn& node) {
  if (sql::EqualsIgnoringCase(name.text, node.column.text)) {
    name.text = node.to.text;
  }
}

void RenameIn(ast::Expression& expression, const ast::RenameColumn& node) {
  expression = ast::RenameColumnIn(expression, node.column.text, node.to.text);
}

void RenameIn(std::vector<ast::KeyPart>& parts, const ast::RenameColumn& node) {
  for (ast::KeyPart& part : parts) {
    if (part.column.empty()) {
      RenameIn(part.expression, node);
    } else {
      RenameIn(part.column, node);
    }
  }
}

void RenameReferences(ast::Table& table, const ast::RenameColumn& node) {
  for (ast::Constraint& constraint : table.constraints) {
    if (sql::EqualsIgnoringCase(constraint.references.table.text,
                                node.table.text)) {
      for (ast::Name& column : constraint.references.columns) {
        RenameIn(column, node);
      }
    }
  }
}

void RenameInTable(ast::Table& table, const ast::RenameColumn& node) {
  for (ast::Column& column : table.columns) {
    RenameIn(column.name, node);
    if (column.generated) {
      RenameIn(column.generated->expression, node);
    }
  }
  for (ast::Constraint& constraint : table.constraints) {
    RenameIn(constraint.owner, node);
    RenameIn(constraint.columns, node);
    RenameIn(constraint.check, node);
  }
  RenameReferences(table, node);
}

// Follows the rename into what uses the column. Why the engine refuses, if it
// does.
std::optional<diagnostics::Diagnostic> FollowRename(
    const ast::RenameColumn& node, Application& application) {
  std::vector<ObjectPtr> bodies;
  for (const ObjectPtr& user : application.before.UsersOf(node.table.text)) {
    if (const auto* index = std::get_if<ast::Index>(&user->definition)) {
      ast::Index renamed = *index;
      RenameIn(renamed.parts, node);
      RenameIn(renamed.where, node);
      application.Replace(user, std::move(renamed));
    } else if (const auto* child = std::get_if<ast::Table>(&user->definition)) {
      ast::Table renamed = *child;
      RenameReferences(renamed, node);
      application.Replace(user, std::move(renamed));
    } else {
      bodies.push_back(user);
    }
  }
  return RenameInBodies("ALTER TABLE " + sql::QuoteName(node.table.text) +
                            " RENAME COLUMN " +
                            sql::QuoteName(node.column.text) + " TO " +
                            sql::QuoteName(node.to.text),
                        bodies, application);
}

// Refuses a table that does not stand without the column. Where a user of it is
// reported, that says so already.
void ValidateRemaining(const ast::Table& table, const ast::DropColumn& node,
                       Application& application) {
  if (application.result.problems.empty()) {
    Validate(table, application);
  } else if (const auto error = ErrorWithIndexes(table, application)) {
    application.Refuse(
        diagnostics::Make(kNeedsColumn, application.At(node.column),
                          table.name.text, node.column.text, error->message),
        /*unless_found=*/true);
  }
}

std::string ColumnOf(const ast::Name& column, const ast::Name& table) {
  return "column `" + column.text + "` of table `" + table.text + "`";
}

}  // namespace

void ApplyNode(const ast::AddColumn& node, Application& application) {
  const ObjectPtr object = application.RequireTable(node.table);
  if (!object) {
    return;
  }
  ast::Table table = TableIn(object);
  if (const ast::Column* other = FindColumn(table, node.column.name.text)) {
    RefuseTaken(*object, *other, node.column.name, application);
    return;
  }
  const auto place = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](const ast::Column& column) {
                                    return !node.before.empty() &&
                                           sql::EqualsIgnoringCase(
                                               column.name.text, node.before);
                                  });
  table.columns.insert(place, node.column);
  table.constraints.insert(table.constraints.end(), node.constraints.begin(),
                           node.constraints.end());
  Validate(table, application);
  ReportUsers(
      ColumnOf(node.column.name, node.table) + " is added",
      NaturalJoins(application.before, node.table.text, node.column.name.text),
      "drop what uses it before, and create it again after",
      application.At(node.column.name), application);
  if (application.result.applies) {
    Object changed = *object;
    changed.definition = Unqualified(std::move(table));
    changed.added_columns[sql::FoldCase(node.column.name.text)] =
        application.At(node.column.name);
    application.result.after = application.before.With(std::move(changed));
    RefreshUses(BodiesWithStar(application.before, node.table.text),
                application);
  }
}

void ApplyNode(const ast::DropColumn& node, Application& application) {
  const ObjectPtr object = application.RequireTable(node.table);
  if (!object ||
      application.RequireColumn(TableIn(object), node.column) == nullptr) {
    return;
  }
  ast::Table table = TableIn(object);
  if (table.columns.size() == 1) {
    application.Refuse(diagnostics::Make(kLastColumn,
                                         application.At(node.column),
                                         node.column.text, table.name.text));
    return;
  }
  ReportUsers(ColumnOf(node.column, node.table) + " is dropped",
              UsersOfColumn(application.before, table, node.column.text),
              "drop what uses it before the column",
              application.At(node.column), application);
  std::erase_if(table.columns, [&](const ast::Column& column) {
    return sql::EqualsIgnoringCase(column.name.text, node.column.text);
  });
  std::erase_if(table.constraints, [&](const ast::Constraint& constraint) {
    return constraint.is_inline &&
           sql::EqualsIgnoringCase(constraint.owner.text, node.column.text);
  });
  ValidateRemaining(table, node, application);
  if (application.result.applies) {
    Object changed = *object;
    changed.definition = std::move(table);
    changed.added_columns.erase(sql::FoldCase(node.column.text));
    application.result.after = application.before.With(std::move(changed));
    RefreshUses(BodiesWithStar(application.before, node.table.text),
                application);
  }
}

void ApplyNode(const ast::RenameColumn& node, Application& application) {
  const ObjectPtr object = application.RequireTable(node.table);
  if (!object ||
      application.RequireColumn(TableIn(object), node.column) == nullptr) {
    return;
  }
  ast::Table table = TableIn(object);
  const ast::Column* taken = FindColumn(table, node.to.text);
  if (!sql::EqualsIgnoringCase(node.column.text, node.to.text) &&
      taken != nullptr) {
    RefuseTaken(*object, *taken, node.to, application);
    return;
  }
  // Indexes, constraints and generated columns know no taken table whose column
  // the new name could mean.
  std::vector<User> users =
      BodiesThatUseColumn(application.before, table, node.column.text);
  // Under its new name it may be joined on.
  for (User& user :
       NaturalJoins(application.before, node.table.text, node.to.text)) {
    if (std::none_of(users.begin(), users.end(), [&](const User& other) {
          return other.text == user.text;
        })) {
      users.push_back(std::move(user));
    }
  }
  ReportUsers(ColumnOf(node.column, node.table) + " is renamed", users,
              "drop what uses it before, and create it again after",
              application.At(node.column), application);
  RenameInTable(table, node);
  Object renamed = *object;
  renamed.definition = std::move(table);
  auto added = renamed.added_columns.extract(sql::FoldCase(node.column.text));
  if (!added.empty()) {
    added.key() = sql::FoldCase(node.to.text);
    renamed.added_columns.insert(std::move(added));
  }
  application.result.after = application.before.With(std::move(renamed));
  if (const auto refused = FollowRename(node, application)) {
    application.Refuse(*refused, /*unless_found=*/true);
  }
}

void ApplyNode(const ast::AlterColumnType& node, Application& application) {
  ChangeColumn(node, application, [&](ast::Table& table, ast::Column& column) {
    // Indexes and constraints are made again with the table.
    ReportUsers(
        ColumnOf(node.column, node.table) + " changes its type",
        BodiesThatUseColumn(application.before, table, node.column.text),
        "drop what uses it before, and create it again after",
        application.At(node.column), application);
    ValidateConversion(node, table, application);
    column.type = node.type;
  });
}

void ApplyNode(const ast::SetNotNull& node, Application& application) {
  ChangeColumn(node, application, [](ast::Table&, ast::Column& column) {
    column.not_null = true;
  });
}

void ApplyNode(const ast::DropNotNull& node, Application& application) {
  ChangeColumn(node, application, [](ast::Table&, ast::Column& column) {
    column.not_null = false;
    column.not_null_name = {};
    column.not_null_conflict = ast::ConflictAction::kUnspecified;
  });
}

void ApplyNode(const ast::SetDefault& node, Application& application) {
  ChangeColumn(node, application, [&](ast::Table&, ast::Column& column) {
    if (column.generated) {
      application.Refuse(diagnostics::Make(kGenerated,
                                           application.At(node.column),
                                           node.column.text, "default"));
    }
    column.default_value = node.value;
    column.default_in_parentheses = node.in_parentheses;
  });
}

void ApplyNode(const ast::DropDefault& node, Application& application) {
  ChangeColumn(node, application, [](ast::Table&, ast::Column& column) {
    column.default_value.reset();
    column.default_in_parentheses = false;
  });
}

}  // namespace palindrome::catalog
