#include "compiler/driver/history_name.h"

#include <chrono>
#include <optional>
#include <string_view>

#include "llvm/ADT/StringExtras.h"

#include "compiler/driver/target_names.h"
#include "runtime/src/ledger.h"
#include "runtime/src/printable.h"
#include "runtime/src/retry.h"

namespace palindrome::driver {
namespace {

constexpr std::chrono::seconds kLockTimeout{30};
constexpr std::string_view kLog[] = {"palindrome_history"};

// Of the histories that the database has seen.
Result<std::vector<std::string>> ReadNames(Database& database) {
  const auto tables = database.FindTables(kLog);
  if (!tables.ok()) {
    return tables.status();
  }
  std::vector<std::string> names;
  if (tables->empty()) {
    return names;
  }
  const auto rows = database.Query(
      "SELECT DISTINCT namespace FROM main.palindrome_history ORDER BY 1", {});
  if (!rows.ok()) {
    return rows.status();
  }
  for (const DatabaseRow& row : *rows) {
    names.push_back(row[0].value_or(""));
  }
  return names;
}

// What `read` gives, which is tried again while the database is locked.
template <typename Read>
auto ReadDatabase(const std::string& path, Environment& environment, Read read)
    -> std::invoke_result_t<Read, Database&> {
  std::optional<std::invoke_result_t<Read, Database&>> result;
  llvm::Error error = environment.use_database(
      path, Missing::kRefuse, [&](Database& database, bool) {
        Retry retry(kLockTimeout);
        result = retry.Run([&] { return read(database); });
      });
  if (error) {
    return Status(StatusCode::kIo, llvm::toString(std::move(error)));
  }
  return *std::move(result);
}

}  // namespace

void AddHistoryName(Options& options) {
  options.AddValue("namespace", "NAME",
                   "the name by which the database knows the history, if it "
                   "knows not just one: that of the CMake target, or "
                   "NAMESPACE of add_migrations()");
}

std::string CheckHistoryName(const Options& options) {
  if (!options.Has("namespace")) {
    return "";
  }
  const std::string problem = CheckNamespace(options.Get("namespace"));
  return problem.empty() ? "" : "--namespace: " + problem;
}

Result<std::string> FindHistoryName(const Options& options,
                                    const std::string& database,
                                    const std::string& otherwise,
                                    Environment& environment) {
  if (options.Has("namespace")) {
    return options.Get("namespace");
  }
  constexpr std::string_view kAsk =
      "; name yours with `--namespace`: it is the name of the CMake target, or "
      "NAMESPACE of add_migrations()";
  const auto names = ReadDatabase(database, environment, ReadNames);
  if (!names.ok()) {
    return Status(
        names.status().code(),
        names.status().message() +
            (names.status().code() == StatusCode::kIo && otherwise.empty()
                 ? "; a new one needs `--namespace NAME`, the name "
                   "of the CMake target or NAMESPACE of "
                   "add_migrations()"
                 : ""));
  }
  if (names->size() == 1) {
    return names->front();
  }
  if (names->empty() && !otherwise.empty()) {
    return otherwise;
  }
  return Status(
      StatusCode::kUnknownDatabase,
      (names->empty() ? "the database knows no history yet"
                      : "the database knows several histories, `" +
                            Printable(llvm::join(*names, "`, `")) + "`") +
          std::string(kAsk));
}

Result<std::vector<std::string>> ReadCurrent(const std::string& database,
                                             const std::string& name,
                                             Environment& environment) {
  return ReadDatabase(
      database, environment,
      [&](Database& opened) -> Result<std::vector<std::string>> {
        const auto heads = Ledger(opened, name).ReadHeads();
        if (!heads.ok()) {
          return heads.status();
        }
        std::vector<std::string> revisions;
        for (const LedgerHead& head : *heads) {
          revisions.push_back(head.revision);
        }
        return revisions;
      });
}

}  // namespace palindrome::driver
