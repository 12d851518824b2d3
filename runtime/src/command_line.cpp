#include "runtime/src/command_line.h"

#include <ostream>
#include <string>
#include <utility>

#include "runtime/src/json.h"
#include "runtime/src/printable.h"

namespace palindrome {

int ReportError(const Status& status, const CommandLine& line,
                const Console& console) {
  if (!line.wants_json) {
    console.err << "error: " << PrintableError(status) << '\n';
    return kExitError;
  }
  const StatusDetails& details = status.details();
  std::vector<std::pair<std::string_view, std::string>> members = {
      {"code", json::String(StatusCodeName(status.code()))},
      {"message", json::String(status.message())}};
  const auto add = [&members](std::string_view key, const std::string& value) {
    if (!value.empty()) {
      members.emplace_back(key, json::String(value));
    }
  };
  add("revision", details.revision);
  add("file", details.file_name);
  if (details.line != 0) {
    members.emplace_back("line", std::to_string(details.line));
  }
  add("statement", details.statement);
  add("engine_message", details.engine_message);
  if (details.engine_code != 0) {
    members.emplace_back("engine_code", std::to_string(details.engine_code));
  }
  console.out << json::Object({{"error", json::Object(members)}}) << '\n';
  return kExitError;
}

int RunCommand(const History& history, Database& database,
               const CommandLine& line, const Console& console) {
  switch (line.command) {
    case Command::kUpgrade:
    case Command::kDowngrade:
    case Command::kPlan:
    case Command::kStamp:
    case Command::kAdopt:
      return RunChange(history, database, line, console);
    case Command::kCurrent:
    case Command::kHeads:
    case Command::kHistory:
    case Command::kShow:
    case Command::kVerify:
    case Command::kSql:
      return RunFactCommand(history, database, line, console);
  }
  return kExitUsage;
}

int RunOnDatabase(const History& history, const CommandLine& line,
                  const Console& console, const OpenDatabase& open) {
  const bool has_file = !line.database.empty();
  const bool creates = line.creates_database && has_file;
  bool makes_file = false;
  int exit_status = kExitError;
  const Missing may_miss = line.is_dry_run ? Missing::kStandIn : Missing::kTry;
  Status status =
      open(creates     ? may_miss
           : !has_file ? Missing::kStandIn
                       : Missing::kRefuse,
           [&](Database& database, bool is_stand_in) {
             if (creates && is_stand_in && !line.is_dry_run) {
               const auto changes = WouldChange(history, database, line);
               makes_file = changes.ok() && *changes;
               if (!changes.ok()) {
                 exit_status = ReportError(changes.status(), line, console);
                 return;
               }
             }
             if (!makes_file) {
               exit_status = RunCommand(history, database, line, console);
             }
           });
  if (status.ok() && makes_file) {
    status = open(Missing::kMake, [&](Database& database, bool) {
      exit_status = RunCommand(history, database, line, console);
    });
  }
  return status.ok() ? exit_status : ReportError(status, line, console);
}

}  // namespace palindrome
