// What rules ask of foreign keys.
//
// Pure functions of values, for any thread.
#ifndef PALINDROME_COMPILER_CHECKS_FOREIGN_KEYS_H_
#define PALINDROME_COMPILER_CHECKS_FOREIGN_KEYS_H_

#include <string>
#include <vector>

#include "compiler/catalog/catalog.h"

namespace palindrome::checks {

// A foreign key and the table that has it. Pointers into a catalog's objects,
// which the caller keeps.
struct ForeignKey {
  catalog::ObjectPtr child;
  const ast::Constraint* constraint = nullptr;
  const ast::Table& table() const {
    return std::get<ast::Table>(child->definition);
  }
};

std::vector<ForeignKey> ForeignKeysOf(const catalog::ObjectPtr& table);
// Those that refer to the table, its own among them.
std::vector<ForeignKey> ForeignKeysTo(const catalog::Catalog& catalog,
                                      std::string_view parent);

// "foreign key `fk` of table `t`", or by its columns if it has no name.
std::string Describe(const ForeignKey& key);

// The columns of the parent that the key refers to, as written there; the
// parent's primary key if it names none.
std::vector<std::string> ReferencedColumns(const catalog::Catalog& catalog,
                                           const ast::Constraint& key);

// Why an engine would refuse every change of rows of child or parent ("foreign
// key mismatch"); empty if it would not. See
// https://sqlite.org/foreignkeys.html#fk_indexes.
std::string ProblemOf(const catalog::Catalog& catalog,
                      const ast::Constraint& key);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_FOREIGN_KEYS_H_
