#include "compiler/lsp/positions.h"

#include <algorithm>

#include "compiler/lsp/uri.h"

namespace palindrome::lsp {
namespace {

// The bytes of the code point that begins with `byte`, as far as that tells.
std::size_t BytesOf(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  if (value < 0xC0U) {
    return 1;
  }
  if (value < 0xE0U) {
    return 2;
  }
  return value < 0xF0U ? 3 : 4;
}

std::int64_t UnitsOf(std::size_t bytes) {
  return bytes == 4 ? 2 : 1;
}

}  // namespace

std::optional<Position> ReadPosition(const llvm::json::Value* value) {
  const llvm::json::Object* object =
      value == nullptr ? nullptr : value->getAsObject();
  if (object == nullptr) {
    return std::nullopt;
  }
  const auto line = object->getInteger("line");
  const auto character = object->getInteger("character");
  if (!line || !character || *line < 0 || *character < 0) {
    return std::nullopt;
  }
  return Position{*line, *character};
}

std::uint32_t OffsetOf(std::string_view text, Position position) {
  std::size_t at = 0;
  for (std::int64_t line = 0; line < position.line; ++line) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) {
      return static_cast<std::uint32_t>(text.size());
    }
    at = end + 1;
  }
  std::int64_t character = 0;
  while (at < text.size() && character < position.character &&
         text[at] != '\n' && text.substr(at, 2) != "\r\n") {
    const std::size_t bytes = BytesOf(text[at]);
    character += UnitsOf(bytes);
    if (character > position.character) {
      break;  // It points into a surrogate pair.
    }
    at = std::min(at + bytes, text.size());
  }
  return static_cast<std::uint32_t>(at);
}

Position PositionOf(const source::File& file, std::uint32_t offset) {
  const std::string_view text = file.text();
  offset = std::min(offset, static_cast<std::uint32_t>(text.size()));
  const std::uint32_t line = file.Resolve(offset).line;
  const auto begin =
      static_cast<std::size_t>(file.Line(line).data() - text.data());
  Position position{line - 1, 0};
  for (std::size_t at = begin; at < offset;) {
    const std::size_t bytes = BytesOf(text[at]);
    at += bytes;
    position.character += UnitsOf(bytes);
  }
  return position;
}

llvm::json::Value JsonRange(const source::File& file, source::Range range) {
  const auto json = [&](std::uint32_t offset) {
    const Position position = PositionOf(file, offset);
    return llvm::json::Object{{"line", position.line},
                              {"character", position.character}};
  };
  return llvm::json::Object{{"start", json(range.begin)},
                            {"end", json(std::max(range.begin, range.end))}};
}

llvm::json::Value JsonLocation(const source::File& file, source::Range range) {
  return llvm::json::Object{{"uri", UriOfPath(file.name())},
                            {"range", JsonRange(file, range)}};
}

}  // namespace palindrome::lsp
