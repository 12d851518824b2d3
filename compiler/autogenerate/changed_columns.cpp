#include "compiler/autogenerate/changed_columns.h"

#include <algorithm>

#include "runtime/src/sql_lexer.h"

namespace palindrome::autogenerate {
namespace {

using ast::Column;
using ast::Constraint;
using ast::Table;

const Column* FindColumn(const Table& table, const std::string& name) {
  const auto found = std::find_if(
      table.columns.begin(), table.columns.end(), [&](const Column& column) {
        return sql::EqualsIgnoringCase(column.name.text, name);
      });
  return found == table.columns.end() ? nullptr : &*found;
}

bool UsesOne(const ast::Expression& expression,
             const std::set<std::string>& columns) {
  const auto names = ast::ColumnNames(expression);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return columns.contains(name);
  });
}

bool HasOtherType(const Column& before, const Column& after) {
  Column same = before;
  same.type = after.type;
  return !SameDefinition(before, same);
}

bool IsGeneratedOtherwise(const Column& before, const Column& after) {
  Column same = before;
  same.generated = after.generated;
  return !SameDefinition(before, same) || HasOtherType(before, after);
}

// Those that the constraint is about, but for the one that it is written with.
std::set<std::string> ColumnsOf(const Constraint& constraint) {
  std::set<std::string> columns;
  for (const ast::KeyPart& part : constraint.columns) {
    columns.insert(sql::FoldCase(part.column.text));
  }
  for (std::string& name : ast::ColumnNames(constraint.check)) {
    columns.insert(std::move(name));
  }
  if (constraint.is_inline) {
    columns.erase(sql::FoldCase(constraint.owner.text));
  }
  return columns;
}

bool Meet(const std::set<std::string>& left,
          const std::set<std::string>& right) {
  return std::any_of(left.begin(), left.end(), [&](const std::string& each) {
    return right.contains(each);
  });
}

}  // namespace

ChangedColumns FindChangedColumns(const Table& before, const Table& after) {
  ChangedColumns changed;
  for (const Column& column : before.columns) {
    const Column* now = FindColumn(after, column.name.text);
    if (now == nullptr) {
      continue;
    }
    const std::string name = sql::FoldCase(column.name.text);
    if (column.generated && now->generated) {
      if (IsGeneratedOtherwise(column, *now)) {
        changed.all.insert(name);
        changed.anew.insert(name);
      }
    } else if (HasOtherType(column, *now)) {
      changed.all.insert(name);
    }
  }
  // A generated column that uses one of them is computed anew with it.
  for (bool found = true; found;) {
    found = false;
    for (const Column& column : before.columns) {
      const Column* now = FindColumn(after, column.name.text);
      if (now != nullptr && column.generated && now->generated &&
          UsesOne(column.generated->expression, changed.all)) {
        const std::string name = sql::FoldCase(column.name.text);
        found |= changed.anew.insert(name).second;
        changed.all.insert(name);
      }
    }
  }
  const auto key = ast::PrimaryKey(before);
  changed.has_key =
      std::any_of(key.begin(), key.end(), [&](const std::string& name) {
        return changed.all.contains(sql::FoldCase(name));
      });
  return changed;
}

bool IsInTheWay(const Constraint& constraint, const Table& table,
                const ChangedTables& changed) {
  const auto own = changed.find(sql::FoldCase(table.name.text));
  if (own != changed.end() && Meet(ColumnsOf(constraint), own->second.all)) {
    return true;
  }
  if (constraint.kind != ast::ConstraintKind::kForeignKey) {
    return false;
  }
  const auto parent =
      changed.find(sql::FoldCase(constraint.references.table.text));
  if (parent == changed.end()) {
    return false;
  }
  std::set<std::string> columns;
  for (const ast::Name& column : constraint.references.columns) {
    columns.insert(sql::FoldCase(column.text));
  }
  return columns.empty() ? parent->second.has_key
                         : Meet(columns, parent->second.all);
}

}  // namespace palindrome::autogenerate
