#include "compiler/catalog/slice.h"

#include <algorithm>
#include <functional>
#include <map>
#include <type_traits>
#include <utility>

#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

void AddTo(std::set<std::string>& names, const ast::Name& name) {
  if (!name.empty()) {
    names.insert(sql::FoldCase(name.text));
  }
}

void AddTo(std::set<std::string>& names, const ast::Expression& expression) {
  for (std::string& name : ast::AllNames(expression)) {
    names.insert(std::move(name));
  }
}

struct Collector {
  const ast::Statement& statement;
  Mentions& names;

  void Touch(const ast::Name& name) { AddTo(names.touched, name); }
  void Need(const ast::Name& name) { AddTo(names.needed, name); }
  void Need(const ast::Expression& body) { AddTo(names.needed, body); }
  void NeedParents(const std::vector<ast::Constraint>& constraints) {
    for (const ast::Constraint& constraint : constraints) {
      Need(constraint.references.table);
    }
  }
  // Which of the names it changes is the engine's to know.
  void TouchAll() { AddTo(names.touched, statement.tokens); }

  void operator()(const ast::CreateTable& node) {
    Touch(node.table.name);
    NeedParents(node.table.constraints);
  }
  void operator()(const ast::RenameTable& node) {
    Touch(node.table);
    Touch(node.to);
  }
  void operator()(const ast::AddColumn& node) {
    Touch(node.table);
    NeedParents(node.constraints);
  }
  void operator()(const ast::AddConstraint& node) {
    Touch(node.table);
    NeedParents({node.constraint});
  }
  void operator()(const ast::AlterColumnType& node) {
    Touch(node.table);
    Need(node.using_expression);
  }
  void operator()(const ast::CreateIndex& node) {
    Touch(node.index.name);
    Need(node.index.table);
  }
  void operator()(const ast::DropIndex& node) { Touch(node.index); }
  void operator()(const ast::CreateView& node) {
    Touch(node.view.name);
    Need(node.view.body);
  }
  void operator()(const ast::DropView& node) { Touch(node.view); }
  void operator()(const ast::CreateTrigger& node) {
    Touch(node.trigger.name);
    Need(node.trigger.table);
    Need(node.trigger.when);
    Need(node.trigger.body);
  }
  void operator()(const ast::DropTrigger& node) { Touch(node.trigger); }
  void operator()(const ast::Insert&) { TouchAll(); }
  void operator()(const ast::Update&) { TouchAll(); }
  void operator()(const ast::Delete&) { TouchAll(); }
  // An archive stands alone.
  void operator()(const ast::PurgeArchive&) {}
  void operator()(const ast::DropArchive&) {}
  void operator()(const ast::CreateArchive&) {}
  void operator()(const ast::Opaque&) { TouchAll(); }
  void operator()(const std::monostate&) {}
  // The statements on one table.
  template <typename Node>
  void operator()(const Node& node) {
    Touch(node.table);
  }
};

class Closer {
 public:
  explicit Closer(const Catalog& catalog) : catalog_(catalog) {}

  void Touch(const std::string& name) { Visit(name, pending_touched_); }
  void Need(const std::string& name) { Visit(name, pending_needed_); }

  std::set<Key> Close() && {
    while (!pending_touched_.empty()) {
      const ObjectPtr object = Pop(pending_touched_);
      if (touched_.insert(object->key()).second) {
        AddUsers(*object);
        pending_needed_.push_back(object);
      }
    }
    while (!pending_needed_.empty()) {
      const ObjectPtr object = Pop(pending_needed_);
      if (keys_.insert(object->key()).second) {
        AddNeeds(*object);
      }
    }
    return std::move(keys_);
  }

 private:
  static ObjectPtr Pop(std::vector<ObjectPtr>& pending) {
    ObjectPtr object = std::move(pending.back());
    pending.pop_back();
    return object;
  }

  void Visit(const std::string& name, std::vector<ObjectPtr>& pending) {
    if (name == "sqlite_sequence") {
      NeedCounted();
    }
    for (const ObjectKind kind :
         {ObjectKind::kTable, ObjectKind::kIndex, ObjectKind::kView,
          ObjectKind::kTrigger, ObjectKind::kVirtualTable}) {
      if (ObjectPtr object = catalog_.Find(kind, name)) {
        pending.push_back(std::move(object));
      }
    }
  }

  // The engine has its table of AUTOINCREMENT counters where one is counted.
  void NeedCounted() {
    for (const ObjectPtr& object : catalog_.Objects()) {
      const auto* table = std::get_if<ast::Table>(&object->definition);
      if (table != nullptr &&
          std::any_of(table->constraints.begin(), table->constraints.end(),
                      [](const ast::Constraint& constraint) {
                        return constraint.autoincrement;
                      })) {
        pending_needed_.push_back(object);
      }
    }
  }

  void NeedRelation(const std::string& name) {
    if (!needed_relations_.insert(name).second) {
      return;
    }
    for (const ObjectKind kind :
         {ObjectKind::kTable, ObjectKind::kView, ObjectKind::kVirtualTable}) {
      if (ObjectPtr object = catalog_.Find(kind, name)) {
        pending_needed_.push_back(std::move(object));
        return;
      }
    }
  }

