// What a name in a migration means.
//
// Pure functions but for the engine of the snapshot.
#ifndef PALINDROME_COMPILER_LSP_NAMES_H_
#define PALINDROME_COMPILER_LSP_NAMES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/kind.h"
#include "compiler/lsp/view.h"

namespace palindrome::lsp {

// The object, revision or rule at a place; at most one of the three.
struct Meaning {
  source::Range range;
  catalog::ObjectPtr object;
  std::string column;  // Of the table or view; empty: the object itself.
  const graph::Revision* revision = nullptr;
  std::optional<diagnostics::Kind> rule;
};

// No value: nothing that is known.
std::optional<Meaning> MeaningAt(const View& view, std::uint32_t offset);

// A table or view that a statement mentions, and what it calls it.
struct Mention {
  catalog::ObjectPtr object;
  std::string alias;  // Folded; or empty.
};
std::vector<Mention> MentionsIn(const View& view, TokenRange statement,
                                const View::Schemas& schemas);
// Those that `name`, which has a dot behind it, may stand for.
std::vector<catalog::ObjectPtr> Qualified(std::string_view name,
                                          const std::vector<Mention>& mentions);

// A word behind which a table or view is named.
bool AnnouncesRelation(const sql::Token& token);

// As they are written.
std::vector<std::string> ColumnsOf(const catalog::Object& object);
const ast::Column* FindColumn(const catalog::Object& object,
                              std::string_view name);

}  // namespace palindrome::lsp

#endif  // PALINDROME_COMPILER_LSP_NAMES_H_
