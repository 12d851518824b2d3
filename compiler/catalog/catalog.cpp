#include "compiler/catalog/catalog.h"

#include <algorithm>
#include <set>
#include <utility>

#include "runtime/src/schema_facts.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::catalog {

namespace {

unsigned Number(const Key& key) {
  return DigestBucket(ObjectKindName(key.kind), key.name);
}

unsigned UserNumber(const std::string& table) {
  return DigestBucket("table", table);
}

}  // namespace

std::string_view ObjectKindName(ObjectKind kind) {
  switch (kind) {
#define PALINDROME_OBJECT(Kind, Type, Text) \
  case ObjectKind::Kind:                    \
    return Text;
#include "compiler/catalog/object_kinds.def"
  }
  return "";
}

const std::string& Object::name() const {
  return std::visit(
      [](const auto& node) -> const std::string& { return node.name.text; },
      definition);
}

Key Object::key() const {
  return {kind(), sql::FoldCase(name())};
}

const std::string* Object::table() const {
  if (const auto* index = std::get_if<ast::Index>(&definition)) {
    return &index->table.text;
  }
  if (const auto* trigger = std::get_if<ast::Trigger>(&definition)) {
    return &trigger->table.text;
  }
  return nullptr;
}

std::vector<std::string> UsedTables(const Object& object) {
  std::set<std::string> tables;
  if (const auto* table = std::get_if<ast::Table>(&object.definition)) {
    for (const ast::Constraint& constraint : table->constraints) {
      if (constraint.kind == ast::ConstraintKind::kForeignKey) {
        tables.insert(sql::FoldCase(constraint.references.table.text));
      }
    }
    tables.erase(sql::FoldCase(table->name.text));
  }
  if (const std::string* table = object.table()) {
    tables.insert(sql::FoldCase(*table));
  }
  for (const Use& use : object.uses) {
    tables.insert(use.table);
  }
  return {tables.begin(), tables.end()};
}

Catalog::Catalog() : root_(std::make_shared<const Root>()) {}

const Catalog::Leaf* Catalog::FindLeaf(unsigned number) const {
  const auto& node = (*root_)[number / kFanOut];
  return node ? &(*node)[number % kFanOut] : nullptr;
}

Catalog::Leaf& Catalog::MutableLeaf(Root& root, unsigned number) const {
  auto& slot = root[number / kFanOut];
  auto node = slot ? std::make_shared<Node>(*slot) : std::make_shared<Node>();
  Leaf& leaf = (*node)[number % kFanOut];
  slot = std::move(node);
  return leaf;
}

void Catalog::ChangeUsers(Root& root, const Object& object, bool add) const {
  const Key key = object.key();
  for (const std::string& table : UsedTables(object)) {
    Leaf& leaf = MutableLeaf(root, UserNumber(table));
    auto users = leaf.users ? std::make_shared<UserMap>(*leaf.users)
                            : std::make_shared<UserMap>();
    std::vector<Key>& keys = (*users)[table];
    const auto place = std::lower_bound(keys.begin(), keys.end(), key);
    if (add) {
      keys.insert(place, key);
    } else {
      keys.erase(place);
    }
    if (keys.empty()) {
      users->erase(table);
    }
    leaf.users = std::move(users);
  }
}

ObjectPtr Catalog::Find(ObjectKind kind, std::string_view name) const {
  const Key key{kind, sql::FoldCase(name)};
  const Leaf* leaf = FindLeaf(Number(key));
  if (leaf == nullptr || !leaf->objects) {
    return nullptr;
  }
  const auto found = leaf->objects->find(key);
  return found == leaf->objects->end() ? nullptr : found->second;
}

const ast::Table* Catalog::FindTable(std::string_view name) const {
  const ObjectPtr object = Find(ObjectKind::kTable, name);
  return object ? std::get_if<ast::Table>(&object->definition) : nullptr;
}

const ast::View* Catalog::FindView(std::string_view name) const {
  const ObjectPtr object = Find(ObjectKind::kView, name);
  return object ? std::get_if<ast::View>(&object->definition) : nullptr;
}

ObjectPtr Catalog::FindRelation(std::string_view name) const {
  for (const ObjectKind kind :
       {ObjectKind::kTable, ObjectKind::kView, ObjectKind::kIndex,
        ObjectKind::kVirtualTable}) {
    if (ObjectPtr object = Find(kind, name)) {
      return object;
    }
  }
  return nullptr;
}

Catalog Catalog::WithRoot(Root root) const {
  Catalog result = *this;
  result.root_ = std::make_shared<const Root>(std::move(root));
  return result;
}

Catalog Catalog::With(Object object) const {
  Root root = *root_;
  const Key key = object.key();
  if (const ObjectPtr previous = Find(key.kind, key.name)) {
    ChangeUsers(root, *previous, /*add=*/false);
  }
  ChangeUsers(root, object, /*add=*/true);
  std::size_t numbered = numbered_;
  if (object.number == 0) {
    object.number = ++numbered;
  }
  Leaf& leaf = MutableLeaf(root, Number(key));
  auto bucket = leaf.objects ? std::make_shared<Bucket>(*leaf.objects)
                             : std::make_shared<Bucket>();
  (*bucket)[key] = std::make_shared<const Object>(std::move(object));
  leaf.objects = std::move(bucket);
  Catalog result = WithRoot(std::move(root));
  result.numbered_ = numbered;
  return result;
}

