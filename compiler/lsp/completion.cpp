#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"

#include "compiler/lsp/names.h"
#include "compiler/lsp/requests.h"

namespace palindrome::lsp {
namespace {

using catalog::ObjectKind;

// CompletionItemKind of the protocol.
enum class ItemKind : std::int64_t {
  kField = 5,
  kInterface = 8,
  kValue = 12,
  kKeyword = 14,
  kReference = 18,
  kStruct = 22,
};

constexpr llvm::StringLiteral kClauses[] = {"REVISION", "REVISES",    "CREATED",
                                            "BRANCH",   "DEPENDS ON", "ALLOW",
                                            "SQUASHES", "DRAFT"};
constexpr llvm::StringLiteral kStatements[] = {
    "CREATE TABLE",     "CREATE INDEX",     "CREATE UNIQUE INDEX",
    "CREATE VIEW",      "CREATE TRIGGER",   "ALTER TABLE",
    "DROP TABLE",       "DROP INDEX",       "DROP VIEW",
    "DROP TRIGGER",     "INSERT INTO",      "UPDATE",
    "DELETE FROM",      "PRESERVE",         "ALLOW",
    "FOR sqlite BEGIN", "PURGE ARCHIVE OF", "END;"};
constexpr llvm::StringLiteral kAlterations[] = {
    "ADD COLUMN",   "DROP COLUMN",    "RENAME COLUMN",   "RENAME TO",
    "ALTER COLUMN", "ADD CONSTRAINT", "DROP CONSTRAINT", "RENAME CONSTRAINT"};
constexpr llvm::StringLiteral kKeywords[] = {
#define PALINDROME_SQL_KEYWORD(Word) #Word,
#define PALINDROME_SQL_RESERVED(Word) #Word,
#include "runtime/src/sql_keywords.def"
};
#undef PALINDROME_SQL_KEYWORD
#undef PALINDROME_SQL_RESERVED

class Completer {
 public:
  Completer(const View& view, std::uint32_t offset)
      : view_(view), offset_(offset), at_(view.TokenBehind(offset)) {
    // Of a word that is being typed, what is before it counts.
    const sql::Token& token = view.tokens()[at_];
    in_token_ = token.offset < offset && !IsPunctuation(token);
    if (token.offset < offset && !in_token_) {
      ++at_;
    }
  }

  llvm::json::Array Complete() {
    if (view_.IsInComment(offset_)) {
      return {};
    }
    if (BeforeIs(1, "ALLOW") || IsInRuleName()) {
      AddRules();
    } else if (view_.IsInHeader(offset_)) {
      CompleteHeader();
    } else if (BeforeIs(1, "DOWNGRADE")) {
      AddWords({"BEGIN", "AUTO;"}, "");
    } else if (!IsInString()) {
      CompleteStatement();
    }
    return std::move(items_);
  }

 private:
  static bool IsPunctuation(const sql::Token& token) {
    return token.kind == sql::TokenKind::kPunctuation ||
           token.kind == sql::TokenKind::kEnd;
  }

  // The token that many before the place; null: there is none.
  const sql::Token* Before(std::size_t distance) const {
    return at_ < distance ? nullptr : &view_.tokens()[at_ - distance];
  }
  bool BeforeIs(std::size_t distance, std::string_view text) const {
    const sql::Token* token = Before(distance);
    return token != nullptr && (IsWord(*token, text) || IsSymbol(*token, text));
  }

  bool IsInString() const {
    return in_token_ && view_.tokens()[at_].kind == sql::TokenKind::kString;
  }

  // Behind a quote and what is typed after it, whether the string ends or not.
  bool FollowsQuote() const {
    const std::string_view text = view_.file().text().substr(0, offset_);
    const std::size_t last =
        text.find_last_not_of("abcdefghijklmnopqrstuvwxyz0123456789_");
    return last != std::string_view::npos && text[last] == '\'';
  }

  // `ALLOW drop-col|`
  bool IsInRuleName() const {
    std::size_t distance = 1;
    while (BeforeIs(distance, "-")) {
      distance += 2;
    }
    return distance > 1 && BeforeIs(distance, "ALLOW");
  }

