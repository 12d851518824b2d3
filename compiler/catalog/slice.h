// Slices: the part of a catalog that a statement can touch, small enough to be
// built on a fresh engine for each migration of a long history.
//
// A slice is closed: an index or trigger comes with its table, a view or
// trigger with all that it mentions, a table with its indexes and triggers, the
// views that read it, and the tables on the other ends of its foreign keys. It
// is sound since the catalog holds no dangling view or trigger. Values; pure
// functions, for any thread.
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

// The folded names of tables, views, indexes and triggers that the statement
// mentions, whether or not they exist.
std::set<std::string> MentionedNames(const ast::Statement& statement);

// The keys of the closed slice of `catalog` around the names.
std::set<Key> Closure(const Catalog& catalog,
                      const std::set<std::string>& names);

// The objects of `catalog` with these keys.
Slice Restrict(const Catalog& catalog, const std::set<Key>& keys);

// Restrict of Closure.
Slice SliceAround(const Catalog& catalog, const std::set<std::string>& names);

// The CREATE statement of an object, as SQLite takes it.
std::string CreateStatement(const Object& object);

}  // namespace palindrome::catalog

#endif  // PALINDROME_COMPILER_CATALOG_SLICE_H_
