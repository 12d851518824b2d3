#include "compiler/catalog/slice.h"

#include <functional>
#include <map>
#include <type_traits>
#include <utility>

#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

// Collects folded names.
class Names {
 public:
  void Add(const ast::Name& name) {
    if (!name.empty()) {
      names_.insert(sql::FoldCase(name.text));
    }
  }
  void Add(const ast::Expression& expression) {
    for (std::string& name : ast::AllNames(expression)) {
      names_.insert(std::move(name));
    }
  }
  void Add(const ast::Constraint& constraint) {
    Add(constraint.references.table);
  }
  void Add(const ast::Table& table) {
    Add(table.name);
    for (const ast::Constraint& constraint : table.constraints) {
      Add(constraint);
    }
  }
  std::set<std::string> Take() { return std::move(names_); }

 private:
  std::set<std::string> names_;
};

// What a statement with a node of these types mentions beyond its tokens, which
// a derived statement does not have.
struct Mentions {
  Names& names;

  void operator()(const ast::CreateTable& node) { names.Add(node.table); }
  void operator()(const ast::DropTable& node) { names.Add(node.table); }
  void operator()(const ast::RenameTable& node) {
    names.Add(node.table);
    names.Add(node.to);
  }
  void operator()(const ast::AddColumn& node) {
    names.Add(node.table);
    for (const ast::Constraint& constraint : node.constraints) {
      names.Add(constraint);
    }
  }
  void operator()(const ast::AddConstraint& node) {
    names.Add(node.table);
    names.Add(node.constraint);
  }
  void operator()(const ast::CreateIndex& node) {
    names.Add(node.index.name);
    names.Add(node.index.table);
  }
  void operator()(const ast::DropIndex& node) { names.Add(node.index); }
  void operator()(const ast::CreateView& node) {
    names.Add(node.view.name);
    names.Add(node.view.body);
  }
  void operator()(const ast::DropView& node) { names.Add(node.view); }
  void operator()(const ast::CreateTrigger& node) {
    names.Add(node.trigger.name);
    names.Add(node.trigger.table);
    names.Add(node.trigger.when);
    names.Add(node.trigger.body);
  }
  void operator()(const ast::DropTrigger& node) { names.Add(node.trigger); }
  void operator()(const ast::Opaque&) {}
  void operator()(const std::monostate&) {}
  // The statements on one table.
  template <typename Node>
  void operator()(const Node& node) {
    names.Add(node.table);
  }
};

// What an object needs to be created, and what is tied to it.
void AddNeighbours(const Catalog& catalog, const Object& object,
                   const std::function<void(const ObjectPtr&)>& add) {
  for (const std::string& table : UsedTables(object)) {
    add(catalog.Find(ObjectKind::kTable, table));
    add(catalog.Find(ObjectKind::kView, table));
  }
}

bool UsesByForeignKeyOnly(const ObjectPtr& user) {
  return user->kind() == ObjectKind::kTable;
}

}  // namespace

std::set<std::string> MentionedNames(const ast::Statement& statement) {
  Names names;
  names.Add(statement.tokens);
  std::visit(Mentions{names}, statement.node);
  return names.Take();
}

std::set<Key> Closure(const Catalog& catalog,
                      const std::set<std::string>& names) {
  std::set<Key> keys;
  std::vector<ObjectPtr> pending;
  // The far end of a foreign key comes alone: it is there to be referred to.
  const auto add = [&](const ObjectPtr& object, bool expand) {
    if (object && keys.insert(object->key()).second && expand) {
      pending.push_back(object);
    }
  };
  for (const std::string& name : names) {
    for (const ObjectKind kind : {ObjectKind::kTable, ObjectKind::kIndex,
                                  ObjectKind::kView, ObjectKind::kTrigger}) {
      add(catalog.Find(kind, name), /*expand=*/true);
    }
  }
  std::vector<ObjectPtr> far_ends;
  while (!pending.empty()) {
    const ObjectPtr object = pending.back();
    pending.pop_back();
    const bool is_table = object->kind() == ObjectKind::kTable;
    AddNeighbours(catalog, *object, [&](const ObjectPtr& neighbour) {
      if (is_table) {
        far_ends.push_back(neighbour);
      } else {
        add(neighbour, /*expand=*/true);
      }
    });
    for (const ObjectPtr& user : catalog.UsersOf(object->name())) {
      if (UsesByForeignKeyOnly(user)) {
        far_ends.push_back(user);
      } else {
        add(user, /*expand=*/true);
      }
    }
  }
  for (const ObjectPtr& object : far_ends) {
    add(object, /*expand=*/false);
    // A unique index may be the key that a foreign key refers to.
    for (const ObjectPtr& user :
         object ? catalog.UsersOf(object->name()) : std::vector<ObjectPtr>()) {
      if (user->kind() == ObjectKind::kIndex) {
        add(user, /*expand=*/false);
      }
    }
  }
  return keys;
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
          const ObjectPtr view = catalog.Find(ObjectKind::kView, table);
          if (view && keys.count(view->key()) != 0) {
            add_view(view);
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

Slice SliceAround(const Catalog& catalog, const std::set<std::string>& names) {
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
    keys.insert(object->key());
  }
  std::string text;
  for (const ObjectPtr& object : Restrict(catalog, keys)) {
    text += CreateStatement(*object);
    text += ";\n";
  }
  return text;
}

}  // namespace palindrome::catalog