  void Add(llvm::StringRef label, ItemKind kind, const std::string& detail,
           const std::string& rank, const std::string& insert = "") {
    if (!labels_.insert(label.str()).second) {
      return;
    }
    llvm::json::Object item{
        {"label", llvm::json::fixUTF8(label)},
        {"kind", static_cast<std::int64_t>(kind)},
        {"sortText", llvm::json::fixUTF8(rank + label.str())}};
    if (!detail.empty()) {
      item["detail"] = llvm::json::fixUTF8(detail);
    }
    if (!insert.empty() && insert != label) {
      item["insertText"] = llvm::json::fixUTF8(insert);
    }
    items_.push_back(std::move(item));
  }

  void AddWords(llvm::ArrayRef<llvm::StringLiteral> words,
                const std::string& rank) {
    for (const llvm::StringLiteral word : words) {
      Add(word, ItemKind::kKeyword, "", rank);
    }
  }

  void AddRules() {
    for (const diagnostics::KindInfo& info : diagnostics::AllKinds()) {
      if (info.policy == diagnostics::Policy::kOpen && info.meaning.empty()) {
        Add(info.tag, ItemKind::kValue,
            diagnostics::GroupName(info.group).str(), "");
      }
    }
  }

  void CompleteHeader() {
    for (std::size_t distance = 1; Before(distance) != nullptr; ++distance) {
      const sql::Token& token = *Before(distance);
      if (IsWord(token, "REVISES") || IsWord(token, "ON") ||
          IsWord(token, "SQUASHES") || IsWord(token, "TO")) {
        if (distance == 1 || BeforeIs(1, ",") || IsInString()) {
          AddRevisions();
          return;
        }
      }
      if (token.kind == sql::TokenKind::kWord) {
        break;
      }
    }
    if (!IsInString()) {
      AddWords(kClauses, "");
    }
  }

  // What rests on the file's own revision, which cannot rest on it.
  std::set<std::size_t> Descendants(const graph::Graph& graph) const {
    std::vector<std::vector<std::size_t>> children(graph.revisions.size());
    std::vector<std::size_t> pending;
    for (std::size_t i = 0; i < graph.revisions.size(); ++i) {
      const graph::Revision& revision = graph.revisions[i];
      for (const auto* needed : {&revision.parents, &revision.depends_on}) {
        for (const std::size_t parent : *needed) {
          children[parent].push_back(i);
        }
      }
      if (revision.migration.file->name() == view_.file().name()) {
        pending.push_back(i);
      }
    }
    std::set<std::size_t> found;
    while (!pending.empty()) {
      const std::size_t last = pending.back();
      pending.pop_back();
      for (const std::size_t child : children[last]) {
        if (found.insert(child).second) {
          pending.push_back(child);
        }
      }
    }
    return found;
  }

  void AddRevisions() {
    const graph::Graph& graph = *view_.snapshot().graph;
    const std::set<std::size_t> after = Descendants(graph);
    for (std::size_t i = 0; i < graph.revisions.size(); ++i) {
      const graph::Revision& revision = graph.revisions[i];
      if (revision.id.empty() ||
          revision.migration.file->name() == view_.file().name() ||
          after.contains(i)) {
        continue;
      }
      const bool is_head = std::find(graph.heads.begin(), graph.heads.end(),
                                     i) != graph.heads.end();
      Add(revision.id, ItemKind::kReference,
          revision.migration.header.title.value, is_head ? "0" : "1",
          FollowsQuote() ? "" : sql::QuoteString(revision.id));
    }
  }

  // The table, folded, whose columns alone can stand in the parenthesis around
  // the place: of an INSERT, a REFERENCES or an index.
  std::optional<std::string> TableOfList(TokenRange statement) const {
    std::size_t distance = 1;
    while (Before(distance) != nullptr && at_ - distance > statement.begin &&
           (BeforeIs(distance, ",") || IsName(*Before(distance)))) {
      ++distance;
    }
    const sql::Token* name = Before(distance + 1);
    if (!BeforeIs(distance, "(") || name == nullptr || !IsName(*name)) {
      return std::nullopt;
    }
    const bool is_list = BeforeIs(distance + 2, "INTO") ||
                         BeforeIs(distance + 2, "REFERENCES") ||
                         BeforeIs(distance + 2, "ON");
    // `(a |`: a word may follow.
    const bool is_start = BeforeIs(1, "(") || BeforeIs(1, ",");
    return is_list && is_start
               ? std::optional(sql::FoldCase(sql::Unquote(*name)))
               : std::nullopt;
  }

