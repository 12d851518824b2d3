#include "compiler/codegen/literal.h"

#include <algorithm>
#include <cstddef>

namespace palindrome::codegen {
namespace {

// Source bytes of one literal: few literals compile faster, long lines read
// worse.
constexpr std::size_t kPiece = 1024;
constexpr std::size_t kComment = 60;

bool IsPlain(unsigned char byte) {
  return byte >= ' ' && byte <= '~' && byte != '"' && byte != '\'' &&
         byte != '\\' && byte != '?';
}

void AppendByte(char character, std::string& out) {
  const auto byte = static_cast<unsigned char>(character);
  if (IsPlain(byte)) {
    out += character;
    return;
  }
  if (character == '\n') {
    out += "\\n";
    return;
  }
  out += '\\';
  out += static_cast<char>('0' + (byte >> 6U));
  out += static_cast<char>('0' + ((byte >> 3U) & 7U));
  out += static_cast<char>('0' + (byte & 7U));
}

}  // namespace

void AppendLiterals(std::string_view text, std::string_view indent,
                    std::string& out) {
  while (!text.empty()) {
    const std::size_t line = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view piece = text.substr(0, std::min(line, kPiece));
    out += indent;
    out += '"';
    for (const char character : piece) {
      AppendByte(character, out);
    }
    out += "\"\n";
    text.remove_prefix(piece.size());
  }
}

std::string CommentText(std::string_view text) {
  std::string result(text.substr(0, kComment));
  std::replace_if(
      result.begin(), result.end(),
      [](char character) {
        const auto byte = static_cast<unsigned char>(character);
        return character != '\'' && character != '"' && !IsPlain(byte);
      },
      '_');
  return result;
}

}  // namespace palindrome::codegen
