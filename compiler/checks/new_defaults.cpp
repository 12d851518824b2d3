#include "compiler/checks/new_defaults.h"

#include "compiler/checks/copies.h"
#include "compiler/checks/steps.h"

namespace palindrome::checks {

namespace {

source::Range RangeOf(const ast::Expression& expression) {
  return {expression.tokens.front().range.begin,
          expression.tokens.back().range.end};
}

// Adds the default that is written with the column, if there is one.
void Add(const ast::Table* table, const ast::Column& column,
         const ast::Table* old_table, std::vector<NewDefault>& found) {
  if (table == nullptr || !column.default_value ||
      column.default_value->empty()) {
    return;
  }
  found.push_back({table, &column, old_table,
                   old_table == nullptr
                       ? nullptr
                       : FindColumn(*old_table, column.name.text),
                   RangeOf(*column.default_value)});
}

}  // namespace

std::vector<NewDefault> NewDefaults(const catalog::Simulation& section) {
  std::vector<NewDefault> found;
  for (const std::size_t i : section.changes) {
    const catalog::Step& step = section.steps[i];
    const ast::Table* table =
        step.after.FindTable(ast::TableOf(step.item->statement));
    if (const auto* create = As<ast::CreateTable>(step)) {
      const ast::Table* before =
          PredecessorOf(section, i, create->table.name.text);
      for (const ast::Column& column : create->table.columns) {
        Add(&create->table, column, before, found);
      }
    } else if (const auto* add = As<ast::AddColumn>(step)) {
      Add(table, add->column, nullptr, found);
    } else if (const auto* set = As<ast::SetDefault>(step)) {
      const ast::Column* column =
          table == nullptr ? nullptr : FindColumn(*table, set->column.text);
      if (column != nullptr && !set->value.empty()) {
        found.push_back({table, column, nullptr, nullptr, RangeOf(set->value)});
      }
    }
  }
  return found;
}

}  // namespace palindrome::checks
