#include "compiler/driver/slug.h"

#include <cstddef>
#include <vector>

#include "llvm/ADT/StringExtras.h"

namespace palindrome::driver {
namespace {

constexpr std::size_t kLongest = 60;

std::vector<std::string> Words(std::string_view message) {
  std::vector<std::string> words(1);
  for (const char character : message) {
    if (llvm::isAlnum(character)) {
      words.back() += llvm::toLower(character);
    } else if (character != '\'' && !words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) {
    words.pop_back();
  }
  return words;
}

}  // namespace

std::string MakeSlug(std::string_view message) {
  std::string slug;
  for (const std::string& word : Words(message)) {
    if (slug.empty()) {
      // The pattern of file names wants a letter first.
      slug = llvm::isAlpha(word.front()) ? word.substr(0, kLongest) : "";
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