  void CompleteStatement() {
    const sql::Token* before = Before(1);
    if (before == nullptr || IsSymbol(*before, ";") ||
        (IsWord(*before, "BEGIN") && !view_.ItemAround(offset_)) ||
        IsWord(*before, "PRESERVE")) {
      AddWords(kStatements, "");
      return;
    }
    const View::Schemas schemas = view_.SchemasAt(offset_);
    const TokenRange statement =
        view_.StatementAround(in_token_ ? at_ : at_ - 1);
    const std::vector<Mention> mentions = MentionsIn(view_, statement, schemas);
    if (IsSymbol(*before, ".") && Before(2) != nullptr) {
      for (const Mention& each :
           Qualified(sql::Unquote(*Before(2)), mentions)) {
        AddColumns(each);
      }
      return;
    }
    if (const auto table = TableOfList(statement)) {
      for (const Mention& mention : mentions) {
        if (mention.object->key().name == *table) {
          AddColumns(mention);
        }
      }
    } else if (BeforeIs(1, "COLUMN") && BeforeIs(2, "ADD")) {
      return;  // A new name.
    } else if (BeforeIs(1, "COLUMN")) {
      for (const Mention& mention : mentions) {
        AddColumns(mention);
      }
    } else if (BeforeIs(2, "DROP") && BeforeIs(1, "INDEX")) {
      AddObjects(schemas.before, {ObjectKind::kIndex}, "");
    } else if (BeforeIs(2, "DROP") && BeforeIs(1, "TRIGGER")) {
      AddObjects(schemas.before, {ObjectKind::kTrigger}, "");
    } else if (BeforeIs(2, "DROP") && BeforeIs(1, "VIEW")) {
      AddObjects(schemas.before, {ObjectKind::kView}, "");
    } else if (BeforeIs(2, "TABLE") && BeforeIs(3, "ALTER")) {
      AddWords(kAlterations, "");
    } else if (AnnouncesRelation(*before)) {
      AddRelations(schemas.before, "");
    } else {
      for (const Mention& mention : mentions) {
        AddColumns(mention);
      }
      AddRelations(schemas.before, "1");
      AddWords(kKeywords, "2");
    }
  }

  void AddColumns(const Mention& mention) {
    const catalog::Object& object = *mention.object;
    for (const std::string& name : mention.columns) {
      const ast::Column* column = FindColumn(object, name);
      const std::string type =
          column == nullptr || column->type.empty() ? "" : column->type + ", ";
      Add(name, ItemKind::kField, type + object.name(), "0",
          sql::QuoteName(name));
    }
  }

  void AddRelations(const catalog::Catalog& schema, const std::string& rank) {
    AddObjects(
        schema,
        {ObjectKind::kTable, ObjectKind::kVirtualTable, ObjectKind::kView},
        rank);
  }

  void AddObjects(const catalog::Catalog& schema,
                  llvm::ArrayRef<ObjectKind> kinds, const std::string& rank) {
    for (const ObjectKind kind : kinds) {
      for (const std::string& name : schema.Names(kind)) {
        Add(name,
            kind == ObjectKind::kView ? ItemKind::kInterface
                                      : ItemKind::kStruct,
            std::string(ObjectKindName(kind)), rank, sql::QuoteName(name));
      }
    }
  }

  const View& view_;
  std::uint32_t offset_;
  std::size_t at_;  // The token that the place is in, or the next.
  bool in_token_ = false;
  std::set<std::string> labels_;
  llvm::json::Array items_;
};

}  // namespace

llvm::json::Value Completion(const View& view, std::uint32_t offset) {
  return llvm::json::Object{{"isIncomplete", false},
                            {"items", Completer(view, offset).Complete()}};
}

}  // namespace palindrome::lsp
