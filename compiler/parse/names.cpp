#include "compiler/parse/names.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

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

std::string WhyNoLabel(std::string_view text) {
  if (IsBlank(text)) {
    return "the branch label is empty";
  }
  const std::string refusal =
      "`" + std::string(text) + "` is no branch label; ";
  if (IsTargetWord(text)) {
    return refusal + "as a target it means something else";
  }
  if (text.front() == '+' || text.front() == '-') {
    return refusal +
           "a target that begins with `+` or `-` is a number of steps";
  }
  static constexpr std::pair<char, const char*> kDividers[] = {
      {'@', "a branch and what follows it"},
      {':', "the ends of a range"},
      {',', "targets"}};
  for (const auto& [divider, what] : kDividers) {
    if (text.find(divider) != std::string_view::npos) {
      return refusal + "in a target `" + divider + "` divides " + what;
    }
  }
  const bool is_line =
      std::none_of(text.begin(), text.end(), [](char character) {
        return static_cast<unsigned char>(character) < ' ' ||
               character == '\x7f';
      });
  return is_line ? "" : refusal + "it is not one line of text";
}

}  // namespace palindrome::parse
