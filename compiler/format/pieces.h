// The pieces of a file: its tokens and comments in one row, each with what
// stood before it in the source and what is to stand there.
//
// Pieces view the text of the file, which outlives them; one thread.
#ifndef PALINDROME_COMPILER_FORMAT_PIECES_H_
#define PALINDROME_COMPILER_FORMAT_PIECES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/source.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::format {

// Nothing that can be broken is longer.
constexpr std::size_t kLineWidth = 80;
constexpr std::size_t kIndent = 2;

struct Piece {
  sql::TokenKind kind = sql::TokenKind::kWord;
  std::string_view text;  // A line comment without white space at its end.
  source::Range range;
  // In the source: line breaks before it, white space right before it if there
  // are none, and the bytes before it on its line, a tab being an indent.
  std::size_t source_breaks = 0;
  std::size_t source_spaces = 0;
  std::size_t source_column = 0;
  // As it is to be: line breaks before it, and the spaces after those.
  std::size_t breaks = 0;
  std::size_t spaces = 0;

  bool IsComment() const { return kind == sql::TokenKind::kComment; }
  // What follows it needs a line of its own.
  bool IsLineComment() const { return IsComment() && text[0] == '-'; }
  bool IsWord(std::string_view word) const {
    return kind == sql::TokenKind::kWord && sql::EqualsIgnoringCase(text, word);
  }
  bool IsSymbol(std::string_view symbol) const {
    return kind == sql::TokenKind::kPunctuation && text == symbol;
  }
};

using Pieces = std::vector<Piece>;

Pieces ReadPieces(const source::File& file);

// Code points of `text` to its end, or to its first line break.
std::size_t WidthOf(std::string_view text);
// The line that piece `begin` is laid out on, up to piece `end`, if no piece
// between the two breaks it.
std::size_t LineWidth(const Pieces& pieces, std::size_t begin, std::size_t end);

// Whether the comment at `at` ends the line of what it follows.
bool EndsLine(const Pieces& pieces, std::size_t at);

// The text of the pieces, their lines ended by `line_end`. Comments at the ends
// of lines that follow one another begin in one column.
std::string WritePieces(Pieces pieces, std::string_view line_end);

}  // namespace palindrome::format

#endif  // PALINDROME_COMPILER_FORMAT_PIECES_H_
