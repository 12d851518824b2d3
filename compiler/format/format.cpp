#include "compiler/format/format.h"

#include <utility>

#include "compiler/format/layout.h"
#include "compiler/graph/graph.h"

namespace palindrome::format {
namespace {

// As the first line ends that does not end within a string or comment.
std::string_view LineEndOf(std::string_view text, const Pieces& pieces) {
  std::uint32_t end = 0;
  for (const Piece& piece : pieces) {
    if (piece.source_breaks > 0) {
      break;
    }
    end = piece.range.end;
  }
  const std::size_t first = text.find('\n', end);
  const bool has_return =
      first != std::string_view::npos && first > 0 && text[first - 1] == '\r';
  return has_return ? "\r\n" : "\n";
}

}  // namespace

std::optional<std::string> Format(const ast::Migration& migration) {
  if (!migration.header_ok || !migration.body_ok) {
    return std::nullopt;
  }
  const source::File& file = *migration.file;
  Pieces pieces = ReadPieces(file);
  if (!Layout(migration, pieces).Place()) {
    return std::nullopt;
  }
  const std::string_view line_end = LineEndOf(file.text(), pieces);
  std::string text = WritePieces(std::move(pieces), line_end);
  // A defect of the formatter must not cost anybody a token.
  const source::File formatted(file.name(), text);
  if (graph::Checksum(formatted) != graph::Checksum(file)) {
    return std::nullopt;
  }
  return text;
}

}  // namespace palindrome::format
