// Rehearsal: runs a migration up, down and up again on a private in-memory
// engine, and compares what the engine has become with what the compiler
// expects.
//
// One task is one migration on its slice of the catalog. Tasks are independent:
// any thread may run one. Results are values. The database is cut off from
// files, extensions and pragmas by an authorizer, and runs with foreign keys
// off, as the runtime does.
#ifndef PALINDROME_COMPILER_REHEARSE_REHEARSE_H_
#define PALINDROME_COMPILER_REHEARSE_REHEARSE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/catalog/engine.h"
#include "compiler/catalog/simulate.h"
#include "compiler/catalog/slice.h"
#include "compiler/lower/program.h"
#include "compiler/rehearse/result.h"
#include "compiler/rehearse/row_values.h"

namespace palindrome::rehearse {

// Functions (with their number of arguments; -1: any) and collations of the
// application that palindrome.toml declares.
struct StandIns {
  std::vector<std::pair<std::string, int>> functions;
  std::vector<std::string> collations;
};

// What is in a database.
struct Contents {
  std::vector<catalog::EngineObject> objects;
  std::vector<std::string> rows;  // An INSERT statement each.

  bool operator==(const Contents&) const = default;
};

// What each step of a program is to change, by its number.
using StepChanges =
    std::map<std::size_t, std::vector<catalog::Catalog::Change>>;
StepChanges ChangesOf(const catalog::Simulation& simulation);

// INSERT statements, shared by the tasks of a history.
using Inserts = std::shared_ptr<const std::vector<std::string>>;

struct Task {
  // What distinguishes the values of this migration's rows from another's.
  std::uint64_t seed = 0;
  bool with_rows = true;
  Literals literals;  // Of the migration's statements.
  // What the history before it, and it, put into the tables of the slices.
  std::vector<Inserts> rows_before;
  std::vector<Inserts> rows_after;
  catalog::Slice before;
  catalog::Slice after;  // What the compiler expects after the upgrade.
  lower::Program up;
  // No value: the downgrade is not to be run, since it is known to be wrong.
  std::optional<lower::Program> down;
  StepChanges up_changes;
  StepChanges down_changes;
  // Names after the upgrade, folded, that something else had before it: columns
  // and (with an empty one) tables that exchange their names.
  std::vector<catalog::Use> exchanged;
  const StandIns* stand_ins = nullptr;
};

Result Rehearse(const Task& task);

// A table and INSERT statements for its rows.
struct TableInserts {
  std::string table;
  std::vector<std::string> inserts;
};

// The rows of the slice after the upgrade, which runs on `task.rows_before`
// alone. No value if it fails.
std::optional<std::vector<TableInserts>> RunForRows(const Task& task);

}  // namespace palindrome::rehearse

#endif  // PALINDROME_COMPILER_REHEARSE_REHEARSE_H_
