// The SQL of a program: what its translation units say together.
//
// A pure function of the units, which its result points to; any thread.
#ifndef PALINDROME_COMPILER_QUERIES_FIND_H_
#define PALINDROME_COMPILER_QUERIES_FIND_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "llvm/ADT/ArrayRef.h"

#include "compiler/facts/unit.h"

namespace palindrome::queries {

// SQL that is written in the program.
struct Query {
  const facts::Unit* unit = nullptr;
  facts::Text text;
  facts::Place place;    // Of the argument that it is.
  std::string function;  // Which hands it on; empty: none does.
  std::optional<facts::Binds> binds;
  std::vector<facts::Branch> branches;  // Of the function.
  // What may become of it before it is handed on; empty: nothing.
  std::string change;
  // Why the program says that it is not to be checked, where it is set or
  // handed on; empty: it does not.
  std::string unchecked;
};

// A place where SQL is handed on that is not known.
struct Unknown {
  const facts::Unit* unit = nullptr;
  facts::Place place;
  std::string function;
  std::string reason;
};

struct Program {
  std::vector<Query> queries;  // What several units see is there once.
  std::vector<Unknown> unknown;
  // Parts of SQL that is put together, which makes or renames something.
  std::vector<std::string> fragments;
};

// Of the file that the place is in; empty: in none.
std::string_view PathOf(const facts::Unit& unit, const facts::Place& place);

Program FindQueries(llvm::ArrayRef<std::optional<facts::Unit>> units);

}  // namespace palindrome::queries

#endif  // PALINDROME_COMPILER_QUERIES_FIND_H_
