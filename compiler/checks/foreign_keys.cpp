#include "compiler/checks/foreign_keys.h"

#include <algorithm>
#include <set>

#include "compiler/checks/steps.h"
#include "compiler/diagnostics/emitter.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

using sql::EqualsIgnoringCase;

std::vector<std::string> Texts(const std::vector<ast::Name>& names) {
  std::vector<std::string> texts;
  texts.reserve(names.size());
  for (const ast::Name& name : names) {
    texts.push_back(name.text);
  }
  return texts;
}

// Whether the collation is the one that the table gives the column.
bool HasOwnCollation(const ast::KeyPart& part, const ast::Table& table) {
  if (part.collation.empty()) {
    return true;
  }
  const ast::Column* column = FindColumn(table, part.column.text);
  const bool is_default = column == nullptr || column->collation.empty();
  return EqualsIgnoringCase(part.collation.text,
                            is_default ? "BINARY" : column->collation.text);
}

// The key's columns are exactly these, in any order.
bool IsExactly(const std::vector<ast::KeyPart>& parts, const ast::Table& table,
               const std::set<std::string>& folded_columns) {
  std::set<std::string> names;
  for (const ast::KeyPart& part : parts) {
    if (part.column.empty() || !HasOwnCollation(part, table)) {
      return false;
    }
    names.insert(sql::FoldCase(part.column.text));
  }
  return names == folded_columns;
}

bool IsUnique(const catalog::Catalog& catalog, const ast::Table& table,
              const std::vector<std::string>& columns) {
  std::set<std::string> folded;
  for (const std::string& column : columns) {
    folded.insert(sql::FoldCase(column));
  }
  for (const ast::Constraint& constraint : table.constraints) {
    const bool is_key = constraint.kind == ast::ConstraintKind::kPrimaryKey ||
                        constraint.kind == ast::ConstraintKind::kUnique;
    if (is_key && IsExactly(constraint.columns, table, folded)) {
      return true;
    }
  }
  for (const catalog::ObjectPtr& user : catalog.UsersOf(table.name.text)) {
    const auto* index = std::get_if<ast::Index>(&user->definition);
    if (index != nullptr && index->unique && index->where.empty() &&
        IsExactly(index->parts, table, folded)) {
      return true;
    }
  }
  return false;
}

std::string Columns(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " column" : " columns");
}

}  // namespace

std::vector<ForeignKey> ForeignKeysOf(const catalog::ObjectPtr& table) {
  std::vector<ForeignKey> keys;
  for (const ast::Constraint& constraint :
       std::get<ast::Table>(table->definition).constraints) {
    if (constraint.kind == ast::ConstraintKind::kForeignKey) {
      keys.push_back({table, &constraint});
    }
  }
  return keys;
}

std::vector<ForeignKey> ForeignKeysTo(const catalog::Catalog& catalog,
                                      std::string_view parent) {
  std::vector<catalog::ObjectPtr> children = catalog.UsersOf(parent);
  children.push_back(catalog.Find(catalog::ObjectKind::kTable, parent));
  std::vector<ForeignKey> keys;
  for (const catalog::ObjectPtr& child : children) {
    if (!child || child->kind() != catalog::ObjectKind::kTable) {
      continue;
    }
    for (const ForeignKey& key : ForeignKeysOf(child)) {
      if (EqualsIgnoringCase(key.constraint->references.table.text, parent)) {
        keys.push_back(key);
      }
    }
  }
  return keys;
}

std::string Describe(const ForeignKey& key) {
  const std::string of = " of table `" + key.child->name() + "`";
  if (!key.constraint->name.empty()) {
    return "foreign key `" + key.constraint->name.text + "`" + of;
  }
  std::vector<std::string> columns;
  for (const ast::KeyPart& part : key.constraint->columns) {
    columns.push_back(part.column.text);
  }
  return "the foreign key on " + QuotedList(columns) + of;
}

std::vector<std::string> ReferencedColumns(const catalog::Catalog& catalog,
                                           const ast::Constraint& key) {
  if (!key.references.columns.empty()) {
    return Texts(key.references.columns);
  }
  const ast::Table* parent = catalog.FindTable(key.references.table.text);
  return parent == nullptr ? std::vector<std::string>()
                           : ast::PrimaryKey(*parent);
}

std::string ProblemOf(const catalog::Catalog& catalog,
                      const ast::Constraint& key) {
  const std::string& name = key.references.table.text;
  const ast::Table* parent = catalog.FindTable(name);
  if (parent == nullptr) {
    return catalog.FindView(name) != nullptr
               ? "`" + name + "` is a view"
               : "there is no table `" + name + "`" +
                     diagnostics::Suggestion(
                         name, catalog.Names(catalog::ObjectKind::kTable));
  }
  const std::vector<std::string> columns = ReferencedColumns(catalog, key);
  if (columns.empty()) {
    return "table `" + name + "` has no primary key";
  }
  if (columns.size() != key.columns.size()) {
    return "it has " + Columns(key.columns.size()) + ", and the key of `" +
           name + "` has " + Columns(columns.size());
  }
  for (const std::string& column : columns) {
    if (FindColumn(*parent, column) == nullptr) {
      std::vector<std::string> candidates;
      for (const ast::Column& other : parent->columns) {
        candidates.push_back(other.name.text);
      }
      return llvm::formatv("table `{0}` has no column `{1}`{2}", name, column,
                           diagnostics::Suggestion(column, candidates));
    }
  }
  if (!IsUnique(catalog, *parent, columns)) {
    return QuotedList(columns) + " of table `" + name +
           "` is neither its PRIMARY KEY nor UNIQUE";
  }
  return "";
}

}  // namespace palindrome::checks
