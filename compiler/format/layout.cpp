#include "compiler/format/layout.h"

#include <algorithm>
#include <array>

namespace palindrome::format {
namespace {

constexpr std::string_view kClauseWords[] = {
#define PALINDROME_HEADER_CLAUSE(Name, Word) Word,
#include "compiler/parse/header_clauses.def"
};
// Of the clauses that every header has: their values stand in one column.
constexpr std::size_t kValueColumn = 9;

bool IsClause(const Piece& piece) {
  return std::any_of(std::begin(kClauseWords), std::end(kClauseWords),
                     [&](std::string_view word) { return piece.IsWord(word); });
}

// Whether the piece goes on with the name of a rule, `a-b`, which is written
// without spaces.
bool IsInRuleName(const Pieces& pieces, std::size_t at) {
  return pieces[at - 1].range.end == pieces[at].range.begin &&
         (pieces[at].IsSymbol("-") || pieces[at - 1].IsSymbol("-"));
}

}  // namespace

std::size_t KeptBreaks(const Piece& piece) {
  return std::clamp<std::size_t>(piece.source_breaks, 1, 2);
}

void Break(Piece& piece, std::size_t indent, std::size_t breaks) {
  piece.breaks = breaks;
  piece.spaces = indent;
}

void Space(Piece& piece, std::size_t spaces) {
  piece.breaks = 0;
  piece.spaces = spaces;
}

std::size_t NextToken(const Pieces& pieces, std::size_t at, std::size_t end) {
  while (at < end && pieces[at].IsComment()) {
    ++at;
  }
  return at;
}

std::size_t FindClose(const Pieces& pieces, std::size_t open, std::size_t end) {
  std::size_t depth = 0;
  for (std::size_t at = open; at < end; ++at) {
    if (pieces[at].IsSymbol("(")) {
      ++depth;
    } else if (pieces[at].IsSymbol(")") && --depth == 0) {
      return at;
    }
  }
  return end;
}

Layout::Layout(const ast::Migration& migration, Pieces& pieces)
    : pieces_(pieces) {
  const auto add = [&](const ast::Section& section) {
    for (const ast::Item& item : section.items) {
      items_[item.statement.range.begin] = &item;
    }
  };
  add(migration.upgrade);
  if (migration.downgrade) {
    add(*migration.downgrade);
  }
}

bool Layout::Place() {
  if (!PlaceHeader()) {
    return false;
  }
  while (NextToken(pieces_, at_, pieces_.size()) < pieces_.size()) {
    if (!PlaceSection()) {
      return false;
    }
  }
  std::size_t breaks = 2;
  PlaceComments(/*indent=*/0, breaks);
  return true;
}

void Layout::PlaceComments(std::size_t indent, std::size_t& breaks) {
  for (; !AtEnd() && piece().IsComment(); ++at_) {
    const bool follows_comment =
        at_ > 0 && pieces_[at_ - 1].IsComment() && piece().source_breaks == 0;
    if (EndsLine(pieces_, at_) || follows_comment) {
      Space(pieces_[at_]);
    } else {
      Break(pieces_[at_], indent, breaks == 0 ? KeptBreaks(piece()) : breaks);
      breaks = 0;
    }
  }
}

// After comments, `breaks` of 0: as many as the source has.
void Layout::PlaceLineStart(std::size_t indent, std::size_t breaks) {
  PlaceComments(indent, breaks);
  if (AtEnd()) {
    return;
  }
  const bool follows_comment = at_ > 0 && pieces_[at_ - 1].IsComment() &&
                               !pieces_[at_ - 1].IsLineComment() &&
                               piece().source_breaks == 0;
  if (follows_comment) {
    Space(pieces_[at_]);
  } else {
    Break(pieces_[at_], indent, breaks == 0 ? KeptBreaks(piece()) : breaks);
  }
}

bool Layout::PlaceInner(std::string_view word, std::size_t indent,
                        std::size_t spaces) {
  for (; !AtEnd() && piece().IsComment(); ++at_) {
    if (piece().source_breaks > 0) {
      Break(pieces_[at_], indent);
    } else {
      Space(pieces_[at_]);
    }
  }
  if (AtEnd() ||
      (!word.empty() && !piece().IsWord(word) && !piece().IsSymbol(word))) {
    return false;
  }
  if (at_ > 0 && pieces_[at_ - 1].IsLineComment()) {
    Break(pieces_[at_], indent);
  } else {
    Space(pieces_[at_], spaces);
  }
  ++at_;
  return true;
}

bool Layout::PlaceHeader() {
  PlaceLineStart(/*indent=*/0, /*breaks=*/0);
  if (AtEnd() || !piece().IsWord("MIGRATION")) {
    return false;
  }
  ++at_;
  if (!PlaceInner("", kIndent)) {
    return false;
  }
  const auto is_semicolon = [](const Piece& each) {
    return each.IsSymbol(";");
  };
  const auto semicolon =
      std::find_if(pieces_.begin() + static_cast<std::ptrdiff_t>(at_),
                   pieces_.end(), is_semicolon);
  const auto end = static_cast<std::size_t>(semicolon - pieces_.begin());
  while (NextToken(pieces_, at_, end) < end) {
    PlaceClause(end);
  }
  return PlaceSemicolon(kIndent);
}

void Layout::PlaceClause(std::size_t end) {
  PlaceLineStart(kIndent, /*breaks=*/1);
  if (piece().IsWord("ALLOW")) {
    PlaceAllow(end);
    return;
  }
  const std::size_t begin = at_++;
  const bool has_column =
      pieces_[begin].IsWord("REVISION") || pieces_[begin].IsWord("REVISES") ||
      pieces_[begin].IsWord("CREATED") || pieces_[begin].IsWord("BRANCH");
  for (std::size_t next = NextToken(pieces_, at_, end);
       next < end && !IsClause(pieces_[next]);
       next = NextToken(pieces_, at_, end)) {
    std::size_t spaces = pieces_[next].IsSymbol(",") ? 0 : 1;
    if (has_column && at_ == begin + 1 && next == at_) {
      spaces = kValueColumn - pieces_[begin].text.size();
    }
    PlaceInner("", 2 * kIndent, spaces);
    if (pieces_[next].IsWord("APPROVED")) {
      Break(pieces_[next], 2 * kIndent);
    }
  }
}

// ALLOW, which stands already, to its reason; it need not have one.
void Layout::PlaceAllow(std::size_t end) {
  const std::size_t begin = at_++;
  const std::size_t indent = pieces_[begin].spaces;
  PlaceInner("", indent + kIndent);
  // A rule's name may hold the words of clauses.
  while (at_ < end && IsInRuleName(pieces_, at_)) {
    PlaceInner("", indent + kIndent, /*spaces=*/0);
  }
  const std::size_t because = NextToken(pieces_, at_, end);
  if (because == end || !pieces_[because].IsWord("BECAUSE")) {
    return;
  }
  PlaceInner("BECAUSE", indent + kIndent);
  PlaceInner("", indent + kIndent);
  const bool is_bare =
      std::none_of(pieces_.begin() + static_cast<std::ptrdiff_t>(begin),
                   pieces_.begin() + static_cast<std::ptrdiff_t>(at_),
                   [](const Piece& each) { return each.IsComment(); });
  if (is_bare && LineWidth(pieces_, begin, at_) + 1 > kLineWidth) {
    Break(pieces_[because], indent + kIndent);
  }
}

bool Layout::PlaceSection() {
  PlaceLineStart(/*indent=*/0, /*breaks=*/2);
  ++at_;
  const std::size_t next = NextToken(pieces_, at_, pieces_.size());
  if (next < pieces_.size() && pieces_[next].IsWord("AUTO")) {
    return PlaceInner("AUTO", kIndent) && PlaceSemicolon(kIndent);
  }
  return PlaceInner("BEGIN", kIndent) && PlaceBlock(kIndent) &&
         PlaceSemicolon(kIndent);
}

// From behind BEGIN to END.
bool Layout::PlaceBlock(std::size_t indent) {
  std::size_t breaks = 1;
  for (;;) {
    PlaceComments(indent, breaks);
    if (AtEnd()) {
      return false;
    }
    if (piece().IsWord("END")) {
      Break(pieces_[at_], indent - kIndent);
      ++at_;
      return true;
    }
    PlaceLineStart(indent, breaks);
    breaks = 0;
    if (!PlaceItem(indent)) {
      return false;
    }
  }
}

bool Layout::PlaceItem(std::size_t indent) {
  if (piece().IsSymbol(";")) {
    ++at_;  // An empty statement.
    return true;
  }
  if (piece().IsWord("ALLOW")) {
    PlaceAllow(pieces_.size());
    return PlaceSemicolon(indent + kIndent);
  }
  if (piece().IsWord("FOR")) {
    return PlaceFor(indent);
  }
  return PlaceItemStatement(indent);
}

bool Layout::PlaceFor(std::size_t indent) {
  ++at_;
  return PlaceInner("", indent) && PlaceInner("BEGIN", indent) &&
         PlaceBlock(indent + kIndent) && PlaceSemicolon(indent);
}

bool Layout::PlaceItemStatement(std::size_t indent) {
  const std::size_t begin = at_;
  std::size_t first = begin;
  if (piece().IsWord("PRESERVE") && items_.count(piece().range.begin) == 0) {
    first = NextToken(pieces_, begin + 1, pieces_.size());
  }
  const auto item = first < pieces_.size()
                        ? items_.find(pieces_[first].range.begin)
                        : items_.end();
  if (item == items_.end()) {
    return false;
  }
  const ast::Statement& statement = item->second->statement;
  while (!AtEnd() && piece().range.begin < statement.range.end) {
    ++at_;
  }
  PlaceStatement(statement, pieces_, begin, at_, indent);
  return PlaceSemicolon(indent);
}

}  // namespace palindrome::format
