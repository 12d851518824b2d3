// The command line of programs that carry a history, for any driver: parsing,
// and what the commands print. Writes to the streams that it is given.
#ifndef PALINDROME_RUNTIME_SRC_COMMAND_LINE_H_
#define PALINDROME_RUNTIME_SRC_COMMAND_LINE_H_

#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

#include <palindrome/database.h>
#include <palindrome/migration.h>

namespace palindrome {

inline constexpr int kExitOk = 0;
inline constexpr int kExitError = 1;
inline constexpr int kExitUsage = 2;

enum class Command : std::uint8_t {
#define PALINDROME_COMMAND(Name, Word, TakesTarget, Default, Creates, Help) \
  Name,
#include "runtime/src/commands.def"
};

struct CommandLine {
  bool wants_help = false;
  std::string database;
  Command command = Command::kCurrent;
  std::string target;
  bool creates_database = false;
  std::string error;  // What is wrong with the words; empty if nothing.
};

// `words` without the program's name. A word such as `-1` or `+2` is a target,
// and `--` ends the options.
CommandLine ParseCommandLine(std::span<const std::string_view> words);

std::string HelpText(std::string_view program);

// Runs the command; returns the exit status.
int RunCommand(const History& history, Database& database,
               const CommandLine& line, std::ostream& out, std::ostream& err);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_COMMAND_LINE_H_
