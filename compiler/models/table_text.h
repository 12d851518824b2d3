// Inside models: a struct as the statements that create its table.
//
// What a mark holds becomes a part of them, byte for byte, and the parser reads
// the whole; that each part is where it belongs is looked at after. The result
// refers to the facts.
#ifndef PALINDROME_COMPILER_MODELS_TABLE_TEXT_H_
#define PALINDROME_COMPILER_MODELS_TABLE_TEXT_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/ast/statement.h"
#include "compiler/models/mapped_text.h"
#include "compiler/models/merge_structs.h"
#include "compiler/models/models.h"

namespace palindrome::models {

struct Made {
  MappedText text;
  std::unique_ptr<source::File> file;
  ast::Statement statement;
};

struct MadeTable {
  std::string name;
  ModelTable model;
  Made table;
  std::vector<Made> indexes;
};

// No value: the emitter has the reason.
std::optional<MadeTable> MakeTable(const Found& found, const Locate& locate,
                                   diagnostics::Emitter& emitter);

// A diagnostic of the text as one of the C++.
diagnostics::Diagnostic InCpp(diagnostics::Diagnostic diagnostic,
                              const Made& made);

}  // namespace palindrome::models

#endif  // PALINDROME_COMPILER_MODELS_TABLE_TEXT_H_
