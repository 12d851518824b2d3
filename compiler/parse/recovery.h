// Where the parser of a block goes on behind an error, so that what follows
// from it is not reported as another one.
//
// Pure functions of the tokens, and of where the last error is.
#ifndef PALINDROME_COMPILER_PARSE_RECOVERY_H_
#define PALINDROME_COMPILER_PARSE_RECOVERY_H_

#include <cstddef>
#include <optional>
#include <string>

#include "compiler/parse/context.h"
#include "compiler/parse/extent.h"

namespace palindrome::parse {

// What stands before the BEGIN of a FOR block.
struct ForHead {
  std::size_t words = 0;
  std::string dialect;  // Folded.
};

// At a block whose FOR is missing, misspelt or behind its dialect.
std::optional<ForHead> FindBrokenFor(const Context& context, std::size_t begin);

// True if an error was reported at the `;` before the token, at what stands
// before that, or for want of a `;` before the two: it is in the wrong place.
bool IsCutOff(const Context& context, std::size_t begin);

// Behind a `;`: the end of the half of a statement that it has cut off, if it
// did so; else `begin`.
std::size_t SkipCutOff(const Context& context, std::size_t begin,
                       Around around);

}  // namespace palindrome::parse

#endif  // PALINDROME_COMPILER_PARSE_RECOVERY_H_
