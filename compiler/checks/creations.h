// What a section brings into being, as it is at the section's end: tables,
// columns, constraints and indexes that were not there before it.
//
// A table that is copied, dropped and replaced by its copy is the same table:
// what the old one had is not new. What is dropped again, temporary, or not
// applied is left out. Pure functions; pointers into the simulation and its
// catalogs, which outlive the results.
#ifndef PALINDROME_COMPILER_CHECKS_CREATIONS_H_
#define PALINDROME_COMPILER_CHECKS_CREATIONS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/catalog/simulate.h"

namespace palindrome::checks {

// What the table called so after step `step` is called at the end; no value if
// it is gone. Folded.
std::optional<std::string> TableAtEnd(const catalog::Simulation& section,
                                      std::size_t step, std::string_view table);

// A CREATE TABLE.
struct NewTable {
  const catalog::Step* step = nullptr;
  const ast::Table* written = nullptr;  // With the ranges of the source.
  const ast::Table* at_end = nullptr;
  // The table of its last name before the section, which it replaces. Null: it
  // is new.
  const ast::Table* replaced = nullptr;
};
std::vector<NewTable> NewTables(const catalog::Simulation& section);

// A column of CREATE TABLE or ADD COLUMN.
struct NewColumn {
  const catalog::Step* step = nullptr;
  const ast::Table* table = nullptr;  // At the end.
  const ast::Column* written = nullptr;
};
std::vector<NewColumn> NewColumns(const catalog::Simulation& section);

// A constraint of CREATE TABLE, ADD COLUMN or ADD CONSTRAINT.
struct NewConstraint {
  const catalog::Step* step = nullptr;
  const ast::Table* table = nullptr;  // At the end.
  const ast::Constraint* written = nullptr;
};
std::vector<NewConstraint> NewConstraints(const catalog::Simulation& section);

// A CREATE INDEX. One that replaces an index of its name with the same key is
// not new.
struct NewIndex {
  const catalog::Step* step = nullptr;
  const ast::Index* written = nullptr;
  const ast::Table* table = nullptr;  // At the end.
};
std::vector<NewIndex> NewIndexes(const catalog::Simulation& section);

// The same kind of constraint on the same columns, or the same CHECK, whatever
// it is called.
bool IsSameConstraint(const ast::Constraint& left,
                      const ast::Constraint& right);

// The folded names of the columns of the key; empty if a part is an expression.
std::vector<std::string> KeyColumns(const std::vector<ast::KeyPart>& parts);

// The name as a word of the statement, to be blamed; else the statement.
source::Range RangeOf(const ast::Name& name, const catalog::Step& step);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_CREATIONS_H_
