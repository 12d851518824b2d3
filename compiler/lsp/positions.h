// Places in a text as the protocol counts them: lines from 0, and UTF-16 code
// units from 0 within the line.
//
// Pure functions. A place that is not in the text means the nearest that is.
#ifndef PALINDROME_COMPILER_LSP_POSITIONS_H_
#define PALINDROME_COMPILER_LSP_POSITIONS_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "llvm/Support/JSON.h"

#include "compiler/source/source.h"

namespace palindrome::lsp {

struct Position {
  std::int64_t line = 0;
  std::int64_t character = 0;
};

// No value: it is no position.
std::optional<Position> ReadPosition(const llvm::json::Value* value);

std::uint32_t OffsetOf(std::string_view text, Position position);
Position PositionOf(const source::File& file, std::uint32_t offset);

// {"start": …, "end": …}
llvm::json::Value JsonRange(const source::File& file, source::Range range);
// {"uri": …, "range": …}
llvm::json::Value JsonLocation(const source::File& file, source::Range range);

}  // namespace palindrome::lsp

#endif  // PALINDROME_COMPILER_LSP_POSITIONS_H_
