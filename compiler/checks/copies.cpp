#include "compiler/checks/copies.h"

#include <algorithm>
#include <utility>

#include "compiler/checks/steps.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

using sql::EqualsIgnoringCase;
using sql::FoldCase;

bool FillItems(Copy& copy) {
  for (const Tokens& value : copy.select.values) {
    if (value.empty()) {
      return false;
    }
    const source::Range range = {value.front().range.begin,
                                 value.back().range.end};
    const std::string column = BareColumn(value);
    if (column != "*") {
      const bool is_column = FindColumn(*copy.source, column) != nullptr;
      copy.items.push_back({"", is_column ? column : "", range});
      continue;
    }
    for (const ast::Column& each : copy.source->columns) {
      copy.items.push_back({"", FoldCase(each.name.text), range});
    }
  }
  const std::vector<std::string> targets = copy.select.targets.empty()
                                               ? StoredColumns(*copy.target)
                                               : copy.select.targets;
  if (targets.size() != copy.items.size()) {
    return false;
  }
  for (std::size_t i = 0; i < targets.size(); ++i) {
    copy.items[i].to = FoldCase(targets[i]);
  }
  return true;
}

// The new table has or gets a name that the old one had.
bool TakesPlace(const catalog::Simulation& section, const Copy& copy) {
  const auto old = NamesOf(section, copy.step, copy.source->name.text);
  const auto taken = NamesOf(section, copy.step, copy.target->name.text);
  return std::any_of(old.begin(), old.end(), [&](const std::string& name) {
    return taken.contains(name) && section.before.FindTable(name) != nullptr;
  });
}

bool MovesIntoPlace(const catalog::Simulation& section, const Copy& copy) {
  const Tokens& tokens = section.steps[copy.step].item->statement.tokens.tokens;
  return tokens.size() > 1 && IsWord(tokens[1], "into") &&
         IsOldTable(section, copy.step, copy.select.source) &&
         !IsOldTable(section, copy.step, copy.target->name.text) &&
         TakesPlace(section, copy);
}

}  // namespace

std::optional<Copy> ReadCopy(const catalog::Simulation& section,
                             std::size_t step) {
  const catalog::Step& at = section.steps[step];
  const auto* insert = As<ast::Insert>(at);
  if (insert == nullptr) {
    return std::nullopt;
  }
  auto select = ReadInsertSelect(at.item->statement.tokens.tokens);
  if (!select) {
    return std::nullopt;
  }
  Copy copy{step, std::move(*select), nullptr, nullptr, {}};
  copy.source = at.before.FindTable(copy.select.source);
  copy.target = at.before.FindTable(insert->table.text);
  if (copy.source == nullptr || copy.target == nullptr || !FillItems(copy)) {
    return std::nullopt;
  }
  return copy;
}

std::vector<Copy> CopiesOf(const catalog::Simulation& section) {
  std::vector<Copy> copies;
  if (section.changes.empty()) {
    return copies;
  }
  for (std::size_t i = 0; i < section.steps.size(); ++i) {
    auto copy = ReadCopy(section, i);
    if (copy && MovesIntoPlace(section, *copy)) {
      copies.push_back(std::move(*copy));
    }
  }
  return copies;
}

const Copy::Item* FindItem(const Copy& copy, std::string_view column) {
  const auto found = std::find_if(copy.items.begin(), copy.items.end(),
                                  [&](const Copy::Item& item) {
                                    return EqualsIgnoringCase(item.to, column);
                                  });
  return found == copy.items.end() ? nullptr : &*found;
}

std::optional<catalog::Use> OriginOf(const catalog::Simulation& section,
                                     const std::vector<Copy>& copies,
                                     std::size_t step,
                                     const catalog::Use& column) {
  if (auto old = OldName(section, step, column)) {
    return old;
  }
  if (IsOldTable(section, step, column.table)) {
    return std::nullopt;
  }
  const auto names = NamesOfColumn(section, step, column);
  for (const Copy& copy : copies) {
    if (copy.step >= step) {
      break;
    }
    const std::string table = FoldCase(copy.target->name.text);
    for (const Copy::Item& item : copy.items) {
      if (!item.from.empty() && names.contains({table, item.to})) {
        return OldName(section, copy.step,
                       {FoldCase(copy.source->name.text), item.from});
      }
    }
  }
  return std::nullopt;
}

const ast::Table* PredecessorOf(const catalog::Simulation& section,
                                std::size_t step, std::string_view table) {
  for (const std::string& name : NamesOf(section, step + 1, table)) {
    if (const ast::Table* before = section.before.FindTable(name)) {
      return before;
    }
  }
  return nullptr;
}

}  // namespace palindrome::checks
