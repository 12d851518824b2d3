// JSON as text, for what the command line prints. Values are texts of JSON
// already; pure functions.
#ifndef PALINDROME_RUNTIME_SRC_JSON_H_
#define PALINDROME_RUNTIME_SRC_JSON_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace palindrome::json {

// A string. What of `text` is no UTF-8 becomes U+FFFD.
std::string String(std::string_view text);
std::string Bool(bool value);
std::string Array(const std::vector<std::string>& values);
// Of strings.
std::string Strings(const std::vector<std::string>& texts);
std::string Object(
    const std::vector<std::pair<std::string_view, std::string>>& members);

}  // namespace palindrome::json

#endif  // PALINDROME_RUNTIME_SRC_JSON_H_
