#include <algorithm>
#include <variant>

#include "compiler/format/layout.h"

namespace palindrome::format {
namespace {

bool HasLines(const Pieces& pieces, std::size_t begin, std::size_t end) {
  return std::any_of(pieces.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
                     pieces.begin() + static_cast<std::ptrdiff_t>(end),
                     [](const Piece& piece) {
                       return piece.source_breaks > 0 || piece.IsLineComment();
                     });
}

// What a schema statement is about: one that is too long for a line is broken
// behind it. Null: that is not so easy.
struct HeadFinder {
  template <typename Node>
  const ast::Name* operator()(const Node& node) const {
    if constexpr (requires { node.index.parts; }) {
      return &node.index.name;
    } else if constexpr (requires { node.table.range; } &&
                         (
                             requires { node.column; } ||
                             requires { node.constraint; } ||
                             requires { node.to; })) {
      return &node.table;
    } else {
      return nullptr;
    }
  }
};

const ast::Name* FindHead(const ast::Statement& statement) {
  return std::visit(HeadFinder{}, statement.node);
}

// The first piece at or behind `offset`.
std::size_t FindPiece(const Pieces& pieces, std::size_t begin, std::size_t end,
                      std::uint32_t offset) {
  std::size_t at = begin;
  while (at < end && pieces[at].range.begin < offset) {
    ++at;
  }
  return at;
}

// Breaks a statement on one line that is too long for it, where that is easy.
void BreakLong(const ast::Statement& statement, Pieces& pieces,
               std::size_t begin, std::size_t end, std::size_t indent) {
  if (LineWidth(pieces, begin, end) + 1 <= kLineWidth) {
    return;
  }
  if (const auto* view = std::get_if<ast::CreateView>(&statement.node)) {
    const std::size_t body = FindPiece(
        pieces, begin, end, view->view.body.tokens.front().range.begin);
    Break(pieces[body], indent + kIndent);
  } else if (const ast::Name* head = FindHead(statement)) {
    const std::size_t rest = FindPiece(pieces, begin, end, head->range.end);
    if (rest < end) {
      Break(pieces[rest], indent + kIndent);
    }
  }
}

// A trigger on one line gets one for each statement of its body.
void BreakTrigger(const ast::Trigger& trigger, Pieces& pieces,
                  std::size_t begin, std::size_t end, std::size_t indent) {
  const auto& body = trigger.body.tokens;
  const std::size_t open =
      FindPiece(pieces, begin, end, body.front().range.begin);
  const std::size_t close =
      FindPiece(pieces, begin, end, body.back().range.begin);
  for (std::size_t at = open + 1; at <= close && at < end; ++at) {
    const bool starts = at == open + 1 || pieces[at - 1].IsSymbol(";");
    // Where nothing stands between two tokens, nothing is put.
    if (starts && pieces[at].source_spaces > 0) {
      Break(pieces[at], at == close ? indent : indent + kIndent);
    }
  }
}

}  // namespace

void PlaceStatement(const ast::Statement& statement, Pieces& pieces,
                    std::size_t begin, std::size_t end, std::size_t indent) {
  if (statement.kind() == ast::StatementKind::kCreateTable) {
    PlaceTable(pieces, begin, end, indent);
    return;
  }
  const bool has_lines = HasLines(pieces, begin, end);
  KeepLines(pieces, begin, end, indent, /*least=*/0);
  if (FindHead(statement) != nullptr) {
    TidySpaces(pieces, begin, end);
  } else if (has_lines && !ast::IsSchemaStatement(statement.kind())) {
    KeepSpaces(pieces, begin, end);  // They may align what is below each other.
  } else {
    SingleSpaces(pieces, begin, end);
  }
  if (has_lines) {
    return;
  }
  if (const auto* trigger = std::get_if<ast::CreateTrigger>(&statement.node)) {
    BreakTrigger(trigger->trigger, pieces, begin, end, indent);
  } else {
    BreakLong(statement, pieces, begin, end, indent);
  }
}

}  // namespace palindrome::format
