#include "runtime/src/command_line.h"

#include <filesystem>
#include <iostream>
#include <string_view>
#include <system_error>
#include <vector>

#include <sqlite3.h>

#include "runtime/drivers/sqlite/connection.h"
#include "runtime/drivers/sqlite/statement.h"
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

}  // namespace

int RunCommandLine(const History& history, int argc, char* const argv[]) {
  const std::vector<std::string_view> words(argv + (argc > 0 ? 1 : 0),
                                            argv + argc);
  const std::string_view program = argc > 0 ? argv[0] : "program";
  const CommandLine line = ParseCommandLine(words);
  if (!line.error.empty()) {
    std::cerr << Printable(program) << ": " << Printable(line.error)
              << "; see `--help`\n";
    return kExitUsage;
  }
  if (line.wants_help) {
    std::cout << HelpText(Printable(program));
    return kExitOk;
  }
  Console console = {std::cout, std::cerr};
  console.answers = CanAsk() ? &std::cin : nullptr;
  console.has_progress_bar = CanDraw();
  console.takes_signals = true;
  console.write_script = [&history](std::string_view range) {
    return OfflineSql(history, range);
  };
  const int status = RunOnFile(history, line, console);
  std::cout.flush();
  return std::cout.good() || status != kExitOk ? status : kExitError;
}

}  // namespace palindrome::sqlite