  // The table's indexes, or the triggers of the table or view.
  void NeedOwn(ObjectKind kind, std::string_view relation) {
    if (!needed_own_.insert({kind, sql::FoldCase(relation)}).second) {
      return;
    }
    for (const ObjectPtr& user : catalog_.UsersOf(relation, kind)) {
      if (sql::EqualsIgnoringCase(*user->table(), relation)) {
        pending_needed_.push_back(user);
      }
    }
  }

  // The other table of a foreign key is there to be referred to.
  void AddUsers(const Object& object) {
    for (const ObjectPtr& user : catalog_.UsersOf(object.name())) {
      (user->kind() == ObjectKind::kTable ? pending_needed_ : pending_touched_)
          .push_back(user);
    }
    if (object.kind() == ObjectKind::kTable) {
      for (const std::string& parent : UsedTables(object)) {
        NeedRelation(parent);
      }
    }
    const auto* index = std::get_if<ast::Index>(&object.definition);
    if (index != nullptr && index->unique) {
      // Foreign keys may refer to it.
      pending_touched_.push_back(
          catalog_.Find(ObjectKind::kTable, index->table.text));
    }
  }

  // What the CREATE statement of the object needs, and what else is to be there
  // when it fires or is referred to. A table needs none of its parents.
  void AddNeeds(const Object& object) {
    switch (object.kind()) {
      case ObjectKind::kTable:
        NeedOwn(ObjectKind::kIndex, object.name());
        return;
      case ObjectKind::kVirtualTable:
      case ObjectKind::kArchive:
        return;
      case ObjectKind::kIndex:
        break;
      case ObjectKind::kView:
        NeedOwn(ObjectKind::kTrigger, object.name());
        break;
      case ObjectKind::kTrigger:
        for (const std::string& table : UsedTables(object)) {
          NeedOwn(ObjectKind::kTrigger, table);
        }
        break;
    }
    for (const std::string& table : UsedTables(object)) {
      NeedRelation(table);
    }
  }

  const Catalog& catalog_;
  std::vector<ObjectPtr> pending_touched_;
  std::vector<ObjectPtr> pending_needed_;
  std::set<std::string> needed_relations_;
  std::set<Key> needed_own_;  // A relation, and the kind of what is its own.
  std::set<Key> touched_;
  std::set<Key> keys_;
};

}  // namespace

Mentions MentionsOf(const ast::Statement& statement) {
  Mentions names;
  std::visit(Collector{statement, names}, statement.node);
  return names;
}

std::set<std::string> MentionedNames(const ast::Statement& statement) {
  Mentions names = MentionsOf(statement);
  names.touched.merge(names.needed);
  return std::move(names.touched);
}

std::set<Key> Closure(const Catalog& catalog, const Mentions& names) {
  Closer closer(catalog);
  for (const std::string& name : names.touched) {
    closer.Touch(name);
  }
  for (const std::string& name : names.needed) {
    closer.Need(name);
  }
  return std::move(closer).Close();
}

Slice Restrict(const Catalog& catalog, const std::set<Key>& keys) {
  Slice slice;
  Slice triggers;
  std::set<Key> done;
  // Views after the views that they read; a cycle cannot be created.
  std::function<void(const ObjectPtr&)> add_view =
      [&](const ObjectPtr& object) {
        if (!done.insert(object->key()).second) {
          return;
        }
        for (const std::string& table : UsedTables(*object)) {
          const Key key{ObjectKind::kView, table};
          if (keys.count(key) != 0 && done.count(key) == 0) {
            if (const ObjectPtr view = catalog.Find(key.kind, key.name)) {
              add_view(view);
            }
          }
        }
        slice.push_back(object);
      };
  for (const Key& key : keys) {
    const ObjectPtr object = catalog.Find(key.kind, key.name);
    if (!object) {
      continue;
    }
    if (key.kind == ObjectKind::kView) {
      add_view(object);
    } else if (key.kind == ObjectKind::kTrigger) {
      triggers.push_back(object);
    } else {
      slice.push_back(object);
    }
  }
  SortByCreation(triggers);
  slice.insert(slice.end(), triggers.begin(), triggers.end());
  return slice;
}

Slice SliceAround(const Catalog& catalog, const Mentions& names) {
  return Restrict(catalog, Closure(catalog, names));
}

std::string CreateStatement(const Object& object) {
  return std::visit(
      [](const auto& definition) { return ast::Print(definition); },
      object.definition);
}

std::string CanonicalText(const Catalog& catalog) {
  std::set<Key> keys;
  for (const ObjectPtr& object : catalog.Objects()) {
    if (object->kind() != ObjectKind::kArchive) {
      keys.insert(object->key());
    }
  }
  std::string text;
  for (const ObjectPtr& object : Restrict(catalog, keys)) {
    text += CreateStatement(*object);
    text += ";\n";
  }
  return text;
}

}  // namespace palindrome::catalog
