// The statements of a history, by their places in its files.
//
// Reads the graph, which outlives it; any thread.
#ifndef PALINDROME_COMPILER_DRIVER_STATEMENTS_H_
#define PALINDROME_COMPILER_DRIVER_STATEMENTS_H_

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/graph/graph.h"

namespace palindrome::driver {

class Statements {
 public:
  explicit Statements(const graph::Graph& graph);

  // Null: the place is in none.
  const ast::Statement* Find(source::Location place) const;

  // A file comes after all that it revises; a squash, and what is no migration,
  // comes last.
  std::size_t NumberOf(const source::File* file) const;

  // Folded names of the tables that the statement there names, and of its own
  // under the names that it gets later in the file; of all of the file, where
  // the place is in none.
  std::set<std::string> TablesAt(source::Location place) const;
  std::set<std::string> TablesIn(const source::File* file) const;
  // Of those, the one that the statement is about, under all its names.
  std::set<std::string> TableAt(source::Location place) const;

 private:
  struct File {
    std::size_t number = 0;
    std::vector<const ast::Statement*> statements;
  };
  std::map<const source::File*, File> files_;
};

}  // namespace palindrome::driver

#endif  // PALINDROME_COMPILER_DRIVER_STATEMENTS_H_
