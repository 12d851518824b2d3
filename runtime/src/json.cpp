#include "runtime/src/json.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace palindrome::json {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

// How many bytes the character at the front of `text` has in UTF-8; 0: it is
// none, be it cut short, overlong, a surrogate or too large.
std::size_t CharacterSize(std::string_view text) {
  const auto byte = [text](std::size_t at) {
    return static_cast<std::uint8_t>(text[at]);
  };
  constexpr std::uint8_t kContinuation = 0x80;
  constexpr std::uint8_t kContinuationMask = 0xC0;
  const std::uint8_t first = byte(0);
  if (first < kContinuation) {
    return 1;
  }
  // The first byte's range, the size, and the second byte's range.
  struct Form {
    std::uint8_t low, high;
    std::uint8_t size;
    std::uint8_t second_low, second_high;
  };
  constexpr Form kForms[] = {
      {0xC2, 0xDF, 2, 0x80, 0xBF}, {0xE0, 0xE0, 3, 0xA0, 0xBF},
      {0xE1, 0xEC, 3, 0x80, 0xBF}, {0xED, 0xED, 3, 0x80, 0x9F},
      {0xEE, 0xEF, 3, 0x80, 0xBF}, {0xF0, 0xF0, 4, 0x90, 0xBF},
      {0xF1, 0xF3, 4, 0x80, 0xBF}, {0xF4, 0xF4, 4, 0x80, 0x8F},
  };
  for (const Form& form : kForms) {
    if (first < form.low || first > form.high || text.size() < form.size ||
        byte(1) < form.second_low || byte(1) > form.second_high) {
      continue;
    }
    for (std::size_t i = 2; i < form.size; ++i) {
      if ((byte(i) & kContinuationMask) != kContinuation) {
        return 0;
      }
    }
    return form.size;
  }
  return 0;
}

std::string Escaped(char character) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  constexpr unsigned kBits = 4;
  constexpr unsigned kMask = 15;
  constexpr unsigned char kFirstPrintable = 0x20;
  const auto byte = static_cast<unsigned char>(character);
  switch (character) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      break;
  }
  // Also DEL, which a terminal may obey.
  if (byte < kFirstPrintable || byte == 0x7F) {
    return std::string("\\u00") + kDigits[byte >> kBits] +
           kDigits[byte & kMask];
  }
  return std::string(1, character);
}

std::string Joined(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) {
    text += (text.empty() ? "" : ",") + value;
  }
  return text;
}

}  // namespace

std::string String(std::string_view text) {
  std::string json = "\"";
  while (!text.empty()) {
    const std::size_t size = CharacterSize(text);
    if (size == 1) {
      json += Escaped(text.front());
    } else {
      json += size == 0 ? kReplacement : text.substr(0, size);
    }
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return json + '"';
}

std::string Bool(bool value) {
  return value ? "true" : "false";
}

std::string Array(const std::vector<std::string>& values) {
  return '[' + Joined(values) + ']';
}

std::string Strings(const std::vector<std::string>& texts) {
  std::vector<std::string> values;
  values.reserve(texts.size());
  for (const std::string& text : texts) {
    values.push_back(String(text));
  }
  return Array(values);
}

std::string Object(
    const std::vector<std::pair<std::string_view, std::string>>& members) {
  std::vector<std::string> values;
  values.reserve(members.size());
  for (const auto& [key, value] : members) {
    values.push_back(String(key) + ':' + value);
  }
  return '{' + Joined(values) + '}';
}

}  // namespace palindrome::json
