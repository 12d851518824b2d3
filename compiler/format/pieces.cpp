#include "compiler/format/pieces.h"

#include <algorithm>

namespace palindrome::format {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n\f";

std::string_view TrimEnd(std::string_view text) {
  const std::size_t last = text.find_last_not_of(kWhiteSpace);
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

// Follows the column from `from` to `to`.
std::size_t Advance(std::string_view text, std::size_t from, std::size_t to,
                    std::size_t column) {
  for (std::size_t at = from; at < to; ++at) {
    if (text[at] == '\n') {
      column = 0;
    } else {
      column += text[at] == '\t' ? kIndent : 1;
    }
  }
  return column;
}

std::size_t CodePoints(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
      }));
}

// Where a line ends, while it is followed.
struct Place {
  std::size_t line = 0;
  std::size_t width = 0;

  void Pass(const Piece& piece) {
    if (piece.breaks > 0) {
      line += piece.breaks;
      width = 0;
    }
    width += piece.spaces + WidthOf(piece.text);
    const std::size_t last = piece.text.rfind('\n');
    if (last != std::string_view::npos) {
      line += static_cast<std::size_t>(
          std::count(piece.text.begin(), piece.text.end(), '\n'));
      width = CodePoints(piece.text.substr(last + 1));
    }
  }
};

// Nothing may follow a line comment on its line.
void BreakAfterLineComments(Pieces& pieces) {
  std::size_t indent = 0;
  for (std::size_t at = 1; at < pieces.size(); ++at) {
    Piece& piece = pieces[at];
    if (piece.breaks == 0 && pieces[at - 1].IsLineComment()) {
      piece.breaks = 1;
      piece.spaces = indent;
    }
    indent = piece.breaks > 0 ? piece.spaces : indent;
  }
}

// Comments at the ends of lines that follow one another.
class LineEnds {
 public:
  explicit LineEnds(Pieces& pieces) : pieces_(pieces) {}

  void Align() {
    Place place;
    for (std::size_t at = 0; at < pieces_.size(); ++at) {
      if (EndsLaidLine(at)) {
        if (place.line > last_line_ + 1) {
          AlignGroup();
        }
        last_line_ = place.line;
        width_ = std::max(width_, place.width);
        group_.push_back({at, place.width});
      }
      place.Pass(pieces_[at]);
    }
    AlignGroup();
  }

 private:
  struct LineEnd {
    std::size_t at = 0;     // The comment.
    std::size_t width = 0;  // Of what is before it.
  };

  bool EndsLaidLine(std::size_t at) const {
    return at > 0 && pieces_[at].IsComment() && pieces_[at].breaks == 0 &&
           (at + 1 == pieces_.size() || pieces_[at + 1].breaks > 0) &&
           !pieces_[at - 1].IsComment();
  }

  void AlignGroup() {
    constexpr std::size_t kDistance = 2;
    for (const LineEnd& end : group_) {
      pieces_[end.at].spaces = width_ + kDistance - end.width;
    }
    group_.clear();
    width_ = 0;
  }

  Pieces& pieces_;
  std::vector<LineEnd> group_;
  std::size_t last_line_ = 0;  // Of the last of the group.
  std::size_t width_ = 0;      // The most of the group.
};

}  // namespace

Pieces ReadPieces(const source::File& file) {
  const std::string_view text = file.text();
  Pieces pieces;
  std::size_t end = 0;
  std::size_t column = 0;
  for (;;) {
    const sql::Token token =
        sql::NextToken(text, static_cast<std::uint32_t>(end));
    if (token.kind == sql::TokenKind::kEnd) {
      return pieces;
    }
    Piece piece;
    piece.kind = token.kind;
    piece.text = token.kind == sql::TokenKind::kComment
                     ? TrimEnd(token.spelling)
                     : token.spelling;
    const std::string_view gap = text.substr(end, token.offset - end);
    piece.source_breaks =
        static_cast<std::size_t>(std::count(gap.begin(), gap.end(), '\n'));
    piece.source_spaces = piece.source_breaks > 0 ? 0 : gap.size();
    column = Advance(text, end, token.offset, column);
    piece.source_column = column;
    end = token.offset + token.spelling.size();
    column = Advance(text, token.offset, end, column);
    piece.range = {token.offset, static_cast<std::uint32_t>(end)};
    pieces.push_back(piece);
  }
}

std::size_t WidthOf(std::string_view text) {
  return CodePoints(text.substr(0, text.find('\n')));
}

std::size_t LineWidth(const Pieces& pieces, std::size_t begin,
                      std::size_t end) {
  while (begin > 0 && pieces[begin].breaks == 0) {
    --begin;
  }
  std::size_t width = 0;
  for (std::size_t at = begin; at < end; ++at) {
    width += pieces[at].spaces + WidthOf(pieces[at].text);
  }
  return width;
}

bool EndsLine(const Pieces& pieces, std::size_t at) {
  return at > 0 && pieces[at].source_breaks == 0 &&
         (pieces[at].IsLineComment() || at + 1 == pieces.size() ||
          pieces[at + 1].source_breaks > 0);
}

std::string WritePieces(Pieces pieces, std::string_view line_end) {
  BreakAfterLineComments(pieces);
  LineEnds(pieces).Align();
  std::string text;
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    const Piece& piece = pieces[at];
    for (std::size_t i = 0; at > 0 && i < piece.breaks; ++i) {
      text += line_end;
    }
    text.append(at > 0 ? piece.spaces : 0, ' ');
    text += piece.text;
  }
  if (!text.empty()) {
    text += line_end;
  }
  return text;
}

}  // namespace palindrome::format
