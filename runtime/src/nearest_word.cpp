#include "runtime/src/nearest_word.h"

#include <algorithm>
#include <numeric>

namespace palindrome {
namespace {

// Longer than any word: not worth a comparison with all of them.
constexpr std::size_t kLongestText = 64;

// The number of insertions, deletions, substitutions and swaps of neighbours
// from `left` to the nearest of `right` and, if `left` is shorter, its
// beginning of that length.
std::size_t Distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  std::vector<std::size_t> before = row;
  std::vector<std::size_t> next = row;
  for (std::size_t i = 0; i < left.size(); ++i) {
    next[0] = i + 1;
    for (std::size_t j = 0; j < right.size(); ++j) {
      const std::size_t substituted = row[j] + (left[i] == right[j] ? 0U : 1U);
      next[j + 1] = std::min({next[j] + 1, row[j + 1] + 1, substituted});
      if (i > 0 && j > 0 && left[i] == right[j - 1] &&
          left[i - 1] == right[j]) {
        next[j + 1] = std::min(next[j + 1], before[j - 1] + 1);
      }
    }
    before.swap(row);
    row.swap(next);
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
