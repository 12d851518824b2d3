#include <optional>
#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"

#include "compiler/lsp/positions.h"
#include "compiler/lsp/requests.h"
#include "compiler/lsp/uri.h"

namespace palindrome::lsp {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Kind;

// Replaces `range` of the document by `text`.
struct Edit {
  source::Range range;
  std::string text;
};

struct Action {
  std::string title;
  Edit edit;
  bool is_preferred = false;
};

// The names in backticks.
std::vector<llvm::StringRef> NamesIn(llvm::StringRef message) {
  llvm::SmallVector<llvm::StringRef> parts;
  message.split(parts, '`');
  std::vector<llvm::StringRef> names;
  for (std::size_t i = 1; i + 1 < parts.size(); i += 2) {
    names.push_back(parts[i]);
  }
  return names;
}

// The one token within the range that has one of the names.
std::optional<sql::Token> FindToken(const source::File& file,
                                    source::Range range,
                                    const std::vector<llvm::StringRef>& names) {
  std::optional<sql::Token> found;
  for (std::uint32_t at = range.begin; at < range.end;) {
    const sql::Token token = sql::NextToken(file.text(), at);
    at = EndOf(token);
    if (token.kind == sql::TokenKind::kEnd || at > range.end) {
      break;
    }
    for (const llvm::StringRef name : names) {
      if (name == sql::Unquote(token)) {
        if (found) {
          return std::nullopt;
        }
        found = token;
        break;
      }
    }
  }
  return found;
}

// As `token` spells what it says: `name` in its place.
std::string Respell(const sql::Token& token, const std::string& name,
                    Kind kind) {
  switch (token.kind) {
    case sql::TokenKind::kString:
      return sql::QuoteString(name);
    case sql::TokenKind::kQuotedName:
      return sql::QuoteName(name);
    default:
      return kind == Kind::kUnknownObject ? sql::QuoteName(name) : name;
  }
}

// "…; did you mean `x`?"
std::optional<Action> Meant(const Diagnostic& finding,
                            const source::File& file) {
  constexpr llvm::StringLiteral kQuestion("did you mean `");
  const auto [before, after] =
      llvm::StringRef(finding.message).split(kQuestion);
  const std::size_t end = after.find("`?");
  if (end == llvm::StringRef::npos) {
    return std::nullopt;
  }
  const std::string name = after.substr(0, end).str();
  const std::string title = "change to `" + name + "`";
  const source::Range range = finding.location.range;
  if (finding.kind == Kind::kUnknownRule) {
    return Action{title, {range, name}, /*is_preferred=*/true};
  }
  const auto token = FindToken(file, range, NamesIn(before));
  if (!token) {
    return std::nullopt;
  }
  return Action{
      title,
      {{token->offset, EndOf(*token)}, Respell(*token, name, finding.kind)},
      /*is_preferred=*/true};
}

std::optional<source::Range> ItemAt(const ast::Migration& migration,
                                    source::Range place) {
  for (const ast::Section* section :
       {&migration.upgrade,
        migration.downgrade ? &*migration.downgrade : nullptr}) {
    for (std::size_t i = 0; section != nullptr && i < section->items.size();
         ++i) {
      const ast::Item& item = section->items[i];
      const bool has_for = item.for_block.begin < item.for_block.end;
      source::Range range = has_for ? item.for_block : item.statement.range;
      if (!has_for && item.preserve.begin < item.preserve.end) {
        range.begin = item.preserve.begin;
      }
      if (range.begin <= place.begin && place.begin < range.end) {
        return range;
      }
    }
  }
  return std::nullopt;
}

// The white space before the place on its line.
std::string IndentAt(std::string_view text, std::uint32_t offset) {
  const std::size_t line = text.rfind('\n', offset);
  const std::size_t begin =
      line == std::string_view::npos || offset == 0 ? 0 : line + 1;
  const std::string_view indent = text.substr(begin, offset - begin);
  return indent.find_first_not_of(" \t") == std::string_view::npos
             ? std::string(indent)
             : "  ";
}

// ALLOW before the item, or in the header; the reason is the author's to give.
std::optional<Action> Signed(const Diagnostic& finding,
                             const ast::Migration& migration) {
  const diagnostics::KindInfo& info = diagnostics::Info(finding.kind);
  if (info.policy != diagnostics::Policy::kOpen || !info.meaning.empty()) {
    return std::nullopt;
  }
  const std::string allow = "ALLOW " + info.tag.str() + " BECAUSE ''";
  const std::string title = "allow `" + info.tag.str() + "` here";
  if (const auto item = ItemAt(migration, finding.location.range)) {
    const std::string indent = IndentAt(migration.file->text(), item->begin);
    return Action{title, {{item->begin, item->begin}, allow + ";\n" + indent}};
  }
  const source::Range header = migration.header.range;
  if (!migration.header_ok || header.end == 0) {
    return std::nullopt;
  }
  return Action{title, {{header.end - 1, header.end - 1}, "\n  " + allow}};
}

// The downgrade that follows from the upgrade, in place of a wrong one.
std::optional<Action> Derived(const Diagnostic& finding,
                              const ast::Migration& migration,
                              const Snapshot& snapshot) {
  const auto found = snapshot.downgrades.find(migration.file);
  if (found == snapshot.downgrades.end() ||
      (finding.kind != Kind::kMissingDowngrade &&
       finding.kind != Kind::kDowngradeDoesNotApply &&
       finding.kind != Kind::kDowngradeSchemaMismatch)) {
    return std::nullopt;
  }
  const std::string title = "write the downgrade that follows from the upgrade";
  if (migration.downgrade) {
    // The section's text ends in its `;`, which its range may lack.
    source::Range range = migration.downgrade->range;
    range.begin = migration.downgrade->keyword.begin;
    const bool has_end =
        range.end > 0 && migration.file->text()[range.end - 1] == ';';
    llvm::StringRef text(found->second);
    text = text.trim('\n');
    if (!has_end) {
      text.consume_back(";");
    }
    return Action{title, {range, text.str()}};
  }
  const auto end = static_cast<std::uint32_t>(migration.file->text().size());
  return Action{title, {{end, end}, "\n" + found->second}};
}

const ast::Migration* FindMigration(const graph::Graph& graph,
                                    std::string_view path) {
  for (const graph::Revision* revision : graph.All()) {
    if (revision->migration.file->name() == path) {
      return &revision->migration;
    }
  }
  return nullptr;
}

llvm::json::Value Json(const Action& action, const Diagnostic& finding,
                       const source::File& file, const std::string& uri) {
  llvm::json::Object changes;
  changes[uri] = llvm::json::Array{
      llvm::json::Object{{"range", JsonRange(file, action.edit.range)},
                         {"newText", llvm::json::fixUTF8(action.edit.text)}}};
  llvm::json::Object json{
      {"title", llvm::json::fixUTF8(action.title)},
      {"kind", "quickfix"},
      {"diagnostics", llvm::json::Array{JsonFinding(finding, file)}},
      {"edit", llvm::json::Object{{"changes", std::move(changes)}}}};
  if (action.is_preferred) {
    json["isPreferred"] = true;
  }
  return json;
}

}  // namespace

llvm::json::Value CodeActions(const Document& document,
                              const Snapshot& snapshot, source::Range range) {
  llvm::json::Array actions;
  const ast::Migration* migration =
      FindMigration(*snapshot.graph, document.path);
  if (migration == nullptr) {
    return actions;
  }
  const source::File& file = *migration->file;
  for (const Diagnostic& finding : *snapshot.findings) {
    const source::Range place = finding.location.range;
    if (finding.location.file != &file || place.end < range.begin ||
        range.end < place.begin) {
      continue;
    }
    for (const auto& action :
         {Meant(finding, file), Derived(finding, *migration, snapshot),
          Signed(finding, *migration)}) {
      if (action) {
        actions.push_back(Json(*action, finding, file, document.uri));
      }
    }
  }
  return actions;
}

}  // namespace palindrome::lsp
