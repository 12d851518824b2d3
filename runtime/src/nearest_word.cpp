#include "runtime/src/nearest_word.h"

#include <algorithm>
#include <numeric>

namespace palindrome {
namespace {

// Longer than any word: not worth a comparison with all of them.
constexpr std::size_t kLongestText = 64;

// The number of insertions, deletions and substitutions from `left` to the
// nearest of `right` and, if `left` is shorter, its beginning of that length.
std::size_t Distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < right.size(); ++j) {
      const std::size_t substituted =
          diagonal + (left[i] == right[j] ? 0U : 1U);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, substituted});
    }
  }
  return std::min(row.back(), row[std::min(left.size(), right.size())]);
}

}  // namespace

std::optional<std::size_t> NearestWord(
    const std::vector<std::string_view>& words, std::string_view text) {
  if (text.empty() || text.size() > kLongestText) {
    return std::nullopt;
  }
  std::size_t best = std::min<std::size_t>(3, text.size() / 3 + 1);
  std::optional<std::size_t> nearest;
  for (std::size_t index = 0; index < words.size(); ++index) {
    const std::size_t distance = Distance(text, words[index]);
    if (distance < best) {
      best = distance;
      nearest = index;
    }
  }
  return nearest;
}

}  // namespace palindrome
