// Words that are meant by one that is none. Pure functions.
#ifndef PALINDROME_RUNTIME_SRC_NEAREST_WORD_H_
#define PALINDROME_RUNTIME_SRC_NEAREST_WORD_H_

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace palindrome {

// The word, or the one whose beginning, is the fewest edits away from `text`,
// of which a swap of two neighbours is one; none if that is more than a slip.
std::optional<std::size_t> NearestWord(
    const std::vector<std::string_view>& words, std::string_view text);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_NEAREST_WORD_H_
