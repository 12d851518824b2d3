#include "compiler/lsp/view.h"

#include <algorithm>
#include <limits>

#include "compiler/parse/parse.h"

namespace palindrome::lsp {
namespace {

lex::TokenBuffer LexQuietly(const source::File& file) {
  diagnostics::Emitter ignored;
  return lex::Lex(file, ignored);
}

ast::Migration ParseQuietly(const source::File& file) {
  diagnostics::Emitter ignored;
  return parse::ParseMigration(file, ignored);
}

// The index of the revision that the file is; no value: it is none, or not
// when the folder was analysed.
std::optional<std::size_t> RevisionOf(const Snapshot& snapshot,
                                      std::string_view path) {
  const auto& revisions = snapshot.graph->revisions;
  for (std::size_t i = 0; i < revisions.size(); ++i) {
    if (revisions[i].migration.file->name() == path) {
      return i;
    }
  }
  return std::nullopt;
}

}  // namespace

bool IsWord(const sql::Token& token, std::string_view word) {
  return token.kind == sql::TokenKind::kWord &&
         sql::EqualsIgnoringCase(token.spelling, word);
}

bool IsSymbol(const sql::Token& token, std::string_view symbol) {
  return token.kind == sql::TokenKind::kPunctuation && token.spelling == symbol;
}

bool IsName(const sql::Token& token) {
  return token.kind == sql::TokenKind::kWord ||
         token.kind == sql::TokenKind::kQuotedName;
}

std::uint32_t EndOf(const sql::Token& token) {
  return token.offset + static_cast<std::uint32_t>(token.spelling.size());
}

View::View(const Document& document, const Snapshot& snapshot)
    : snapshot_(snapshot),
      file_(document.path, document.text),
      buffer_(LexQuietly(file_)),
      migration_(ParseQuietly(file_)) {}

bool View::IsInHeader(std::uint32_t offset) const {
  const auto end = std::find_if(
      tokens().begin(), tokens().end(), [](const sql::Token& token) {
        return IsSymbol(token, ";") || IsWord(token, "UPGRADE");
      });
  return end == tokens().end() || offset <= end->offset;
}

bool View::IsInComment(std::uint32_t offset) const {
  return std::any_of(buffer_.comments.begin(), buffer_.comments.end(),
                     [&](const lex::Comment& comment) {
                       return comment.range.begin < offset &&
                              offset <= comment.range.end;
                     });
}

std::size_t View::TokenBehind(std::uint32_t offset) const {
  const auto found = std::find_if(
      tokens().begin(), tokens().end() - 1,
      [&](const sql::Token& token) { return EndOf(token) >= offset; });
  return static_cast<std::size_t>(found - tokens().begin());
}

std::optional<std::size_t> View::TokenAt(std::uint32_t offset) const {
  const std::size_t first = TokenBehind(offset);
  std::optional<std::size_t> found;
  for (std::size_t at = first; at + 1 < tokens().size() && at < first + 2;
       ++at) {
    const sql::Token& token = tokens()[at];
    // Of two that touch the place, a name or string is meant.
    if (token.offset <= offset && offset <= EndOf(token) &&
        (!found || token.kind != sql::TokenKind::kPunctuation)) {
      found = at;
    }
  }
  return found;
}

const ast::Item* View::ItemAround(std::uint32_t offset) const {
  for (const ast::Section* section :
       {&migration_.upgrade,
        migration_.downgrade ? &*migration_.downgrade : nullptr}) {
    for (std::size_t i = 0; section != nullptr && i < section->items.size();
         ++i) {
      const source::Range range = section->items[i].statement.range;
      if (range.begin <= offset && offset <= range.end) {
        return &section->items[i];
      }
    }
  }
  return nullptr;
}

// A statement that is being written has no `;` yet: the next one begins on a
// line of its own.
bool View::StartsNext(std::size_t begin, std::size_t at) const {
  const std::string_view before = file_.text().substr(0, tokens()[at].offset);
  const std::size_t last = before.find_last_not_of(" \t\r");
  const bool starts_line =
      last == std::string_view::npos || before[last] == '\n';
  const auto is_one_of = [&](std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(), [&](const char* word) {
      return IsWord(tokens()[at], word);
    });
  };
  if (!starts_line || IsWord(tokens()[begin], "WITH")) {
    return false;
  }
  for (std::size_t i = begin; i < at; ++i) {
    if (IsWord(tokens()[i], "TRIGGER")) {
      return false;  // It may hold others.
    }
  }
  return is_one_of({"CREATE", "ALTER", "DROP", "INSERT", "DELETE", "REPLACE",
                    "PRESERVE", "ALLOW", "PURGE", "FOR", "END"}) ||
         (is_one_of({"UPDATE"}) && !IsWord(tokens()[at - 1], "DO"));
}

