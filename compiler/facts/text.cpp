#include "compiler/facts/text.h"

#include <algorithm>
#include <optional>

namespace palindrome::facts {
namespace {

// The place of the byte of the value, or of its end.
std::optional<Place> ByteAt(const Text& text, std::uint32_t at) {
  const auto after = std::upper_bound(
      text.runs.begin(), text.runs.end(), at,
      [](std::uint32_t byte, const Run& run) { return byte < run.at; });
  if (after == text.runs.begin()) {
    return std::nullopt;
  }
  const Run& run = *(after - 1);
  const std::uint32_t offset = run.offset + (at - run.at);
  return Place{run.file, offset, offset + 1};
}

}  // namespace

Place PlaceOf(const Text& text, std::uint32_t begin, std::uint32_t end) {
  const auto first = ByteAt(text, begin);
  // The last byte's place, and not that of the end, which may be in the next
  // literal.
  const auto last = ByteAt(text, std::max(begin, end > 0 ? end - 1 : 0));
  if (!first || !last || first->file != last->file ||
      last->end <= first->begin) {
    return text.place;
  }
  return {first->file, first->begin, last->end};
}

}  // namespace palindrome::facts
