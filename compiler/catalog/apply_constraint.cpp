// ADD, DROP and RENAME CONSTRAINT.

#include <algorithm>

#include "compiler/catalog/apply.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

PALINDROME_TEXT(kConstraintExists, kObjectExists,
                "table `{0}` has a constraint `{1}` already", std::string,
                std::string);
PALINDROME_TEXT(kNoConstraint, kUnknownObject,
                "table `{0}` has no constraint `{1}`{2}", std::string,
                std::string, diagnostics::Meant);

PALINDROME_TEXT(kUnnamedConstraint, kUnknownObject,
                "table `{0}` has no constraint `{1}`; {2} no name, and what "
                "has none goes only with a table that is created anew{3}",
                std::string, std::string, std::string, diagnostics::Meant);

PALINDROME_TEXT(kIsNotNull, kUnknownObject,
                "`{0}` is the NOT NULL of column `{1}`, which goes with `ALTER "
                "COLUMN {1} DROP NOT NULL` and comes with `SET NOT NULL`",
                std::string, std::string);

using Constraints = std::vector<ast::Constraint>;

Constraints::iterator FindConstraint(Constraints& constraints,
                                     std::string_view name) {
  return std::find_if(constraints.begin(), constraints.end(),
                      [&](const ast::Constraint& constraint) {
                        return !constraint.name.empty() &&
                               sql::EqualsIgnoringCase(constraint.name.text,
                                                       name);
                      });
}

// "its `CHECK (a > 0)` has", "2 of its constraints have", or nothing.
std::string Unnamed(const ast::Table& table) {
  const ast::Constraint* one = nullptr;
  std::size_t count = 0;
  for (const ast::Constraint& constraint : table.constraints) {
    const bool is_of_id = constraint.is_inline &&
                          constraint.kind == ast::ConstraintKind::kPrimaryKey;
    if (constraint.name.empty() && !is_of_id) {
      one = &constraint;
      ++count;
    }
  }
  if (one == nullptr) {
    return "";
  }
  return count == 1 ? "its `" + ast::Print(*one) + "` has"
                    : std::to_string(count) + " of its constraints have";
}

// The constraint of that name in `table`; refused with a suggestion if there is
// none.
Constraints::iterator RequireConstraint(ast::Table& table,
                                        const ast::Name& name,
                                        Application& application) {
  const auto found = FindConstraint(table.constraints, name.text);
  if (found == table.constraints.end()) {
    for (const ast::Column& column : table.columns) {
      if (!column.not_null_name.empty() &&
          sql::EqualsIgnoringCase(column.not_null_name.text, name.text)) {
        application.Refuse(diagnostics::Make(kIsNotNull, application.At(name),
                                             name.text, column.name.text));
        return found;
      }
    }
    std::vector<std::string> names;
    for (const ast::Constraint& constraint : table.constraints) {
      if (!constraint.name.empty()) {
        names.push_back(constraint.name.text);
      }
    }
    auto meant = diagnostics::MeantName(name.text, names);
    if (std::string unnamed = Unnamed(table);
        meant.name.empty() && !unnamed.empty()) {
      application.Refuse(diagnostics::Make(
          kUnnamedConstraint, application.At(name), table.name.text, name.text,
          std::move(unnamed), std::move(meant)));
      return found;
    }
    application.Refuse(diagnostics::Make(kNoConstraint, application.At(name),
                                         table.name.text, name.text,
                                         std::move(meant)));
  }
  return found;
}

bool RequireUnusedName(ast::Table& table, const ast::Name& name,
                       Application& application) {
  if (FindConstraint(table.constraints, name.text) == table.constraints.end()) {
    return true;
  }
  application.Refuse(diagnostics::Make(kConstraintExists, application.At(name),
                                       table.name.text, name.text));
  return false;
}

bool IsKey(const ast::Constraint& constraint) {
  return constraint.kind == ast::ConstraintKind::kPrimaryKey ||
         constraint.kind == ast::ConstraintKind::kUnique;
}

// In any order.
bool IsOn(const std::vector<ast::KeyPart>& parts,
          const std::vector<ast::Name>& columns) {
  return columns.size() == parts.size() &&
         std::all_of(columns.begin(), columns.end(),
                     [&](const ast::Name& name) {
                       return std::any_of(parts.begin(), parts.end(),
                                          [&](const ast::KeyPart& part) {
                                            return sql::EqualsIgnoringCase(
                                                part.column.text, name.text);
                                          });
                     });
}

