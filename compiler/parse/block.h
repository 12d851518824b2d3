// The parser of a section's block: its items, FOR blocks and ALLOWs.
#ifndef PALINDROME_COMPILER_PARSE_BLOCK_H_
#define PALINDROME_COMPILER_PARSE_BLOCK_H_

#include <cstddef>

#include "compiler/ast/migration.h"
#include "compiler/parse/context.h"

namespace palindrome::parse {

struct Block {
  std::size_t end = 0;        // The index behind its END.
  bool end_reported = false;  // Its END is missing, and that has been said.
};

// Reads BEGIN … END at token `begin`: items go to `section`, ALLOWs to
// `migration`.
Block ParseSectionBlock(Context& context, std::size_t begin,
                        ast::Migration& migration, ast::Section& section);

}  // namespace palindrome::parse

#endif  // PALINDROME_COMPILER_PARSE_BLOCK_H_
