// What a command of the command line would move, worked out beforehand. Values
// and functions that read the database and change nothing.
#ifndef PALINDROME_RUNTIME_SRC_COMMAND_LINE_MOVES_H_
#define PALINDROME_RUNTIME_SRC_COMMAND_LINE_MOVES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/src/command_line.h"
#include "runtime/src/loaded_history.h"
#include <palindrome/database.h>
#include <palindrome/migration.h>
#include <palindrome/observer.h>
#include <palindrome/status.h>

namespace palindrome {

// One revision that is moved.
struct Move {
  // "upgrade", "downgrade", "adopt", "stamp" or "unstamp".
  std::string_view word;
  PlannedStep step;
  std::optional<std::size_t> index;  // None: the program does not know it.

  bool IsRun() const { return word == "upgrade" || word == "downgrade"; }
};

Move MoveOf(const LoadedHistory& history, const PlannedStep& step);
// One that is recorded, and not run.
Move AdoptionOf(const LoadedHistory& history, const PlannedStep& step);

struct Moves {
  std::vector<Move> steps;
  RevisionSet before;  // With what is adopted first.
  std::vector<std::string> heads_before;
  std::vector<std::string> heads_after;
};

// Of an upgrade or a downgrade to the target of the line. Without a database a
// downgrade goes from where all is applied.
Result<Moves> PlanMoves(const LoadedHistory& loaded, const History& history,
                        Database& database, const CommandLine& line,
                        Direction direction);

// Refused as the stamp would be.
Result<Moves> PlanStamp(const LoadedHistory& loaded, Database& database,
                        const CommandLine& line);

std::vector<std::string> HeadNames(const RevisionGraph& graph,
                                   const RevisionSet& applied);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_COMMAND_LINE_MOVES_H_