// The CREATE of the trigger whose body goes on at the token, which is behind a
// `;`; no value: there is none.
std::optional<std::size_t> View::TriggerAround(std::size_t token) const {
  for (std::size_t at = token; at-- > 1;) {
    if (IsSymbol(tokens()[at], ";") && IsWord(tokens()[at - 1], "END")) {
      return std::nullopt;
    }
    if (!IsWord(tokens()[at], "TRIGGER")) {
      continue;
    }
    const bool is_temporary = IsWord(tokens()[at - 1], "TEMP") ||
                              IsWord(tokens()[at - 1], "TEMPORARY");
    const std::size_t create = is_temporary ? at - 2 : at - 1;
    if (IsWord(tokens()[create], "CREATE")) {
      return create;
    }
  }
  return std::nullopt;
}

TokenRange View::StatementAround(std::size_t token) const {
  if (const ast::Item* item = ItemAround(tokens()[token].offset)) {
    const source::Range range = item->statement.range;
    TokenRange own{TokenBehind(range.begin + 1), TokenBehind(range.end) + 1};
    for (std::size_t at = token + 1; at < own.end; ++at) {
      if (StartsNext(own.begin, at)) {
        own.end = at;
      }
    }
    return own;
  }
  const auto ends = [&](std::size_t at) {
    return IsSymbol(tokens()[at], ";") ||
           tokens()[at].kind == sql::TokenKind::kEnd;
  };
  TokenRange range{token, token};
  while (range.begin > 0 && !ends(range.begin - 1)) {
    --range.begin;
  }
  range.begin = TriggerAround(range.begin).value_or(range.begin);
  while (!ends(range.end) &&
         (range.end == token || !StartsNext(range.begin, range.end))) {
    ++range.end;
  }
  return range;
}

catalog::Catalog View::SchemaBefore() const {
  const auto after = [&](std::size_t revision) {
    const catalog::Simulation* upgrade = snapshot_.upgrades[revision];
    return upgrade == nullptr ? catalog::Catalog() : upgrade->after;
  };
  const graph::Graph& graph = *snapshot_.graph;
  std::vector<std::size_t> parents;
  for (const auto* texts :
       {&migration_.header.parents, &migration_.header.depends_on}) {
    for (const ast::Text& text : *texts) {
      if (const auto parent = graph.Find(text.value)) {
        parents.push_back(*parent);
      }
    }
  }
  if (parents.size() == 1) {
    return after(parents.front());
  }
  // What several lead to was found out when the folder was analysed.
  const auto own = RevisionOf(snapshot_, file_.name());
  if (own && snapshot_.upgrades[*own] != nullptr) {
    return snapshot_.upgrades[*own]->before;
  }
  return parents.empty() ? catalog::Catalog() : after(parents.front());
}

View::Schemas View::Follow(const ast::Section& section,
                           const catalog::Catalog& start,
                           std::uint32_t offset) const {
  std::vector<ast::Item> items;
  bool is_within = false;
  for (const ast::Item& item : section.items) {
    if (item.statement.range.begin > offset) {
      break;
    }
    items.push_back(item);
    is_within = offset <= item.statement.range.end;
  }
  const catalog::Simulation simulation =
      catalog::Simulate(items, &file_, start, *snapshot_.engine);
  const catalog::Catalog& after =
      simulation.steps.empty() ? start : simulation.steps.back().after;
  return {is_within && !simulation.steps.empty()
              ? simulation.steps.back().before
              : after,
          after};
}

View::Schemas View::SchemasAt(std::uint32_t offset) const {
  const catalog::Catalog before = SchemaBefore();
  const bool in_downgrade =
      migration_.downgrade && migration_.downgrade->keyword.begin <= offset;
  if (!in_downgrade) {
    return Follow(migration_.upgrade, before, offset);
  }
  const catalog::Catalog after =
      Follow(migration_.upgrade, before,
             std::numeric_limits<std::uint32_t>::max())
          .after;
  return Follow(*migration_.downgrade, after, offset);
}

}  // namespace palindrome::lsp
