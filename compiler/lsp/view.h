// A document as it is now, within the history as it was analysed last: what
// stands at a place of it, and what the schema is there.
//
// Made for one request; the snapshot outlives it. One thread.
#ifndef PALINDROME_COMPILER_LSP_VIEW_H_
#define PALINDROME_COMPILER_LSP_VIEW_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "compiler/lex/lex.h"
#include "compiler/lsp/documents.h"
#include "compiler/lsp/snapshot.h"

namespace palindrome::lsp {

// Half-open range of tokens.
struct TokenRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

class View {
 public:
  View(const Document& document, const Snapshot& snapshot);
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  const Snapshot& snapshot() const { return snapshot_; }
  const source::File& file() const { return file_; }
  const ast::Migration& migration() const { return migration_; }
  const std::vector<sql::Token>& tokens() const { return buffer_.tokens; }

  bool IsInHeader(std::uint32_t offset) const;
  bool IsInComment(std::uint32_t offset) const;
  // The token that begins at the place, has it inside, or else ends there. No
  // value: none.
  std::optional<std::size_t> TokenAt(std::uint32_t offset) const;
  // The first token that does not end before the place.
  std::size_t TokenBehind(std::uint32_t offset) const;
  // The statement that could be read there; null: none.
  const ast::Item* ItemAround(std::uint32_t offset) const;
  // That, or what lies between the `;` before the token and the one after it.
  TokenRange StatementAround(std::size_t token) const;

  // The schema before and after the statement at the place: the same between
  // statements, and where it cannot be read.
  struct Schemas {
    catalog::Catalog before;
    catalog::Catalog after;
  };
  Schemas SchemasAt(std::uint32_t offset) const;

 private:
  bool StartsNext(std::size_t begin, std::size_t at) const;
  std::optional<std::size_t> TriggerAround(std::size_t token) const;
  catalog::Catalog SchemaBefore() const;
  Schemas Follow(const ast::Section& section, const catalog::Catalog& start,
                 std::uint32_t offset) const;

  const Snapshot& snapshot_;
  source::File file_;
  lex::TokenBuffer buffer_;
  ast::Migration migration_;
};

bool IsWord(const sql::Token& token, std::string_view word);
bool IsSymbol(const sql::Token& token, std::string_view symbol);
// A word or quoted name.
bool IsName(const sql::Token& token);
std::uint32_t EndOf(const sql::Token& token);

}  // namespace palindrome::lsp

#endif  // PALINDROME_COMPILER_LSP_VIEW_H_
