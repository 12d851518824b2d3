#include "compiler/checks/creations.h"

#include <algorithm>

#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

using sql::EqualsIgnoringCase;

const ast::Table* FindAtEnd(const catalog::Simulation& section,
                            std::size_t step, std::string_view table) {
  const auto name = TableAtEnd(section, step, table);
  const ast::Table* at_end = name ? section.after.FindTable(*name) : nullptr;
  return at_end == nullptr || at_end->temporary ? nullptr : at_end;
}

bool HasConstraint(const ast::Table& table, const ast::Constraint& constraint) {
  return std::any_of(table.constraints.begin(), table.constraints.end(),
                     [&](const ast::Constraint& each) {
                       return IsSameConstraint(each, constraint);
                     });
}

// Those of one statement that the table has at the end and the replaced one
// had not.
void AddConstraints(const catalog::Step& step, const ast::Table* at_end,
                    const ast::Table* replaced,
                    const std::vector<ast::Constraint>& written,
                    std::vector<NewConstraint>& constraints) {
  if (at_end == nullptr) {
    return;
  }
  for (const ast::Constraint& constraint : written) {
    if (HasConstraint(*at_end, constraint) &&
        (replaced == nullptr || !HasConstraint(*replaced, constraint))) {
      constraints.push_back({&step, at_end, &constraint});
    }
  }
}

bool IsSameIndex(const ast::Index& left, const ast::Index& right) {
  return left.unique == right.unique &&
         left.parts.size() == right.parts.size() &&
         ast::SameTokens(left.where, right.where) &&
         std::equal(left.parts.begin(), left.parts.end(), right.parts.begin(),
                    [](const ast::KeyPart& one, const ast::KeyPart& other) {
                      return EqualsIgnoringCase(one.column.text,
                                                other.column.text) &&
                             ast::SameTokens(one.expression, other.expression);
                    });
}

}  // namespace

std::optional<std::string> TableAtEnd(const catalog::Simulation& section,
                                      std::size_t step,
                                      std::string_view table) {
  std::string name = sql::FoldCase(table);
  const auto& changes = section.changes;
  for (auto i = std::upper_bound(changes.begin(), changes.end(), step);
       i != changes.end(); ++i) {
    const catalog::Step& change = section.steps[*i];
    const auto* rename = As<ast::RenameTable>(change);
    if (rename != nullptr && EqualsIgnoringCase(rename->table.text, name)) {
      name = sql::FoldCase(rename->to.text);
    } else if (change.after.FindTable(name) == nullptr) {
      return std::nullopt;
    }
  }
  if (section.after.FindTable(name) == nullptr) {
    return std::nullopt;
  }
  return name;
}

std::vector<NewTable> NewTables(const catalog::Simulation& section) {
  std::vector<NewTable> tables;
  for (const std::size_t i : section.changes) {
    const catalog::Step& step = section.steps[i];
    const auto* create = As<ast::CreateTable>(step);
    if (create == nullptr ||
        step.before.FindTable(create->table.name.text) != nullptr) {
      continue;
    }
    if (const ast::Table* at_end =
            FindAtEnd(section, i, create->table.name.text)) {
      tables.push_back({&step, &create->table, at_end,
                        section.before.FindTable(at_end->name.text)});
    }
  }
  return tables;
}

std::vector<NewColumn> NewColumns(const catalog::Simulation& section) {
  std::vector<NewColumn> columns;
  for (const NewTable& table : NewTables(section)) {
    for (const ast::Column& column : table.written->columns) {
      if (FindColumn(*table.at_end, column.name.text) != nullptr &&
          (table.replaced == nullptr ||
           FindColumn(*table.replaced, column.name.text) == nullptr)) {
        columns.push_back({table.step, table.at_end, &column});
      }
    }
  }
  for (const std::size_t i : section.changes) {
    const catalog::Step& step = section.steps[i];
    const auto* add = As<ast::AddColumn>(step);
    const ast::Table* table =
        add == nullptr ? nullptr : FindAtEnd(section, i, add->table.text);
    if (table != nullptr &&
        FindColumn(*table, add->column.name.text) != nullptr) {
      columns.push_back({&step, table, &add->column});
    }
  }
  return columns;
}

std::vector<NewConstraint> NewConstraints(const catalog::Simulation& section) {
  std::vector<NewConstraint> constraints;
  for (const NewTable& table : NewTables(section)) {
    AddConstraints(*table.step, table.at_end, table.replaced,
                   table.written->constraints, constraints);
  }
  for (const std::size_t i : section.changes) {
    const catalog::Step& step = section.steps[i];
    if (const auto* column = As<ast::AddColumn>(step)) {
      AddConstraints(step, FindAtEnd(section, i, column->table.text), nullptr,
                     column->constraints, constraints);
    } else if (const auto* add = As<ast::AddConstraint>(step)) {
      const ast::Table* at_end = FindAtEnd(section, i, add->table.text);
      if (at_end != nullptr && HasConstraint(*at_end, add->constraint)) {
        constraints.push_back({&step, at_end, &add->constraint});
      }
    }
  }
  return constraints;
}

std::vector<NewIndex> NewIndexes(const catalog::Simulation& section) {
  std::vector<NewIndex> indexes;
  for (const std::size_t i : section.changes) {
    const catalog::Step& step = section.steps[i];
    const auto* create = As<ast::CreateIndex>(step);
    if (create == nullptr) {
      continue;
    }
    const std::string& name = create->index.name.text;
    const catalog::ObjectPtr at_end =
        section.after.Find(catalog::ObjectKind::kIndex, name);
    const catalog::ObjectPtr before =
        section.before.Find(catalog::ObjectKind::kIndex, name);
    const ast::Table* table = FindAtEnd(section, i, create->index.table.text);
    if (!at_end || table == nullptr ||
        step.before.Find(catalog::ObjectKind::kIndex, name) ||
        (before && IsSameIndex(std::get<ast::Index>(before->definition),
                               create->index))) {
      continue;
    }
    indexes.push_back({&step, &create->index, table});
  }
  return indexes;
}

bool IsSameConstraint(const ast::Constraint& left,
                      const ast::Constraint& right) {
  return left.kind == right.kind &&
         KeyColumns(left.columns) == KeyColumns(right.columns) &&
         ast::SameTokens(left.check, right.check);
}

std::vector<std::string> KeyColumns(const std::vector<ast::KeyPart>& parts) {
  std::vector<std::string> columns;
  for (const ast::KeyPart& part : parts) {
    if (part.column.empty()) {
      return {};
    }
    columns.push_back(sql::FoldCase(part.column.text));
  }
  return columns;
}

source::Range RangeOf(const ast::Name& name, const catalog::Step& step) {
  return name.range.begin < name.range.end ? name.range
                                           : step.item->statement.range;
}

}  // namespace palindrome::checks
