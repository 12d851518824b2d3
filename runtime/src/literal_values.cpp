#include "runtime/src/literal_values.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>

#include "runtime/src/sql_lexer.h"

namespace palindrome {
namespace {

bool IsDigit(char byte) {
  return byte >= '0' && byte <= '9';
}

// Takes the digits that `text` begins with off it.
std::string_view TakeDigits(std::string_view* text) {
  const auto end = std::find_if_not(text->begin(), text->end(), IsDigit);
  const auto size = static_cast<std::size_t>(end - text->begin());
  const std::string_view digits = text->substr(0, size);
  text->remove_prefix(size);
  return digits;
}

bool TakeByte(std::string_view* text, std::string_view one_of) {
  if (text->empty() || one_of.find(text->front()) == std::string_view::npos) {
    return false;
  }
  text->remove_prefix(1);
  return true;
}

// "-12.50" and "-1.25e+01" as "-125e-1"; any other text as it is. By its
// digits, since a floating-point number does not hold every integer.
std::string NumberOrText(std::string_view text) {
  std::string_view rest = text;
  const bool is_negative = TakeByte(&rest, "-");
  const std::string_view whole = TakeDigits(&rest);
  std::string digits(whole);
  std::int64_t exponent = 0;
  if (whole.empty() || (whole.size() > 1 && whole.front() == '0')) {
    return std::string(text);
  }
  if (TakeByte(&rest, ".")) {
    const std::string_view fraction = TakeDigits(&rest);
    digits += fraction;
    exponent = -static_cast<std::int64_t>(fraction.size());
  }
  if (TakeByte(&rest, "eE")) {
    const bool goes_down = rest.starts_with('-');
    TakeByte(&rest, "+-");
    const std::string_view power = TakeDigits(&rest);
    std::int32_t number = 0;
    if (std::from_chars(power.data(), power.data() + power.size(), number).ec !=
        std::errc()) {
      return std::string(text);
    }
    exponent += goes_down ? -number : number;
  }
  if (!rest.empty()) {
    return std::string(text);
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  while (digits.ends_with('0')) {
    digits.pop_back();
    ++exponent;
  }
  if (digits.empty()) {
    return "0";
  }
  return (is_negative ? "-" : "") + digits + 'e' + std::to_string(exponent);
}

std::string BytesOf(std::string_view blob) {
  constexpr std::size_t kQuotes = 3;  // x''
  constexpr int kHexadecimal = 16;
  std::string bytes;
  for (std::size_t i = 2; i + kQuotes <= blob.size(); i += 2) {
    std::uint8_t byte = 0;
    std::from_chars(&blob[i], &blob[i] + 2, byte, kHexadecimal);
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

std::string Sized(const std::string& text) {
  return std::to_string(text.size()) + ':' + text;
}

}  // namespace

std::string KeyOfLiterals(std::string_view literals) {
  std::string key;
  std::string sign;
  std::uint32_t offset = 0;
  while (true) {
    const sql::Token token = sql::NextToken(literals, offset);
    offset = token.offset + static_cast<std::uint32_t>(token.spelling.size());
    if (token.kind == sql::TokenKind::kEnd) {
      return key;
    }
    const std::string signed_text = sign + std::string(token.spelling);
    sign = token.spelling == "-" ? "-" : "";
    if (token.kind == sql::TokenKind::kString) {
      key += Sized(NumberOrText(sql::Unquote(token)));
    } else if (token.kind == sql::TokenKind::kBlob) {
      key += Sized(NumberOrText(BytesOf(token.spelling)));
    } else if (token.kind == sql::TokenKind::kNumber) {
      key += Sized(NumberOrText(signed_text));
    } else if (sign.empty()) {
      key += token.spelling;
    }
  }
}

}  // namespace palindrome
