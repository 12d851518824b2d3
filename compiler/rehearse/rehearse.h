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
#include <optional>
#include <string>
#include <vector>

#include "compiler/catalog/engine.h"
#include "compiler/catalog/simulate.h"
#include "compiler/catalog/slice.h"
#include "compiler/lower/program.h"
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

struct Task {
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
  // Tables whose rows differ after up and down: what the migration inserted
  // and its downgrade left behind.
  std::vector<std::string> rows_not_restored;
  // The digests of the objects of `after`, in its order; empty if it could not
  // be built.
  std::vector<NamedDigest> after_digests;
};

Result Rehearse(const Task& task);

}  // namespace palindrome::rehearse

#endif  // PALINDROME_COMPILER_REHEARSE_REHEARSE_H_
