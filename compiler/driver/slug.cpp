#include "compiler/driver/slug.h"

#include <cstddef>
#include <vector>

#include "llvm/ADT/StringExtras.h"

namespace palindrome::driver {
namespace {

constexpr std::size_t kLongest = 60;

// The words, from the first that begins with a letter: the pattern of file
// names wants one there.
std::vector<std::string> Words(std::string_view message) {
  std::vector<std::string> words;
  bool in_word = false;
  for (const char character : message) {
    if (llvm::isAlnum(character)) {
      if (!in_word && (!words.empty() || llvm::isAlpha(character))) {
        words.emplace_back();
        in_word = true;
      }
      if (in_word) {
        words.back() += llvm::toLower(character);
      }
    } else if (character != '\'') {
      in_word = false;
    }
  }
  return words;
}

}  // namespace

std::string MakeSlug(std::string_view message) {
  std::string slug;
  for (const std::string& word : Words(message)) {
    if (slug.empty()) {
      slug = word.substr(0, kLongest);
      continue;
    }
    if (slug.size() + 1 + word.size() > kLongest) {
      break;
    }
    slug += "_" + word;
  }
  return slug;
}

}  // namespace palindrome::driver
