#include "compiler/autogenerate/operations.h"

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/autogenerate/alter_table.h"
#include "compiler/autogenerate/changed_columns.h"
#include "compiler/catalog/create_again.h"
#include "compiler/catalog/firing.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::autogenerate {
namespace {

using catalog::Catalog;
using catalog::ObjectKind;
using catalog::ObjectPtr;
using Change = Catalog::Change;

// The drop of an object; an archive has none.
ast::Statement Drop(const catalog::Object& object) {
  ast::Statement statement;
  const ast::Name name{object.name(), {}};
  switch (object.kind()) {
    case ObjectKind::kTable:
    case ObjectKind::kVirtualTable:
      statement.node = ast::DropTable{name, false};
      break;
    case ObjectKind::kIndex:
      statement.node = ast::DropIndex{name, false};
      break;
    case ObjectKind::kView:
      statement.node = ast::DropView{name, false};
      break;
    case ObjectKind::kTrigger:
      statement.node = ast::DropTrigger{name, false};
      break;
    case ObjectKind::kArchive:
      break;
  }
  return statement;
}

bool IsRelation(const catalog::Object& object) {
  return object.kind() == ObjectKind::kTable ||
         object.kind() == ObjectKind::kVirtualTable ||
         object.kind() == ObjectKind::kView;
}

// Works out the operations between two catalogs.
class Finder {
 public:
  Finder(const Catalog& before, const Catalog& after)
      : before_(before), after_(after) {}
  Operations Find();

 private:
  void Sort(const Change& change);
  void AddUsersOfGone();
  void AddUsersOfChanged();
  void AddYoungerTriggers();
  void Alter();
  bool UsesGone(const catalog::Object& object) const;
  bool GoesWithItsTable(const catalog::Object& object) const;
  void DropAll(ObjectKind kind);
  void CreateAll(ObjectKind kind);
  void Append(std::vector<ast::Statement>& statements) {
    std::move(statements.begin(), statements.end(),
              std::back_inserter(result_.statements));
  }

