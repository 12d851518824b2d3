// What a name in a migration means.
//
// Pure functions but for the engine of the snapshot.
#ifndef PALINDROME_COMPILER_LSP_NAMES_H_
#define PALINDROME_COMPILER_LSP_NAMES_H_

#include <optional>
#include <string>

#include "compiler/diagnostics/kind.h"
#include "compiler/lsp/mentions.h"
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

// A word behind which a table or view is named.
bool AnnouncesRelation(const sql::Token& token);

}  // namespace palindrome::lsp

#endif  // PALINDROME_COMPILER_LSP_NAMES_H_
