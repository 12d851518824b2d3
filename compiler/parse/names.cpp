#include "compiler/parse/names.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "runtime/src/sql_lexer.h"

namespace palindrome::parse {

bool IsRevisionId(std::string_view text) {
  constexpr std::size_t kLongest = 40;
  return !text.empty() && text.size() <= kLongest &&
         std::all_of(text.begin(), text.end(), [](char byte) {
           return (byte >= 'a' && byte <= 'z') ||
                  (byte >= '0' && byte <= '9') || byte == '_';
         });
}

bool IsTargetWord(std::string_view text) {
  static constexpr std::string_view kWords[] = {"head", "heads", "base",
                                                "current"};
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) {
                       return sql::EqualsIgnoringCase(word, text);
                     });
}

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace palindrome::parse
