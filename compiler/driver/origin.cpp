#include "compiler/driver/origin.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace palindrome::driver {

void Origin::Apply(std::vector<TextEdit> edits) {
  std::sort(edits.begin(), edits.end(),
            [](const TextEdit& one, const TextEdit& other) {
              return one.range.begin < other.range.begin;
            });
  std::vector<Piece> kept;
  std::int64_t shift = 0;
  const auto keep = [&](std::uint32_t from, std::uint32_t to) {
    for (const Piece& piece : pieces_) {
      const std::uint32_t begin = std::max(piece.now, from);
      const std::uint32_t end = std::min(piece.now + piece.size, to);
      if (begin < end) {
        kept.push_back({static_cast<std::uint32_t>(begin + shift),
                        piece.then + (begin - piece.now), end - begin});
      }
    }
  };
  std::uint32_t at = 0;
  for (const TextEdit& edit : edits) {
    keep(at, edit.range.begin);
    shift += static_cast<std::int64_t>(edit.text.size());
    shift -= edit.range.end - edit.range.begin;
    at = edit.range.end;
  }
  keep(at, std::numeric_limits<std::uint32_t>::max());
  pieces_ = std::move(kept);
}

std::uint32_t Origin::Of(std::uint32_t offset) const {
  std::uint32_t then = 0;
  for (const Piece& piece : pieces_) {
    if (offset < piece.now) {
      break;
    }
    then = piece.then + std::min(offset - piece.now, piece.size);
  }
  return then;
}

}  // namespace palindrome::driver