Catalog Catalog::Without(const Key& key) const {
  const ObjectPtr previous = Find(key.kind, key.name);
  if (!previous) {
    return *this;
  }
  Root root = *root_;
  ChangeUsers(root, *previous, /*add=*/false);
  Leaf& leaf = MutableLeaf(root, Number(key));
  auto bucket = std::make_shared<Bucket>(*leaf.objects);
  bucket->erase(key);
  leaf.objects = bucket->empty() ? nullptr : std::move(bucket);
  return WithRoot(std::move(root));
}

const std::vector<Key>* Catalog::UserKeys(std::string_view table) const {
  const std::string folded = sql::FoldCase(table);
  const Leaf* leaf = FindLeaf(UserNumber(folded));
  if (leaf == nullptr || !leaf->users) {
    return nullptr;
  }
  const auto found = leaf->users->find(folded);
  return found == leaf->users->end() ? nullptr : &found->second;
}

std::vector<ObjectPtr> Catalog::UsersOf(std::string_view table) const {
  std::vector<ObjectPtr> users;
  if (const auto* keys = UserKeys(table)) {
    for (const Key& key : *keys) {
      users.push_back(Find(key.kind, key.name));
    }
  }
  return users;
}

std::vector<ObjectPtr> Catalog::UsersOf(std::string_view table,
                                        ObjectKind kind) const {
  std::vector<ObjectPtr> users;
  if (const auto* keys = UserKeys(table)) {
    for (const Key& key : *keys) {
      if (key.kind == kind) {
        users.push_back(Find(key.kind, key.name));
      }
    }
  }
  return users;
}

std::shared_ptr<const Catalog::Bucket> Catalog::bucket(unsigned number) const {
  const Leaf* leaf = FindLeaf(number);
  return leaf != nullptr ? leaf->objects : nullptr;
}

std::vector<ObjectPtr> Catalog::Objects() const {
  std::map<Key, ObjectPtr> all;
  for (unsigned number = 0; number < kDigestBuckets; ++number) {
    if (const auto objects = bucket(number)) {
      all.insert(objects->begin(), objects->end());
    }
  }
  std::vector<ObjectPtr> objects;
  objects.reserve(all.size());
  for (auto& [key, object] : all) {
    objects.push_back(std::move(object));
  }
  return objects;
}

std::vector<std::string> Catalog::Names(ObjectKind kind) const {
  std::vector<std::string> names;
  for (const ObjectPtr& object : Objects()) {
    if (object->kind() == kind) {
      names.push_back(object->name());
    }
  }
  return names;
}

std::vector<ObjectPtr> Catalog::ArchivesOf(std::string_view revision) const {
  std::vector<ObjectPtr> archives;
  for (const ObjectPtr& object : Objects()) {
    const auto* archive = std::get_if<ast::Archive>(&object->definition);
    if (archive != nullptr && archive->revision == revision) {
      archives.push_back(object);
    }
  }
  return archives;
}

bool Catalog::empty() const {
  for (unsigned number = 0; number < kDigestBuckets; ++number) {
    if (bucket(number)) {
      return false;
    }
  }
  return true;
}

std::vector<Catalog::Change> Catalog::Changes(const Catalog& before,
                                              const Catalog& after) {
  std::map<Key, Change> changes;
  static const Bucket kEmpty;
  for (unsigned number = 0; number < kDigestBuckets; ++number) {
    const auto left = before.bucket(number);
    const auto right = after.bucket(number);
    if (left == right) {
      continue;
    }
    for (const auto& [key, object] : left ? *left : kEmpty) {
      changes[key] = {key, object, nullptr};
    }
    for (const auto& [key, object] : right ? *right : kEmpty) {
      Change& change = changes[key];
      change.key = key;
      change.after = object;
    }
  }
  std::vector<Change> result;
  for (auto& [key, change] : changes) {
    if (change.before != change.after) {
      result.push_back(std::move(change));
    }
  }
  return result;
}

void SortByCreation(std::vector<ObjectPtr>& objects) {
  std::sort(objects.begin(), objects.end(),
            [](const ObjectPtr& left, const ObjectPtr& right) {
              return left->number < right->number;
            });
}

bool SameObject(const Object& left, const Object& right) {
  return std::visit(
      [](const auto& one, const auto& other) {
        if constexpr (std::is_same_v<decltype(one), decltype(other)>) {
          return SameDefinition(one, other);
        } else {
          return false;
        }
      },
      left.definition, right.definition);
}

bool Catalog::operator==(const Catalog& other) const {
  const auto changes = Changes(*this, other);
  return std::all_of(changes.begin(), changes.end(), [](const Change& change) {
    return change.before && change.after &&
           SameObject(*change.before, *change.after);
  });
}

}  // namespace palindrome::catalog
