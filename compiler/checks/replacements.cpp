#include "compiler/checks/replacements.h"

#include <algorithm>
#include <set>

#include "runtime/src/sql_lexer.h"

namespace palindrome::checks {

namespace {

using sql::EqualsIgnoringCase;
using sql::FoldCase;

// The step that made the table that has the name at the end; follows renames.
// The name is what it was created as then.
std::optional<std::size_t> FindCreation(const catalog::Simulation& section,
                                        std::string& name) {
  for (std::size_t i = section.steps.size(); i-- > 0;) {
    const catalog::Step& step = section.steps[i];
    if (const auto* rename = As<ast::RenameTable>(step)) {
      if (EqualsIgnoringCase(rename->to.text, name)) {
        name = FoldCase(rename->table.text);
      }
    } else if (step.before.FindTable(name) == nullptr &&
               step.after.FindTable(name) != nullptr) {
      return As<ast::CreateTable>(step) != nullptr ? std::optional(i)
                                                   : std::nullopt;
    }
  }
  return std::nullopt;
}

// What the table that is dropped was called before the section.
std::string OriginalName(const catalog::Simulation& section, std::size_t drop,
                         std::string name) {
  for (std::size_t i = drop; i-- > 0;) {
    const auto* rename = As<ast::RenameTable>(section.steps[i]);
    if (rename != nullptr && EqualsIgnoringCase(rename->to.text, name)) {
      name = FoldCase(rename->table.text);
    }
  }
  return name;
}

// The engine says nothing of the columns that it copies as whole records.
bool ReadsRows(const catalog::Step& step, const std::set<std::string>& names) {
  const auto& reads = step.access.reads;
  const auto select = ReadInsertSelect(step.item->statement.tokens.tokens);
  return (select && names.contains(select->source)) ||
         std::any_of(reads.begin(), reads.end(), [&](const catalog::Use& use) {
           return names.contains(use.table);
         });
}

// Whether a statement before the drop reads values of the table into another.
bool IsRead(const catalog::Simulation& section, std::size_t drop,
            const std::string& table) {
  const auto names = NamesOf(section, drop, table);
  for (std::size_t i = 0; i < drop; ++i) {
    const catalog::Step& step = section.steps[i];
    const auto* insert = As<ast::Insert>(step);
    if (insert != nullptr && !IsOldTable(section, i, insert->table.text) &&
        ReadsRows(step, names)) {
      return true;
    }
  }
  return false;
}

// Whether a statement fills the new table from others.
bool IsFilled(const catalog::Simulation& section, std::size_t create,
              const std::string& table) {
  const auto names = NamesOf(section, section.steps.size(), table);
  for (std::size_t i = create; i < section.steps.size(); ++i) {
    const auto* insert = As<ast::Insert>(section.steps[i]);
    if (insert != nullptr && names.contains(FoldCase(insert->table.text)) &&
        HasWord(section.steps[i].item->statement, {"from"})) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::vector<Replacement> FindReplacements(const catalog::Simulation& section) {
  std::vector<Replacement> replacements;
  for (std::size_t i : section.changes) {
    const catalog::Step& step = section.steps[i];
    const auto* drop = As<ast::DropTable>(step);
    if (drop == nullptr || !IsOldTable(section, i, drop->table.text) ||
        !IsRead(section, i, drop->table.text)) {
      continue;
    }
    Replacement found;
    found.drop = i;
    found.old_name = FoldCase(drop->table.text);
    found.name = OriginalName(section, i, found.old_name);
    found.new_name = found.name;
    found.before = step.before.FindTable(found.old_name);
    found.after = section.after.FindTable(found.name);
    const auto create = FindCreation(section, found.new_name);
    if (found.after != nullptr && create &&
        IsFilled(section, *create, found.name)) {
      found.create = *create;
      replacements.push_back(std::move(found));
    }
  }
  return replacements;
}

std::vector<Copy> CopiesOf(const catalog::Simulation& section,
                           const Replacement& replacement) {
  const auto names = NamesOf(section, replacement.drop, replacement.old_name);
  std::vector<Copy> copies;
  for (std::size_t i = 0; i < replacement.drop; ++i) {
    auto copy = ReadCopy(section, i);
    if (copy && names.contains(copy->select.source) &&
        IsOldTable(section, i, copy->select.source) &&
        !IsOldTable(section, i, copy->target->name.text)) {
      copies.push_back(std::move(*copy));
    }
  }
  return copies;
}

const catalog::Step* FindDropOf(const catalog::Simulation& section,
                                const Copy& copy) {
  const auto names = NamesOf(section, copy.step, copy.select.source);
  for (std::size_t i = copy.step; i < section.steps.size(); ++i) {
    const auto* drop = As<ast::DropTable>(section.steps[i]);
    if (drop != nullptr && names.contains(FoldCase(drop->table.text)) &&
        !IsPreserved(section.steps[i], drop->table.text)) {
      return &section.steps[i];
    }
  }
  return nullptr;
}

source::Location LocationOf(const MigrationContext& context,
                            const Replacement& replacement) {
  const auto& step = context.upgrade.steps[replacement.create];
  return context.At(As<ast::CreateTable>(step)->table.name.range);
}

}  // namespace palindrome::checks
