// The table of a history as rows and one text, before it is written as C++.
//
// A value; equal strings share their bytes in the text.
#ifndef PALINDROME_COMPILER_CODEGEN_TABLE_H_
#define PALINDROME_COMPILER_CODEGEN_TABLE_H_

#include <string>
#include <vector>

#include "llvm/Support/Error.h"

#include "compiler/codegen/codegen.h"
#include "palindrome/migration.h"

namespace palindrome::codegen {

struct Table {
  std::vector<table::Row> rows;
  std::vector<table::Text> links;
  std::vector<table::Allowed> allowed;
  std::vector<table::Program> programs;
  std::vector<table::Statement> statements;
  std::vector<table::Shortcut> shortcuts;
  table::Text name = {};

  // The strings of the text section in their order; `row` is the migration
  // that brought a string in, or their number for a shortcut.
  struct Piece {
    std::string text;
    std::size_t row = 0;
  };
  std::vector<Piece> pieces;
  std::uint64_t text_size = 0;
};

// Fails if the table is larger than its 32-bit offsets can tell.
llvm::Expected<Table> MakeTable(const CompiledHistory& history);

}  // namespace palindrome::codegen

#endif  // PALINDROME_COMPILER_CODEGEN_TABLE_H_
