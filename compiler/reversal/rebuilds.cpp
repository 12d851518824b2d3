#include "compiler/reversal/rebuilds.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "compiler/checks/steps.h"
#include "compiler/reversal/copies.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::reversal {

namespace {

using catalog::ObjectPtr;
using catalog::Simulation;
using sql::EqualsIgnoringCase;

bool IsOf(const ObjectPtr& object, const std::string& table) {
  if (!object) {
    return true;
  }
  const std::string* owner = object->table();
  return EqualsIgnoringCase(owner != nullptr ? *owner : object->name(), table);
}

// Whether the step changes the table or what belongs to it, and nothing else.
bool ChangesOnly(const catalog::Step& step, const std::string& table) {
  const auto changes = catalog::Catalog::Changes(step.before, step.after);
  return !changes.empty() &&
         std::all_of(changes.begin(), changes.end(), [&](const auto& change) {
           return IsOf(change.before, table) && IsOf(change.after, table);
         });
}

// The step that creates the table that the step `rename` renames.
std::optional<std::size_t> FindCreation(const Simulation& upgrade,
                                        std::size_t rename,
                                        const std::string& table) {
  for (std::size_t i = rename; i-- > 0;) {
    const catalog::Step& step = upgrade.steps[i];
    if (step.before.FindTable(table) == nullptr) {
      return checks::As<ast::CreateTable>(step) != nullptr ? std::optional(i)
                                                           : std::nullopt;
    }
  }
  return std::nullopt;
}

// The step that makes room for the table that the step `rename` renames.
std::optional<std::size_t> FindDrop(const Simulation& upgrade,
                                    std::size_t rename,
                                    const std::string& table) {
  for (std::size_t i = rename; i-- > 0;) {
    const catalog::Step& step = upgrade.steps[i];
    if (step.before.FindTable(table) != nullptr) {
      return checks::As<ast::DropTable>(step) != nullptr ? std::optional(i)
                                                         : std::nullopt;
    }
  }
  return std::nullopt;
}

// Views, triggers and children of the interim table would have to go before it
// is dropped; and what changes it behind the drop is undone under another name.
bool IsSimple(const Simulation& upgrade, const HandRebuild& rebuild) {
  const auto users =
      upgrade.steps[rebuild.drop].before.UsersOf(rebuild.interim);
  if (!std::all_of(users.begin(), users.end(), [&](const ObjectPtr& user) {
        return user->table() != nullptr && IsOf(user, rebuild.interim);
      })) {
    return false;
  }
  for (std::size_t i = rebuild.drop + 1; i < rebuild.rename; ++i) {
    const catalog::Step& step = upgrade.steps[i];
    if (ChangesOnly(step, rebuild.interim) &&
        checks::As<ast::CreateIndex>(step) == nullptr &&
        checks::As<ast::CreateTrigger>(step) == nullptr) {
      return false;
    }
  }
  return true;
}

// The rename at its end carries the table's references to itself along.
void NameInterim(ast::Table& table, const HandRebuild& rebuild) {
  table.name.text = rebuild.interim;
  for (ast::Constraint& constraint : table.constraints) {
    if (constraint.kind == ast::ConstraintKind::kForeignKey &&
        EqualsIgnoringCase(constraint.references.table.text, rebuild.name)) {
      constraint.references.table.text = rebuild.interim;
    }
  }
}

// Whether what is undone with it are rows that come back into the old table.
bool CopiesBackInto(const Inverse& inverse, const std::string& table) {
  if (inverse.statements.empty()) {
    return false;
  }
  const auto* insert =
      std::get_if<ast::Insert>(&inverse.statements.front().node);
  return insert != nullptr && EqualsIgnoringCase(insert->table.text, table);
}

}  // namespace

std::vector<HandRebuild> FindHandRebuilds(const Simulation& upgrade) {
  std::vector<HandRebuild> rebuilds;
  for (std::size_t i = 0; i < upgrade.steps.size(); ++i) {
    const auto* rename = checks::As<ast::RenameTable>(upgrade.steps[i]);
    if (rename == nullptr) {
      continue;
    }
    const auto create = FindCreation(upgrade, i, rename->table.text);
    const auto drop = FindDrop(upgrade, i, rename->to.text);
    if (!create || !drop || *create > *drop) {
      continue;
    }
    HandRebuild rebuild{*create, *drop, i, rename->table.text, rename->to.text};
    if (IsSimple(upgrade, rebuild)) {
      rebuilds.push_back(std::move(rebuild));
    }
  }
  return rebuilds;
}

RebuildBack InvertRebuild(const Simulation& upgrade,
                          const HandRebuild& rebuild) {
  const catalog::Step& drop = upgrade.steps[rebuild.drop];
  RebuildBack back;
  const auto add = [&](ast::Statement statement, std::size_t step) {
    back.statements.push_back(std::move(statement));
    back.undoes.push_back(step);
  };
  Inverse old = Invert(drop.item->statement, drop.before);
  auto& create = std::get<ast::CreateTable>(old.statements.front().node);
  NameInterim(create.table, rebuild);
  add(std::move(old.statements.front()), rebuild.drop);
  const Aliases aliases = {{sql::FoldCase(rebuild.name), rebuild.interim},
                           {sql::FoldCase(rebuild.interim), rebuild.name}};
  for (std::size_t i = rebuild.drop; i-- > rebuild.create;) {
    if (!WritesOnlyItsOwn(upgrade, i)) {
      continue;
    }
    Inverse copy = InvertOwnData(upgrade, i, aliases);
    if (CopiesBackInto(copy, rebuild.interim)) {
      add(std::move(copy.statements.front()), i);
    }
  }
  ast::Statement statement;
  statement.node = ast::DropTable{{rebuild.name, {}}, false};
  add(statement, rebuild.create);
  statement.node = ast::RenameTable{{rebuild.interim, {}}, {rebuild.name, {}}};
  add(std::move(statement), rebuild.rename);
  for (std::size_t i = 1; i < old.statements.size(); ++i) {
    add(std::move(old.statements[i]), rebuild.drop);
  }
  return back;
}

bool Covers(const HandRebuild& rebuild, const Simulation& upgrade,
            std::size_t step) {
  if (step == rebuild.create || step == rebuild.rename) {
    return true;
  }
  if (step < rebuild.create || step >= rebuild.drop) {
    return false;
  }
  return WritesOnlyItsOwn(upgrade, step)
             ? CopiesBackInto(InvertOwnData(upgrade, step), rebuild.name)
             : ChangesOnly(upgrade.steps[step], rebuild.interim);
}

}  // namespace palindrome::reversal
