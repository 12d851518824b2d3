#include <algorithm>

#include "compiler/format/layout.h"

namespace palindrome::format {
namespace {

bool HasGap(const Pieces& pieces, std::size_t at) {
  return pieces[at].source_breaks > 0 || pieces[at].source_spaces > 0;
}

bool IsPunctuation(const Piece& piece) {
  return piece.kind == sql::TokenKind::kPunctuation;
}

// What an opening parenthesis begins.
enum class Inside : std::uint8_t { kList, kExpression, kType };

class Tidier {
 public:
  Tidier(Pieces& pieces, std::size_t begin, std::size_t end)
      : pieces_(pieces), begin_(begin), end_(end) {}

  void Tidy() {
    for (std::size_t at = begin_ + 1; at < end_; ++at) {
      if (pieces_[at].breaks == 0) {
        pieces_[at].spaces = SpacesBefore(at);
      }
      Follow(at);
    }
  }

 private:
  bool IsWordAt(std::size_t at, std::string_view word) const {
    return at >= begin_ && at < end_ && pieces_[at].IsWord(word);
  }

  Inside InsideOf(std::size_t open) const {
    for (const char* word : {"CHECK", "DEFAULT", "AS"}) {
      if (IsWordAt(open - 1, word)) {
        return Inside::kExpression;
      }
    }
    const bool is_key =
        IsWordAt(open - 1, "KEY") &&
        (IsWordAt(open - 2, "PRIMARY") || IsWordAt(open - 2, "FOREIGN"));
    // The names may have a schema before them.
    const std::size_t before =
        open - begin_ >= 4 && pieces_[open - 2].IsSymbol(".") ? open - 4
                                                              : open - 2;
    const bool is_table =
        open - begin_ >= 2 && !IsPunctuation(pieces_[open - 1]) &&
        (IsWordAt(before, "REFERENCES") || IsWordAt(before, "ON"));
    return is_key || is_table || IsWordAt(open - 1, "UNIQUE") ? Inside::kList
                                                              : Inside::kType;
  }

  std::size_t SpacesBefore(std::size_t at) const {
    const Piece& piece = pieces_[at];
    const Piece& before = pieces_[at - 1];
    const std::size_t kept = HasGap(pieces_, at) ? 1 : 0;
    if (piece.IsComment() || before.IsComment()) {
      return kept;
    }
    if (!open_.empty()) {
      if (open_.back() != Inside::kList) {
        return kept;
      }
      if (piece.IsSymbol(",") || piece.IsSymbol(")") || before.IsSymbol("(")) {
        return 0;
      }
      return before.IsSymbol(",") ? 1 : kept;
    }
    if (piece.IsSymbol("(") && !in_expression_) {
      return InsideOf(at) == Inside::kType ? kept : 1;
    }
    const bool ends_list =
        before.IsSymbol(")") && piece.kind == sql::TokenKind::kWord;
    return ends_list && !in_expression_ ? 1 : kept;
  }

  void Follow(std::size_t at) {
    if (pieces_[at].IsSymbol("(")) {
      open_.push_back(open_.empty() && !in_expression_ ? InsideOf(at)
                                                       : Inside::kExpression);
    } else if (pieces_[at].IsSymbol(")") && !open_.empty()) {
      open_.pop_back();
    }
    // From here on there is nothing but one.
    in_expression_ = in_expression_ || pieces_[at].IsWord("WHERE") ||
                     pieces_[at].IsWord("USING");
  }

  Pieces& pieces_;
  std::size_t begin_;
  std::size_t end_;
  std::vector<Inside> open_;
  bool in_expression_ = false;
};

}  // namespace

void KeepLines(Pieces& pieces, std::size_t begin, std::size_t end,
               std::size_t indent, std::size_t least) {
  // Comments before it on its line stay there.
  std::size_t first = begin;
  while (first > 0 && pieces[first].source_breaks == 0 &&
         pieces[first - 1].IsComment()) {
    --first;
  }
  const auto origin = static_cast<std::ptrdiff_t>(pieces[first].source_column);
  const auto offset = [&](std::size_t at) {
    return static_cast<std::ptrdiff_t>(pieces[at].source_column) - origin;
  };
  std::ptrdiff_t shift = 0;
  for (std::size_t at = begin + 1; at < end; ++at) {
    if (pieces[at].source_breaks > 0) {
      shift = std::max(shift, static_cast<std::ptrdiff_t>(least) - offset(at));
    }
  }
  for (std::size_t at = begin + 1; at < end; ++at) {
    if (pieces[at].source_breaks > 0) {
      Break(pieces[at], indent + static_cast<std::size_t>(offset(at) + shift),
            KeptBreaks(pieces[at]));
    }
  }
}

void KeepSpaces(Pieces& pieces, std::size_t begin, std::size_t end) {
  for (std::size_t at = begin + 1; at < end; ++at) {
    if (pieces[at].breaks == 0) {
      pieces[at].spaces = pieces[at].source_spaces;
    }
  }
}

void SingleSpaces(Pieces& pieces, std::size_t begin, std::size_t end) {
  for (std::size_t at = begin + 1; at < end; ++at) {
    if (pieces[at].breaks == 0) {
      pieces[at].spaces = HasGap(pieces, at) ? 1 : 0;
    }
  }
}

void TidySpaces(Pieces& pieces, std::size_t begin, std::size_t end) {
  Tidier(pieces, begin, end).Tidy();
}

}  // namespace palindrome::format
