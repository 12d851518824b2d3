#include <algorithm>
#include <array>
#include <utility>

#include "compiler/format/layout.h"

namespace palindrome::format {
namespace {

// A column or constraint: pieces [begin, end), then its comma, if any.
struct Element {
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool IsConstraint(const Piece& piece) {
  constexpr std::array<std::string_view, 5> kWords = {
      "CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return piece.IsWord(word); });
}

class TablePlacer {
 public:
  TablePlacer(Pieces& pieces, std::size_t begin, std::size_t end,
              std::size_t indent)
      : pieces_(pieces), begin_(begin), end_(end), indent_(indent) {}

  void Place() {
    open_ = begin_;
    while (open_ < end_ && !pieces_[open_].IsSymbol("(")) {
      ++open_;
    }
    close_ = FindClose(pieces_, open_, end_);
    if (close_ == end_) {
      return;
    }
    MoveCommas();
    PlaceAround(begin_ + 1, open_ + 1);
    FindElements();
    if (!PlaceOnOneLine()) {
      PlaceOnLines();
    }
    PlaceAround(close_ + 1, end_);
  }

 private:
  // A comma that begins a line goes before the comments that precede it.
  void MoveCommas() {
    for (std::size_t at = open_ + 1; at < close_; ++at) {
      if (pieces_[at].IsSymbol("(")) {
        at = FindClose(pieces_, at, close_);
      } else if (pieces_[at].IsSymbol(",") && pieces_[at].source_breaks > 0) {
        for (std::size_t to = at; to > open_ && pieces_[to - 1].IsComment();
             --to) {
          std::swap(pieces_[to], pieces_[to - 1]);
        }
        pieces_[at + 1].source_breaks += 1;
      }
    }
  }

  // What is outside of the parentheses, on one line where comments let it.
  void PlaceAround(std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end; ++at) {
      Piece& piece = pieces_[at];
      if (piece.IsComment() && piece.source_breaks > 0) {
        Break(piece, indent_);
        continue;
      }
      const bool is_tight = piece.IsSymbol(",") || piece.IsSymbol(".") ||
                            pieces_[at - 1].IsSymbol(".");
      Space(piece, is_tight ? 0 : 1);
      if (pieces_[at - 1].IsLineComment()) {
        Break(piece, indent_);
      }
    }
  }

  void FindElements() {
    std::size_t begin = open_ + 1;
    for (std::size_t at = begin; at < close_; ++at) {
      if (pieces_[at].IsSymbol("(")) {
        at = FindClose(pieces_, at, close_);
      } else if (pieces_[at].IsSymbol(",")) {
        elements_.push_back({begin, at});
        begin = at + 1;
      }
    }
    elements_.push_back({begin, close_});
  }

  bool PlaceOnOneLine() {
    constexpr std::size_t kMost = 2;
    const bool was_so =
        std::none_of(pieces_.begin() + static_cast<std::ptrdiff_t>(begin_) + 1,
                     pieces_.begin() + static_cast<std::ptrdiff_t>(end_),
                     [](const Piece& piece) {
                       return piece.source_breaks > 0 || piece.IsComment();
                     });
    if (!was_so || elements_.size() > kMost) {
      return false;
    }
    for (const Element& element : elements_) {
      Space(pieces_[element.begin], element.begin == open_ + 1 ? 0 : 1);
      TidySpaces(pieces_, element.begin, element.end);
      Space(pieces_[element.end], 0);
    }
    PlaceAround(close_ + 1, end_);
    return LineWidth(pieces_, begin_, end_) + 1 <= kLineWidth;
  }

  void PlaceOnLines() {
    for (const Element& element : elements_) {
      PlaceElement(element);
      Space(pieces_[element.end], 0);
    }
    Break(pieces_[close_], indent_);
    AlignTypes();
  }

  void PlaceElement(const Element& element) {
    is_first_line_ = element.begin == open_ + 1;
    std::size_t last = element.end;
    while (last > element.begin && pieces_[last - 1].IsComment()) {
      --last;
    }
    const std::size_t first = NextToken(pieces_, element.begin, last);
    PlaceComments(element.begin, first);
    if (first < last) {
      PlaceFirst(element.begin, first);
      KeepLines(pieces_, first, last, indent_ + kIndent, /*least=*/kIndent);
      TidySpaces(pieces_, first, last);
    }
    PlaceComments(std::max(first, last), element.end);
  }

  void PlaceComments(std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end; ++at) {
      const bool follows = EndsLine(pieces_, at) ||
                           (at > open_ + 1 && pieces_[at].source_breaks == 0 &&
                            !pieces_[at - 1].IsSymbol(","));
      if (follows) {
        Space(pieces_[at]);
      } else {
        PlaceLine(at);
      }
    }
  }

  void PlaceFirst(std::size_t begin, std::size_t first) {
    const bool follows_comment = first > begin &&
                                 !pieces_[first - 1].IsLineComment() &&
                                 pieces_[first].source_breaks == 0;
    if (follows_comment) {
      Space(pieces_[first]);
    } else {
      PlaceLine(first);
    }
  }

  void PlaceLine(std::size_t at) {
    const std::size_t breaks = is_first_line_ ? 1 : KeptBreaks(pieces_[at]);
    is_first_line_ = false;
    Break(pieces_[at], indent_ + kIndent, breaks);
  }

  // What follows the names of columns stands in one column.
  void AlignTypes() {
    std::size_t width = 0;
    std::vector<std::size_t> seconds;
    for (const Element& element : elements_) {
      const std::size_t name = NextToken(pieces_, element.begin, element.end);
      const std::size_t second = name + 1;
      if (second >= element.end || IsConstraint(pieces_[name]) ||
          pieces_[name].breaks == 0 || pieces_[second].breaks > 0 ||
          pieces_[second].IsComment()) {
        continue;
      }
      width = std::max(width, WidthOf(pieces_[name].text));
      seconds.push_back(second);
    }
    for (const std::size_t second : seconds) {
      pieces_[second].spaces = width + 1 - WidthOf(pieces_[second - 1].text);
    }
  }

  Pieces& pieces_;
  std::size_t begin_;
  std::size_t end_;
  std::size_t indent_;
  std::size_t open_ = 0;
  std::size_t close_ = 0;
  std::vector<Element> elements_;
  bool is_first_line_ = false;  // Nothing stands within the parentheses yet.
};

}  // namespace

void PlaceTable(Pieces& pieces, std::size_t begin, std::size_t end,
                std::size_t indent) {
  TablePlacer(pieces, begin, end, indent).Place();
}

}  // namespace palindrome::format
