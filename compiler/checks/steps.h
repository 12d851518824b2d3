// What rules ask of the steps of a section: which table or column a name means,
// whether it was there before the file, and what a statement writes.
//
// Pure functions of values, for any thread. Names are compared without regard
// to ASCII case; names that are returned are folded.
#ifndef PALINDROME_COMPILER_CHECKS_STEPS_H_
#define PALINDROME_COMPILER_CHECKS_STEPS_H_

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/catalog/effects.h"
#include "compiler/catalog/simulate.h"
#include "compiler/checks/context.h"

namespace palindrome::checks {

using catalog::Effects;

// The statement of the step, if it is of that kind and applies.
template <typename Node>
const Node* As(const catalog::Step& step) {
  return step.applies ? std::get_if<Node>(&step.item->statement.node) : nullptr;
}

// An INSERT, UPDATE or DELETE that applies.
bool IsData(const catalog::Step& step);
// What the section leaves otherwise than it found it, but archives. What it
// makes again as it was, or drops again, is none of it.
std::set<catalog::Key> ChangedObjects(const catalog::Simulation& section);

// Where the statement of an upgrade step stands.
source::Location LocationOf(const MigrationContext& context,
                            const catalog::Step& step);

// Whether a PRESERVE keeps what the statement destroys of the table.
bool IsPreserved(const catalog::Step& step, std::string_view table);

// What that which is called so before step `step` was called before the
// section, folded. No value for what the section created, and for names that
// mean no table or no column.
std::optional<std::string> OldName(const catalog::Simulation& section,
                                   std::size_t step, std::string_view table);
std::optional<catalog::Use> OldName(const catalog::Simulation& section,
                                    std::size_t step,
                                    const catalog::Use& column);
// Whether there is such a name.
bool IsOldTable(const catalog::Simulation& section, std::size_t step,
                std::string_view table);
bool IsOldColumn(const catalog::Simulation& section, std::size_t step,
                 std::string_view table, std::string_view column);

// Names at the end of the section that something else had before it: columns
// and (with an empty one) tables that exchange their names.
std::vector<catalog::Use> ExchangedNames(const catalog::Simulation& section);

// The names of the table called `table` before step `step`, from the beginning
// of the section to its end.
std::set<std::string> NamesOf(const catalog::Simulation& section,
                              std::size_t step, std::string_view table);
// The same of a column, each with the name of its table at the time.
std::set<catalog::Use> NamesOfColumn(const catalog::Simulation& section,
                                     std::size_t step,
                                     const catalog::Use& column);

bool Updates(const Effects& effects, std::string_view table);
bool Updates(const Effects& effects, std::string_view table,
             std::string_view column);
bool Inserts(const Effects& effects, std::string_view table);
bool Deletes(const Effects& effects, std::string_view table);
bool Reads(const catalog::Access& access, std::string_view table,
           std::string_view column);

// The columns whose values the table keeps: not the generated ones.
std::vector<std::string> StoredColumns(const ast::Table& table);
// Null if there is none.
const ast::Column* FindColumn(const ast::Table& table, std::string_view name);

// True if one of the words stands among the statement's tokens.
bool HasWord(const ast::Statement& statement,
             const std::set<std::string>& folded_words);

// "`a`", "`a` and `b`", "`a`, `b` and `c`".
std::string QuotedList(const std::vector<std::string>& names);

}  // namespace palindrome::checks

#endif  // PALINDROME_COMPILER_CHECKS_STEPS_H_