  const Catalog& before_;
  const Catalog& after_;
  std::vector<ObjectPtr> drops_;
  std::vector<ObjectPtr> creates_;
  std::vector<std::pair<ObjectPtr, ObjectPtr>> altered_;
  ChangedTables changed_;
  std::vector<Alteration> alterations_;
  std::set<std::string> gone_;  // Folded names of relations among the drops.
  Operations result_;
};

void Finder::Sort(const Change& change) {
  if (change.before && change.after) {
    const auto* from = std::get_if<ast::Table>(&change.before->definition);
    const auto* to = std::get_if<ast::Table>(&change.after->definition);
    if (from != nullptr && to != nullptr && KeepsColumn(*from, *to)) {
      altered_.emplace_back(change.before, change.after);
      changed_[change.key.name] = FindChangedColumns(*from, *to);
      return;
    }
    if (change.key.kind == ObjectKind::kVirtualTable) {
      result_.refusals.push_back("virtual table `" + change.before->name() +
                                 "` is made otherwise, and would lose its "
                                 "rows");
      return;
    }
  }
  if (change.before) {
    drops_.push_back(change.before);
    if (IsRelation(*change.before)) {
      gone_.insert(change.key.name);
    }
  }
  if (change.after) {
    creates_.push_back(change.after);
  }
}

bool Finder::UsesGone(const catalog::Object& object) const {
  const auto used = catalog::UsedTables(object);
  return std::any_of(used.begin(), used.end(), [&](const std::string& name) {
    return gone_.contains(sql::FoldCase(name));
  });
}

// An index, view or trigger that stays is made anew where what it uses is, lest
// it goes with it, or dangles in between.
void Finder::AddUsersOfGone() {
  bool found = true;
  while (found) {
    found = false;
    for (const ObjectPtr& object : before_.Objects()) {
      const bool can_go = object->kind() == ObjectKind::kIndex ||
                          object->kind() == ObjectKind::kView ||
                          object->kind() == ObjectKind::kTrigger;
      const ObjectPtr after = after_.Find(object->kind(), object->name());
      const bool is_in =
          std::find(drops_.begin(), drops_.end(), object) != drops_.end();
      if (!can_go || !after || is_in || !UsesGone(*object)) {
        continue;
      }
      drops_.push_back(object);
      creates_.push_back(after);
      if (object->kind() == ObjectKind::kView) {
        gone_.insert(object->key().name);
      }
      found = true;
    }
  }
}

// What stays and uses a column that changes is made anew around it.
void Finder::AddUsersOfChanged() {
  for (const auto& [name, changed] : changed_) {
    const ast::Table* table = before_.FindTable(name);
    for (const ObjectPtr& object : before_.UsersOf(name)) {
      const ObjectPtr after = after_.Find(object->kind(), object->name());
      const bool is_in =
          std::find(drops_.begin(), drops_.end(), object) != drops_.end();
      const bool uses = std::any_of(
          changed.all.begin(), changed.all.end(), [&](const auto& column) {
            return catalog::UsesColumn(before_, *object, *table, column);
          });
      if (!after || is_in || !uses ||
          std::holds_alternative<ast::Table>(object->definition)) {
        continue;
      }
      drops_.push_back(object);
      creates_.push_back(after);
      if (object->kind() == ObjectKind::kView) {
        gone_.insert(object->key().name);
      }
    }
  }
}

// SQLite fires triggers by the order in which they are made: those behind one
// that is made anew are made anew too, lest they come before it.
void Finder::AddYoungerTriggers() {
  const std::vector<ObjectPtr> drops = drops_;
  for (const ObjectPtr& dropped : drops) {
    if (dropped->kind() != ObjectKind::kTrigger ||
        !after_.Find(dropped->kind(), dropped->name())) {
      continue;
    }
    for (const ObjectPtr& object :
         catalog::YoungerTriggers(*dropped, before_)) {
      const ObjectPtr after = after_.Find(object->kind(), object->name());
      if (after &&
          std::find(drops_.begin(), drops_.end(), object) == drops_.end()) {
        drops_.push_back(object);
        creates_.push_back(after);
      }
    }
  }
}

// Tables whose foreign keys refer to a column that changes are altered too.
void Finder::Alter() {
  for (const ObjectPtr& object : before_.Objects()) {
    const auto* table = std::get_if<ast::Table>(&object->definition);
    const ObjectPtr after = after_.Find(object->kind(), object->name());
    const bool is_in =
        std::any_of(altered_.begin(), altered_.end(),
                    [&](const auto& pair) { return pair.first == object; });
    if (table != nullptr && after && !is_in &&
        !gone_.contains(object->key().name) &&
        std::any_of(table->constraints.begin(), table->constraints.end(),
                    [&](const ast::Constraint& constraint) {
                      return IsInTheWay(constraint, *table, changed_);
                    })) {
      altered_.emplace_back(object, after);
    }
  }
  for (const auto& [from, to] : altered_) {
    alterations_.push_back(AlterTable(std::get<ast::Table>(from->definition),
                                      std::get<ast::Table>(to->definition),
                                      changed_));
  }
}

// An index does, and a trigger whose body needs nothing else that goes.
bool Finder::GoesWithItsTable(const catalog::Object& object) const {
  const std::string* table = object.table();
  if (table == nullptr || !gone_.contains(sql::FoldCase(*table))) {
    return false;
  }
  const auto used = catalog::UsedTables(object);
  return std::none_of(used.begin(), used.end(), [&](const std::string& name) {
    return !sql::EqualsIgnoringCase(name, *table) &&
           gone_.contains(sql::FoldCase(name));
  });
}

void Finder::DropAll(ObjectKind kind) {
  std::vector<ObjectPtr> objects;
  for (const ObjectPtr& object : drops_) {
    if (object->kind() == kind && !GoesWithItsTable(*object)) {
      objects.push_back(object);
    }
  }
  catalog::SortByCreation(objects);
  std::reverse(objects.begin(), objects.end());
  for (const ObjectPtr& object : objects) {
    result_.statements.push_back(Drop(*object));
  }
}

void Finder::CreateAll(ObjectKind kind) {
  std::vector<ObjectPtr> objects;
  for (const ObjectPtr& object : creates_) {
    if (object->kind() == kind) {
      objects.push_back(object);
    }
  }
  catalog::SortByCreation(objects);
  for (const ObjectPtr& object : objects) {
    result_.statements.push_back(catalog::CreateAgain(*object));
  }
}

Operations Finder::Find() {
  for (const Change& change : SchemaChanges(before_, after_)) {
    Sort(change);
  }
  Alter();
  AddUsersOfChanged();
  AddUsersOfGone();
  AddYoungerTriggers();
  DropAll(ObjectKind::kTrigger);
  DropAll(ObjectKind::kView);
  DropAll(ObjectKind::kIndex);
  for (Alteration& alteration : alterations_) {
    Append(alteration.drop_keys);
  }
  DropAll(ObjectKind::kVirtualTable);
  DropAll(ObjectKind::kTable);
  for (Alteration& alteration : alterations_) {
    Append(alteration.change);
    std::move(alteration.refusals.begin(), alteration.refusals.end(),
              std::back_inserter(result_.refusals));
  }
  CreateAll(ObjectKind::kTable);
  CreateAll(ObjectKind::kVirtualTable);
  for (Alteration& alteration : alterations_) {
    Append(alteration.add_keys);
  }
  CreateAll(ObjectKind::kIndex);
  CreateAll(ObjectKind::kView);
  CreateAll(ObjectKind::kTrigger);
  return std::move(result_);
}

}  // namespace

std::vector<Change> SchemaChanges(const Catalog& before, const Catalog& after) {
  std::vector<Change> changes;
  for (Change& change : Catalog::Changes(before, after)) {
    const catalog::Object& present =
        change.before ? *change.before : *change.after;
    const bool counts =
        present.kind() != ObjectKind::kArchive && !IsTemporary(present);
    if (counts && (!change.before || !change.after ||
                   !catalog::SameObject(*change.before, *change.after))) {
      changes.push_back(std::move(change));
    }
  }
  return changes;
}

Operations FindOperations(const Catalog& before, const Catalog& after) {
  return Finder(before, after).Find();
}

std::string PrintOperations(const std::vector<ast::Statement>& statements) {
  std::string text;
  bool in_block = false;
  for (const ast::Statement& statement : statements) {
    const bool is_opaque = statement.kind() == ast::StatementKind::kOpaque;
    if (is_opaque && !in_block) {
      text += "-- The language has no statement for it.\nFOR sqlite BEGIN\n";
    } else if (in_block && !is_opaque) {
      text += "END;\n";
    }
    in_block = is_opaque;
    text += ast::Print(statement) + ";\n";
  }
  return text + (in_block ? "END;\n" : "");
}

}  // namespace palindrome::autogenerate
