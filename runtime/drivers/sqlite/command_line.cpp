#include "runtime/src/command_line.h"

#include <iostream>
#include <string_view>
#include <vector>

#include <sqlite3.h>

#include "runtime/drivers/sqlite/connection.h"
#include "runtime/drivers/sqlite/statement.h"
#include "runtime/src/printable.h"
#include <palindrome/command_line.h>
#include <palindrome/sqlite.h>

namespace palindrome::sqlite {
namespace {

int RunOnFile(const History& history, const CommandLine& line) {
  sqlite3* opened = nullptr;
  const int flags =
      SQLITE_OPEN_READWRITE | (line.creates_database ? SQLITE_OPEN_CREATE : 0);
  const int code =
      sqlite3_open_v2(line.database.c_str(), &opened, flags, nullptr);
  const OwnedConnection connection(opened);
  if (code != SQLITE_OK) {
    std::cerr << "error: `" << Printable(line.database)
              << "`: " << PrintableError(ErrorStatus(opened, code, "")) << '\n';
    return kExitError;
  }
  Database database(opened);
  return RunCommand(history, database, line, std::cout, std::cerr);
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
  const int status = RunOnFile(history, line);
  std::cout.flush();
  return std::cout.good() || status != kExitOk ? status : kExitError;
}

}  // namespace palindrome::sqlite
