// Slices: the part of a catalog that a statement can touch, small enough to be
// built on a fresh engine for each migration of a long history.
//
// What a statement may change comes with all that depends on it: a table with
// its indexes and triggers, the views that read it, the triggers that write it,
// and the tables on the other ends of its foreign keys. What it only needs, and
// what those need, comes without: a table that a view reads does not bring its
// other views. So one table that a whole schema refers to does not make every
// slice as large as the schema. Values; pure functions, for any thread.
#ifndef PALINDROME_COMPILER_CATALOG_SLICE_H_
#define PALINDROME_COMPILER_CATALOG_SLICE_H_

#include <set>
#include <string>
#include <vector>

#include "compiler/ast/statement.h"
#include "compiler/catalog/catalog.h"

namespace palindrome::catalog {

// In the order in which an engine accepts their CREATE statements: tables,
// indexes, views after what they read, triggers.
using Slice = std::vector<ObjectPtr>;

// Folded names of tables, views, indexes and triggers, whether or not they
// exist.
struct Mentions {
  std::set<std::string> touched;  // The statement may change these,
  std::set<std::string> needed;   // and has to find these.

  void Merge(Mentions other) {
    touched.merge(other.touched);
    needed.merge(other.needed);
  }
};
Mentions MentionsOf(const ast::Statement& statement);
// Both.
std::set<std::string> MentionedNames(const ast::Statement& statement);

// The folded names of the tables and views that the body of a view or trigger
// reads, as far as its words tell; a common table expression's may be among
// them.
std::set<std::string> NamedTables(const ast::Expression& body);

// The keys of the closed slice of `catalog` around the names.
std::set<Key> Closure(const Catalog& catalog, const Mentions& names);

// The objects of `catalog` with these keys.
Slice Restrict(const Catalog& catalog, const std::set<Key>& keys);

// Restrict of Closure.
Slice SliceAround(const Catalog& catalog, const Mentions& names);

// The CREATE statement of an object, as SQLite takes it.
std::string CreateStatement(const Object& object);

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_SLICE_H_
