// The catalog: a schema as a value.
//
// A catalog is a persistent map from kind and name to immutable objects.
// Copying is cheap and the catalogs of successive revisions share what did not
// change, so that each revision of a long history can keep its own. Names are
// compared without regard to ASCII case. Catalogs may be read by any thread.
#ifndef PALINDROME_COMPILER_CATALOG_CATALOG_H_
#define PALINDROME_COMPILER_CATALOG_CATALOG_H_

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/catalog/object.h"

namespace palindrome::catalog {

class Catalog {
 public:
  Catalog();

  ObjectPtr Find(ObjectKind kind, std::string_view name) const;
  const ast::Table* FindTable(std::string_view name) const;
  const ast::View* FindView(std::string_view name) const;
  // The table, view or index of that name: they share one name space.
  ObjectPtr FindRelation(std::string_view name) const;

  // Adds the object or replaces the one with its key. One without a number gets
  // the next.
  Catalog With(Object object) const;
  Catalog Without(const Key& key) const;

  // The objects that use the table or view: its indexes and triggers, the views
  // and triggers whose bodies mention it, and the tables that refer to it.
  std::vector<ObjectPtr> UsersOf(std::string_view table) const;
  // Those of one kind.
  std::vector<ObjectPtr> UsersOf(std::string_view table, ObjectKind kind) const;

  // All objects, sorted by kind and folded name.
  std::vector<ObjectPtr> Objects() const;
  // The names of a kind as written, sorted.
  std::vector<std::string> Names(ObjectKind kind) const;
  // The archives of a revision, sorted by name.
  std::vector<ObjectPtr> ArchivesOf(std::string_view revision) const;
  bool empty() const;

  // True if nothing tells them apart: see ast::SameDefinition.
  bool operator==(const Catalog& other) const;

  // The objects of one of the two that are not the same object in the other,
  // by key: before, after; either may be null. Costs what differs.
  struct Change {
    Key key;
    ObjectPtr before;
    ObjectPtr after;
  };
  static std::vector<Change> Changes(const Catalog& before,
                                     const Catalog& after);

  // A bucket holds the objects whose DigestBucket (schema_facts.h) is its
  // number. Null if it is empty. Catalogs that share a bucket share the
  // pointer.
  using Bucket = std::map<Key, ObjectPtr>;
  std::shared_ptr<const Bucket> bucket(unsigned number) const;

  // The same for two catalogs only if one is a copy of the other.
  std::shared_ptr<const void> identity() const { return root_; }

 private:
  static constexpr unsigned kFanOut = 16;
  using UserMap = std::map<std::string, std::vector<Key>>;
  struct Leaf {
    std::shared_ptr<const Bucket> objects;
    std::shared_ptr<const UserMap> users;  // By the table that is used.
  };
  using Node = std::array<Leaf, kFanOut>;
  using Root = std::array<std::shared_ptr<const Node>, kFanOut>;

  const Leaf* FindLeaf(unsigned number) const;
  Leaf& MutableLeaf(Root& root, unsigned number) const;
  void ChangeUsers(Root& root, const Object& object, bool add) const;
  Catalog WithRoot(Root root) const;
  // Null: there are none.
  const std::vector<Key>* UserKeys(std::string_view table) const;

  std::shared_ptr<const Root> root_;
  std::size_t numbered_ = 0;  // Objects so far.
};

// In words, what `right` has that `left` has not, a line each; the names in
// backticks. Empty if they are equal.
std::vector<std::string> DescribeDifferences(const Catalog& left,
                                             const Catalog& right);
std::vector<std::string> DescribeChange(const Catalog::Change& change);

bool IsTemporaryTable(const Catalog& catalog, std::string_view name);

// The canonical text: the CREATE statements in an order in which an engine
// accepts them, each with its `;`.
std::string CanonicalText(const Catalog& catalog);

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_CATALOG_H_
