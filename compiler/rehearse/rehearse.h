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
#include "compiler/rehearse/row_values.h"
#include "runtime/src/schema_facts.h"

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
  const StandIns* stand_ins = nullptr;
};

enum class Phase : std::uint8_t {
  kSetUp,  // Building the slice before: a defect of the compiler.
  kUp,
  kDown,
  kUpAgain,
};

struct Failure {
  Phase phase = Phase::kUp;
  std::size_t statement = 0;  // Of the program of that phase.
  catalog::EngineError error;
};

// The first step after which the engine's schema was not the expected one; not
// the last of a program, after which all of it is compared.
struct StepDifference {
  std::size_t step = 0;
  SchemaDifference difference;
};

// A value that is another one than it was.
struct RowChange {
  std::string table;
  std::string column;  // Empty: the row as a whole.
  std::string row;     // "id = 1".
  // As SQL literals. Of a row as a whole: empty if it is not there.
  std::string before;
  std::string after;
  bool at_limits = false;  // Only where a type's last values are.
};

// Rows that a program refuses.
struct Refused {
  Failure failure;    // Of the first of them.
  std::string table;  // Its table and values.
  std::string row;
  std::size_t count = 0;
};

struct Result {
  std::optional<Failure> failure;  // What came after it was not run.
  std::optional<StepDifference> in_up;
  std::optional<StepDifference> in_down;
  // Left: the slice built from the compiler's catalog. Right: what the engine
  // became.
  std::vector<SchemaDifference> after_up;
  std::vector<SchemaDifference> after_down;
  std::vector<SchemaDifference> after_up_again;
  // Tables whose columns came back in another order.
  std::vector<std::string> order_not_restored;
  // What up and down did not give back: rows and values that were lost, rows
  // that were left behind. The first of each table and column.
  std::vector<RowChange> rows_not_restored;
  // Rows after the second upgrade that differ from those after the first.
  std::vector<RowChange> rows_otherwise_again;
  // Rows that were there before and fail the upgrade, its downgrade or the
  // second upgrade; the rest is of the rows without them.
  std::optional<Refused> refused;
  // Rows that were written after the upgrade and fail the downgrade.
  std::optional<Refused> refused_later;
  // What the downgrade changed of such rows, in the columns that were there
  // before.
  std::vector<RowChange> changed_later;
  // Tables of the slice before that no row could be made for.
  std::vector<std::string> without_rows;
  // The digests of the objects of `after`, in its order; empty if it could not
  // be built.
  std::vector<NamedDigest> after_digests;
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
