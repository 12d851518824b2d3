// The schema that structs of C++ say: what `palindrome revision --autogenerate`
// leads to, and what a build compares the history with.
//
// Values. Places refer to files that whoever locates them keeps. A pure
// function but for the engine, on its thread.
#ifndef PALINDROME_COMPILER_MODELS_MODELS_H_
#define PALINDROME_COMPILER_MODELS_MODELS_H_

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/catalog/catalog.h"
#include "compiler/catalog/engine.h"
#include "compiler/diagnostics/emitter.h"
#include "compiler/facts/unit.h"

namespace palindrome::models {

// A range of bytes of the C++ file as a place that can be reported.
using Locate =
    std::function<source::Location(const std::string& path, source::Range)>;

struct RenamedFrom {
  std::string name;  // Empty: it is not said.
  source::Location place;
};

struct ModelColumn {
  source::Location place;  // Of the field.
  facts::ValueKind kind = facts::ValueKind::kUnknown;
  bool has_type = false;  // By PALINDROME_TYPE: it has to be this very one.
  RenamedFrom renamed_from;
};

struct ModelTable {
  std::string struct_name;
  source::Location place;  // Of the struct's name.
  RenamedFrom renamed_from;
  std::map<std::string, ModelColumn> columns;  // By folded name.
};

struct Models {
  catalog::Catalog catalog;                         // Tables and their indexes.
  std::map<std::string, ModelTable> tables;         // By folded name.
  std::map<std::string, source::Location> indexes;  // By folded name.
  // Tables that are the history's alone, on purpose; folded names.
  std::set<std::string> unmodelled;
  // Of a schema in SQL, which says views and triggers as well, to the letter.
  bool is_sql = false;
};

// What is wrong with the structs, and what Clang could not read, is in the
// emitter.
Models ReadModels(const std::vector<facts::Unit>& units,
                  const std::vector<std::string>& unmodelled,
                  const Locate& locate, catalog::Engine& engine,
                  diagnostics::Emitter& emitter);

}  // namespace palindrome::models

#endif  // PALINDROME_COMPILER_MODELS_MODELS_H_
