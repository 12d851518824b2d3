// What a rehearsal found. Values.
#ifndef PALINDROME_COMPILER_REHEARSE_RESULT_H_
#define PALINDROME_COMPILER_REHEARSE_RESULT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/catalog/engine.h"
#include "runtime/src/schema_facts.h"

namespace palindrome::rehearse {

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

}  // namespace palindrome::rehearse

#endif  // PALINDROME_COMPILER_REHEARSE_RESULT_H_
