// How the command line shows a revision that is moved. Reads values, and writes
// to the stream that it is given.
#ifndef PALINDROME_RUNTIME_SRC_COMMAND_LINE_MOVE_TEXT_H_
#define PALINDROME_RUNTIME_SRC_COMMAND_LINE_MOVE_TEXT_H_

#include <iosfwd>
#include <string>
#include <vector>

#include "runtime/src/command_line_moves.h"
#include "runtime/src/loaded_history.h"
#include <palindrome/table_values.h>

namespace palindrome {

// Lines for people: the revision, what it rebuilds, allows and may lose.
void PrintMove(const Move& move, const LoadedHistory& loaded,
               table::Dialect dialect, std::ostream& out);

// The same as an object of JSON. `notices`: what the run said; null: nothing
// has run.
std::string MoveJson(const Move& move, const LoadedHistory& loaded,
                     table::Dialect dialect,
                     const std::vector<std::string>* notices);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_COMMAND_LINE_MOVE_TEXT_H_
