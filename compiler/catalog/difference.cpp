// Differences between catalogs, in words.

#include <algorithm>

#include "compiler/ast/statement.h"
#include "compiler/catalog/catalog.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

std::string Quote(const std::string& text) {
  return "`" + text + "`";
}

const ast::Column* ColumnIn(const ast::Table& table, const std::string& name) {
  const auto found = std::find_if(
      table.columns.begin(), table.columns.end(), [&](const auto& column) {
        return sql::EqualsIgnoringCase(column.name.text, name);
      });
  return found == table.columns.end() ? nullptr : &*found;
}

bool HasConstraint(const ast::Table& table, const ast::Constraint& constraint) {
  return std::any_of(
      table.constraints.begin(), table.constraints.end(),
      [&](const auto& other) { return SameDefinition(other, constraint); });
}

void DescribeColumns(const ast::Table& left, const ast::Table& right,
                     std::vector<std::string>& lines) {
  const std::string of = " of table " + Quote(left.name.text);
  for (const ast::Column& column : left.columns) {
    const ast::Column* other = ColumnIn(right, column.name.text);
    const std::string name = "column " + Quote(column.name.text) + of;
    if (other == nullptr) {
      lines.push_back(name + " is missing");
    } else if (!SameDefinition(column, *other)) {
      lines.push_back(name + " is " + Quote(ast::Print(*other, {})) +
                      " instead of " + Quote(ast::Print(column, {})));
    }
  }
  for (const ast::Column& column : right.columns) {
    if (ColumnIn(left, column.name.text) == nullptr) {
      lines.push_back("column " + Quote(column.name.text) + of +
                      " is there as well");
    }
  }
}

void DescribeTable(const ast::Table& left, const ast::Table& right,
                   std::vector<std::string>& lines) {
  DescribeColumns(left, right, lines);
  const std::string of = " of table " + Quote(left.name.text);
  for (const ast::Constraint& constraint : left.constraints) {
    if (!HasConstraint(right, constraint)) {
      lines.push_back(Quote(ast::Print(constraint)) + of + " is missing");
    }
  }
  for (const ast::Constraint& constraint : right.constraints) {
    if (!HasConstraint(left, constraint)) {
      lines.push_back(Quote(ast::Print(constraint)) + of + " is there as well");
    }
  }
  if (left.strict != right.strict) {
    lines.push_back("table " + Quote(left.name.text) + " is " +
                    (right.strict ? "" : "not ") + "STRICT");
  }
  if (left.without_rowid != right.without_rowid) {
    lines.push_back("table " + Quote(left.name.text) + " is " +
                    (right.without_rowid ? "" : "not ") + "WITHOUT ROWID");
  }
}

void AddLines(const Catalog::Change& change, std::vector<std::string>& lines) {
  const ObjectPtr& present = change.before ? change.before : change.after;
  const std::string name = std::string(ObjectKindName(present->kind())) + " " +
                           Quote(present->name());
  if (!change.after) {
    lines.push_back(name + " is missing");
  } else if (!change.before) {
    lines.push_back(name + " is there as well");
  } else if (const auto* left =
                 std::get_if<ast::Table>(&change.before->definition)) {
    DescribeTable(*left, std::get<ast::Table>(change.after->definition), lines);
  } else {
    const auto print = [](const Object& object) {
      return std::visit(
          [](const auto& definition) { return ast::Print(definition); },
          object.definition);
    };
    const std::string before = print(*change.before);
    const std::string after = print(*change.after);
    if (before != after) {
      lines.push_back(name + " is " + Quote(after) + " instead of " +
                      Quote(before));
    }
  }
}

}  // namespace

std::vector<std::string> DescribeChange(const Catalog::Change& change) {
  std::vector<std::string> lines;
  AddLines(change, lines);
  return lines;
}

std::vector<std::string> DescribeDifferences(const Catalog& left,
                                             const Catalog& right) {
  std::vector<std::string> lines;
  for (const Catalog::Change& change : Catalog::Changes(left, right)) {
    AddLines(change, lines);
  }
  return lines;
}

}  // namespace palindrome::catalog
