// Inside the formatter: what its files share.
//
// A `Layout` lives for one call of Format, on one thread.
#ifndef PALINDROME_COMPILER_FORMAT_LAYOUT_H_
#define PALINDROME_COMPILER_FORMAT_LAYOUT_H_

#include <cstddef>
#include <map>

#include "compiler/ast/migration.h"
#include "compiler/format/pieces.h"

namespace palindrome::format {

// Decides what stands before each piece of a migration without errors.
class Layout {
 public:
  Layout(const ast::Migration& migration, Pieces& pieces);

  // False: the tokens are not those of the migration.
  bool Place();

 private:
  bool AtEnd() const { return at_ >= pieces_.size(); }
  const Piece& piece() const { return pieces_[at_]; }

  bool PlaceHeader();
  void PlaceClause(std::size_t end);
  void PlaceAllow(std::size_t end);
  bool PlaceSection();
  bool PlaceBlock(std::size_t indent);
  bool PlaceItem(std::size_t indent);
  bool PlaceFor(std::size_t indent);
  bool PlaceItemStatement(std::size_t indent);

  // Comments before a line, each at `indent` or at the end of the line before.
  // The first of what is placed has `breaks` before it.
  void PlaceComments(std::size_t indent, std::size_t& breaks);
  // The first token of a line.
  void PlaceLineStart(std::size_t indent, std::size_t breaks);
  // The next token, which is `word` (or any, if that is empty), on the same
  // line as what is before it.
  bool PlaceInner(std::string_view word, std::size_t indent,
                  std::size_t spaces = 1);
  bool PlaceSemicolon(std::size_t indent) {
    return PlaceInner(";", indent, /*spaces=*/0);
  }

  Pieces& pieces_;
  std::map<std::uint32_t, const ast::Item*> items_;  // By first byte.
  std::size_t at_ = 0;
};

// How many line breaks the piece keeps: it has one, or an empty line too.
std::size_t KeptBreaks(const Piece& piece);
void Break(Piece& piece, std::size_t indent, std::size_t breaks = 1);
void Space(Piece& piece, std::size_t spaces = 1);

// Places [begin, end), a statement without its `;`, whose first piece stands
// already, at `indent`.
void PlaceStatement(const ast::Statement& statement, Pieces& pieces,
                    std::size_t begin, std::size_t end, std::size_t indent);
// CREATE TABLE.
void PlaceTable(Pieces& pieces, std::size_t begin, std::size_t end,
                std::size_t indent);

// Keeps the line breaks of [begin + 1, end), and how the lines are indented
// against each other, none of them less than `least` beyond `indent`.
void KeepLines(Pieces& pieces, std::size_t begin, std::size_t end,
               std::size_t indent, std::size_t least);

// Spaces within [begin + 1, end) where no line breaks.
//
// As in the source, or one for many:
void KeepSpaces(Pieces& pieces, std::size_t begin, std::size_t end);
void SingleSpaces(Pieces& pieces, std::size_t begin, std::size_t end);
// One where schema statements have one: around lists of columns, not within
// expressions and types.
void TidySpaces(Pieces& pieces, std::size_t begin, std::size_t end);

// The next piece from `at` on that is no comment; `end` if there is none.
std::size_t NextToken(const Pieces& pieces, std::size_t at, std::size_t end);
// The `)` of the `(` at `open`; `end` if there is none.
std::size_t FindClose(const Pieces& pieces, std::size_t open, std::size_t end);

}  // namespace palindrome::format

#endif  // PALINDROME_COMPILER_FORMAT_LAYOUT_H_
