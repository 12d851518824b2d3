// The command line of programs that carry a history, for any driver: parsing,
// and what the commands print. Writes to the streams that it is given. The
// commands, and the JSON that they print, are documented in
// runtime/docs/command_line.md.
#ifndef PALINDROME_RUNTIME_SRC_COMMAND_LINE_H_
#define PALINDROME_RUNTIME_SRC_COMMAND_LINE_H_

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

#include <palindrome/database.h>
#include <palindrome/migration.h>
#include <palindrome/migrator.h>
#include <palindrome/observer.h>
#include <palindrome/status.h>

namespace palindrome {

inline constexpr int kExitOk = 0;
inline constexpr int kExitError = 1;
inline constexpr int kExitUsage = 2;

enum class Command : std::uint8_t {
#define PALINDROME_COMMAND(Name, Word, TakesTarget, Default, Creates, Help) \
  Name,
#include "runtime/src/commands.def"
};

std::string_view CommandWord(Command command);

struct CommandLine {
  bool wants_help = false;
  std::string database;  // Empty: the command needs none and has none.
  Command command = Command::kCurrent;
  std::string target;
  bool creates_database = false;  // Unless it is a dry run.
  std::string name_space;         // Empty: the only history that there is.
  bool wants_json = false;
  bool is_dry_run = false;
  bool accepts_loss = false;
  bool wants_shell = false;  // A script for the sqlite3 shell alone.
  Direction direction = Direction::kUpgrade;  // Of a plan.
  Options options;                            // Of the Migrator.
  std::string error;  // What is wrong with the words; empty if nothing.
};

// `words` without the program's name. A word such as `-1` or `+2` is a target,
// and `--` ends the options. `options` are those of the program, which words
// may change.
CommandLine ParseCommandLine(std::span<const std::string_view> words,
                             const Options& options = {});

std::string HelpText(std::string_view program);

// What a command has around it.
struct Console {
  std::ostream& out;
  std::ostream& err;
  std::istream* answers = nullptr;  // Null: there is nobody to ask.
  bool has_progress_bar = false;    // On `err`, a terminal.
  bool takes_signals = false;       // SIGINT and SIGTERM end a run.
  // What writes an offline script, where the driver can.
  std::function<Result<std::string>(std::string_view range)> write_script = {};
};

// Runs the command; returns the exit status. Where `line` names no database,
// `database` is an empty one that stands for none.
int RunCommand(const History& history, Database& database,
               const CommandLine& line, const Console& console);

// What is done where there is no file.
enum class Missing : std::uint8_t {
  kRefuse,
  kStandIn,  // An empty database in memory stands for what would be made.
  kTry,      // So, but made where nothing else can tell whether it would be.
  kMake,
};

using UseDatabase = std::function<void(Database& database, bool is_stand_in)>;
// Opens the line's database for a while; an error if it cannot be opened.
using OpenDatabase =
    std::function<Status(Missing missing, const UseDatabase& use)>;

// Runs the command on what `open` opens; a file is made only for a command
// that would be done in it.
int RunOnDatabase(const History& history, const CommandLine& line,
                  const Console& console, const OpenDatabase& open);

// Tells an error as the command line wants it; returns the exit status.
int ReportError(const Status& status, const CommandLine& line,
                const Console& console);

// The kinds of commands, a file each.
int RunFactCommand(const History& history, Database& database,
                   const CommandLine& line, const Console& console);
int RunChange(const History& history, Database& database,
              const CommandLine& line, const Console& console);

// Whether an upgrade, downgrade or stamp has anything to do, or why it would be
// refused.
Result<bool> WouldChange(const History& history, Database& database,
                         const CommandLine& line);

}  // namespace palindrome

#endif  // PALINDROME_RUNTIME_SRC_COMMAND_LINE_H_
