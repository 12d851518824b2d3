// The objects of a catalog: what each of them is, and what it uses.
//
// Immutable once a catalog holds them; any thread may read them.
#ifndef PALINDROME_COMPILER_CATALOG_OBJECT_H_
#define PALINDROME_COMPILER_CATALOG_OBJECT_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/ast/archive.h"
#include "compiler/ast/definition.h"
#include "compiler/source/source.h"

namespace palindrome::catalog {

enum class ObjectKind : std::uint8_t {
#define PALINDROME_OBJECT(Kind, Type, Text) Kind,
#include "compiler/catalog/object_kinds.def"
};
std::string_view ObjectKindName(ObjectKind kind);

// What identifies an object: its kind and its folded name.
struct Key {
  ObjectKind kind = ObjectKind::kTable;
  std::string name;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes `<=>` for a 0.
  auto operator<=>(const Key&) const = default;
};

// A table or view that an object uses, and the column of it, both folded. An
// empty column: the object as a whole.
struct Use {
  std::string table;
  std::string column;
  // NOLINTNEXTLINE(modernize-use-nullptr): as above.
  auto operator<=>(const Use&) const = default;
};

using Definition = std::variant<ast::Table, ast::VirtualTable, ast::Index,
                                ast::View, ast::Trigger, ast::Archive>;

struct Object {
  Definition definition;
  // Of a view or trigger: what the engine says that it reads and writes.
  std::vector<Use> uses;
  source::Location created;  // For notes.
  // Of a table: where an ADD COLUMN made the column of that folded name.
  std::map<std::string, source::Location> added_columns = {};
  // In the order of creation; 0: not in a catalog yet. The engine fires the
  // triggers of a table by it.
  std::size_t number = 0;

  ObjectKind kind() const { return ObjectKind(definition.index()); }
  const std::string& name() const;
  Key key() const;
  // The table of an index or trigger; else nothing.
  const std::string* table() const;
};
using ObjectPtr = std::shared_ptr<const Object>;

// The tables and views that the object uses, without columns: an index's or
// trigger's table, a foreign key's parent, what a view or trigger mentions.
std::vector<std::string> UsedTables(const Object& object);

// True if nothing tells them apart: see ast::SameDefinition.
bool SameObject(const Object& left, const Object& right);

// A temporary table, view or trigger.
bool IsTemporary(const Object& object);

// Sorts by number.
void SortByCreation(std::vector<ObjectPtr>& objects);

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_OBJECT_H_