// Whether the key compares as the column does.
bool HasOwnCollation(const ast::KeyPart& part, const ast::Table& table) {
  const ast::Column* column = FindColumn(table, part.column.text);
  const bool has_one = column != nullptr && !column->collation.empty();
  return part.collation.empty() ||
         sql::EqualsIgnoringCase(
             part.collation.text,
             has_one ? std::string_view(column->collation.text) : "BINARY");
}

// Whether a foreign key can refer to the columns by a unique key of the parts.
bool Serves(const std::vector<ast::KeyPart>& parts, const ast::Table& table,
            const std::vector<ast::Name>& columns) {
  return IsOn(parts, columns) &&
         std::all_of(parts.begin(), parts.end(), [&](const auto& part) {
           return HasOwnCollation(part, table);
         });
}

// Whether a foreign key can refer to the columns without `key`.
bool HasOtherKeyOn(const ast::Table& table, const ast::Constraint& key,
                   const std::vector<ast::Name>& columns,
                   const Catalog& catalog) {
  const auto indexes = catalog.UsersOf(table.name.text, ObjectKind::kIndex);
  return std::any_of(table.constraints.begin(), table.constraints.end(),
                     [&](const ast::Constraint& other) {
                       return &other != &key && IsKey(other) &&
                              Serves(other.columns, table, columns);
                     }) ||
         std::any_of(
             indexes.begin(), indexes.end(), [&](const ObjectPtr& object) {
               const auto& index = std::get<ast::Index>(object->definition);
               return index.unique && index.where.empty() &&
                      Serves(index.parts, table, columns);
             });
}

// Foreign keys that refer to the columns of a key of `table` that goes.
std::vector<User> KeysThatReferTo(const ast::Table& table,
                                  const ast::Constraint& key,
                                  const Catalog& catalog) {
  std::vector<User> users;
  if (!IsKey(key)) {
    return users;
  }
  const auto refers = [&](const ast::Constraint& constraint) {
    const auto& columns = constraint.references.columns;
    if (constraint.kind != ast::ConstraintKind::kForeignKey ||
        !sql::EqualsIgnoringCase(constraint.references.table.text,
                                 table.name.text)) {
      return false;
    }
    if (columns.empty()) {
      return key.kind == ast::ConstraintKind::kPrimaryKey;
    }
    return IsOn(key.columns, columns) &&
           !HasOtherKeyOn(table, key, columns, catalog);
  };
  for (auto& [object, user] : ForeignKeysTo(catalog, table.name.text)) {
    const auto& child = std::get<ast::Table>(object->definition);
    if (std::any_of(child.constraints.begin(), child.constraints.end(),
                    refers)) {
      users.push_back(std::move(user));
    }
  }
  return users;
}

}  // namespace

void ApplyNode(const ast::AddConstraint& node, Application& application) {
  const ObjectPtr object = application.RequireTable(node.table);
  if (!object) {
    return;
  }
  ast::Table table = std::get<ast::Table>(object->definition);
  if (!node.constraint.name.empty() &&
      !RequireUnusedName(table, node.constraint.name, application)) {
    return;
  }
  table.constraints.push_back(node.constraint);
  Validate(table, application);
  if (application.result.applies) {
    application.Replace(object, Unqualified(std::move(table)));
  }
}

void ApplyNode(const ast::DropConstraint& node, Application& application) {
  const ObjectPtr object = application.RequireTable(node.table);
  if (!object) {
    return;
  }
  ast::Table table = std::get<ast::Table>(object->definition);
  const auto found = RequireConstraint(table, node.constraint, application);
  if (found == table.constraints.end()) {
    return;
  }
  ReportUsers("constraint `" + node.constraint.text + "` of table `" +
                  table.name.text + "` is dropped",
              KeysThatReferTo(table, *found, application.before),
              "drop what uses it before the constraint",
              application.At(node.constraint), application);
  table.constraints.erase(found);
  Validate(table, application);
  if (application.result.applies) {
    application.Replace(object, std::move(table));
  }
}

void ApplyNode(const ast::RenameConstraint& node, Application& application) {
  const ObjectPtr object = application.RequireTable(node.table);
  if (!object) {
    return;
  }
  ast::Table table = std::get<ast::Table>(object->definition);
  const auto found = RequireConstraint(table, node.constraint, application);
  if (found == table.constraints.end()) {
    return;
  }
  if (!sql::EqualsIgnoringCase(node.constraint.text, node.to.text) &&
      !RequireUnusedName(table, node.to, application)) {
    return;
  }
  found->name = node.to;
  application.Replace(object, std::move(table));
}

}  // namespace palindrome::catalog
