// A command line for programs that carry a history, over SQLite:
//
//   program --database FILE upgrade [TARGET] | downgrade TARGET | current |
//           history [RANGE] | stamp TARGET | adopt [REVISION] | verify
//   program [--database FILE] plan [TARGET] | heads | show TARGET | sql RANGE
//
// Documented in runtime/docs/command_line.md.
#ifndef PALINDROME_COMMAND_LINE_H_
#define PALINDROME_COMMAND_LINE_H_

#include <span>

#include <palindrome/migration.h>
#include <palindrome/migrator.h>

namespace palindrome::sqlite {

// Runs the command in `argv` (`argv[0]` is the program's name) on the database
// file that it names, which is created where there is none and the command
// writes. Prints to standard output, errors to standard error. Returns the
// exit status: 0, 1 for an error, 2 for wrong usage. Call it from one thread.
// During a run SIGINT and SIGTERM end it and take it back, and a second one
// ends the process. `options` are what the command line's own options start
// from; their observer is not asked.
int RunCommandLine(const History& history, int argc, char* const argv[],
                   const Options& options = {});

// One of several histories of a program.
struct ProgramHistory {
  History history;
  Options options = {};
};

// The same for a program with several histories, of which the command line
// names one with `--namespace`.
int RunCommandLine(std::span<const ProgramHistory> histories, int argc,
                   char* const argv[]);

}  // namespace palindrome::sqlite

#endif  // PALINDROME_COMMAND_LINE_H_
