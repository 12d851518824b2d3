// Reversal: the inverse of each statement, or why it has none; the downgrade
// that is derived from an upgrade; and what a statement loses.
//
// Pure functions of values, for any thread. The inverses follow from the
// catalog before the statement alone.
#ifndef PALINDROME_COMPILER_REVERSAL_REVERSAL_H_
#define PALINDROME_COMPILER_REVERSAL_REVERSAL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/ast/migration.h"
#include "compiler/catalog/simulate.h"

namespace palindrome::reversal {

struct Inverse {
  std::vector<ast::Statement> statements;  // In the order in which they run.
  std::string refusal;  // Why there is none; empty if there is one.
};
Inverse Invert(const ast::Statement& statement, const catalog::Catalog& before);

struct Derived {
  std::vector<ast::Item> items;
  // For each item, the index of the upgrade step that it undoes.
  std::vector<std::size_t> undoes;
  struct Refusal {
    std::size_t step = 0;
    std::string reason;
  };
  std::vector<Refusal> refusals;
};
// The inverses of the upgrade's steps, last first.
Derived Derive(const catalog::Simulation& upgrade);

enum class LossKind : std::uint8_t {
  kDropsTable,
  kDropsColumn,
  kDeletesRows,
  kChangesRows,    // UPDATE, or INSERT with OR REPLACE.
  kAddsRows,       // INSERT: its undo is to delete them.
  kMayRefuseRows,  // A tightening that rows can contradict.
  kConvertsValues,
  kDropsArchive,
};
struct Loss {
  LossKind kind = LossKind::kDropsTable;
  std::string table;
  std::string column;  // Empty: the whole table.
};
// What the statement destroys of, or may refuse of, rows in `before`.
std::vector<Loss> Loses(const ast::Statement& statement,
                        const catalog::Catalog& before);

}  // namespace palindrome::reversal

#endif  // PALINDROME_COMPILER_REVERSAL_REVERSAL_H_
