// Where a statement ends, before anything is known of what it says: what makes
// the parser recover at statements.
//
// Pure functions of the tokens.
#ifndef PALINDROME_COMPILER_PARSE_EXTENT_H_
#define PALINDROME_COMPILER_PARSE_EXTENT_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "compiler/parse/context.h"

namespace palindrome::parse {

struct Extent {
  std::size_t end = 0;      // Index behind the last token.
  bool terminated = false;  // The token at `end` is its `;`.
  // The `(` that nests deeper than any honest statement.
  std::optional<std::size_t> too_deep;
  // The trigger's BEGIN, if its END is missing. It ends before the section, or
  // before a statement that no trigger can hold, where the one END that there
  // is closes the block.
  std::optional<std::size_t> open_body;
};

// What a statement stands in.
enum class Around : std::uint8_t { kNothing, kSection, kFor };

// The end of the statement that begins at `begin`: its `;`, or where one is
// missing, the END of the block (told from a name by what follows it) or the
// next section. Semicolons of a trigger's body do not count.
Extent FindExtent(const Context& context, std::size_t begin, Around around);

// The ENDs of blocks from `begin` on to the end of the section, less the blocks
// that begin there.
std::ptrdiff_t CountEnds(const Context& context, std::size_t begin);

}  // namespace palindrome::parse

#endif  // PALINDROME_COMPILER_PARSE_EXTENT_H_
