#include "runtime/src/command_line.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <sqlite3.h>

#include "runtime/drivers/sqlite/connection.h"
#include "runtime/drivers/sqlite/statement.h"
#include "runtime/src/history_table.h"
#include "runtime/src/printable.h"
#include "runtime/src/terminal.h"
#include <palindrome/command_line.h>
#include <palindrome/sqlite.h>

namespace palindrome::sqlite {
namespace {

bool StandsForNothing(const CommandLine& line) {
  std::error_code error;
  return line.database.empty() ||
         // What would be created, if it were done.
         (line.is_dry_run && line.command != Command::kDowngrade &&
          !std::filesystem::exists(line.database, error) && !error);
}

int RunOnFile(const History& history, const CommandLine& line,
              const Console& console) {
  sqlite3* opened = nullptr;
  const int flags =
      SQLITE_OPEN_READWRITE | (line.creates_database ? SQLITE_OPEN_CREATE : 0);
  const int code =
      StandsForNothing(line)
          ? sqlite3_open_v2(":memory:", &opened,
                            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr)
          : sqlite3_open_v2(line.database.c_str(), &opened, flags, nullptr);
  const OwnedConnection connection(opened);
  if (code != SQLITE_OK) {
    const Status status = ErrorStatus(opened, code, "");
    return ReportError(
        {status.code(), "`" + line.database + "`: " + status.message(),
         status.details()},
        line, console);
  }
  DatabaseOptions options;
  options.uses_progress_handler = true;
  Database database(opened, options);
  return RunCommand(history, database, line, console);
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
    return kExitOk;
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
  const int status = RunOnFile(history, line, console);
  std::cout.flush();
  return std::cout.good() || status != kExitOk ? status : kExitError;
}

int RunCommandLine(const History& history, int argc, char* const argv[],
                   const Options& options) {
  const ProgramHistory only = {history, options};
  return RunCommandLine(std::span(&only, 1), argc, argv);
}

}  // namespace palindrome::sqlite
