#include "runtime/src/command_line.h"

#include <algorithm>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/drivers/sqlite/database_file.h"
#include "runtime/src/history_table.h"
#include "runtime/src/printable.h"
#include "runtime/src/terminal.h"
#include <palindrome/command_line.h>
#include <palindrome/sqlite.h>

namespace palindrome::sqlite {
namespace {

int RunOnFile(const History& history, const CommandLine& line,
              const Console& console) {
  return RunOnDatabase(
      history, line, console, [&](Missing missing, const UseDatabase& use) {
        const auto file = OpenDatabaseFile(line.database, missing);
        if (!file.ok()) {
          return file.status();
        }
        DatabaseOptions options;
        options.uses_progress_handler = true;
        Database database(file->connection.get(), options);
        use(database, file->is_stand_in);
        return Status();
      });
}

std::string NameOf(const History& history) {
  const auto table = HistoryTable::Open(history);
  return table.ok() ? std::string(table->name()) : "";
}

// The history that `name` names, or the only one there is; else null, and what
// is wrong.
const ProgramHistory* FindHistory(std::span<const ProgramHistory> histories,
                                  std::string_view name, std::string* error) {
  if (name.empty() && histories.size() == 1) {
    return &histories.front();
  }
  const auto found = std::find_if(
      histories.begin(), histories.end(), [&](const ProgramHistory& each) {
        return !name.empty() && NameOf(each.history) == name;
      });
  if (found != histories.end()) {
    return &*found;
  }
  *error = name.empty() ? "say which history with `--namespace NAME`"
                        : "there is no history `" + std::string(name) + "`";
  for (const ProgramHistory& each : histories) {
    *error += (&each == &histories.front() ? ": there is `" : ", `") +
              NameOf(each.history) + "`";
  }
  return nullptr;
}

// The status of a command that has written all that it had to say.
int Finish(std::string_view program, int status) {
  std::cout.flush();
  if (std::cout.good()) {
    return status;
  }
  std::cerr << Printable(program) << ": the output cannot be written\n";
  return status != kExitOk ? status : kExitError;
}

}  // namespace

int RunCommandLine(std::span<const ProgramHistory> histories, int argc,
                   char* const argv[]) {
  const std::vector<std::string_view> words(argv + (argc > 0 ? 1 : 0),
                                            argv + argc);
  const std::string_view program = argc > 0 ? argv[0] : "program";
  // The name of the history is among the words, and its options come before
  // them.
  CommandLine line = ParseCommandLine(words);
  const ProgramHistory* chosen = nullptr;
  if (line.error.empty() && !line.wants_help) {
    chosen = FindHistory(histories, line.name_space, &line.error);
  }
  if (!line.error.empty()) {
    std::cerr << Printable(program) << ": " << Printable(line.error)
              << "; see `--help`\n";
    return kExitUsage;
  }
  if (chosen == nullptr) {
    std::cout << HelpText(Printable(program));
    return Finish(program, kExitOk);
  }
  line = ParseCommandLine(words, chosen->options);
  line.options.observer = nullptr;
  Console console = {std::cout, std::cerr};
  console.answers = CanAsk() ? &std::cin : nullptr;
  console.has_progress_bar = CanDraw();
  console.takes_signals = true;
  const History& history = chosen->history;
  console.write_script = [&history](std::string_view range) {
    return OfflineSql(history, range);
  };
  return Finish(program, RunOnFile(history, line, console));
}

int RunCommandLine(const History& history, int argc, char* const argv[],
                   const Options& options) {
  const ProgramHistory only = {history, options};
  return RunCommandLine(std::span(&only, 1), argc, argv);
}

}  // namespace palindrome::sqlite
