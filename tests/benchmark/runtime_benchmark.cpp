// What the runtime costs: long upgrades of a new database beside the same
// statements sent to SQLite without it, and a start with nothing to do beside
// opening the file.
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>

#include "files.h"
#include "long_history_migrations.h"
#include "longer_history_migrations.h"
#include "ratio_reporter.h"

namespace palindrome {
namespace {

// The program that a benchmark times is a new connection and `work` on it,
// closed again; the file is new each time if `fresh`.
template <typename Work>
void Measure(benchmark::State& state, const File& file, bool fresh, Work work) {
  for (auto iteration : state) {
    sqlite3* connection = file.Open();
    work(connection);
    sqlite3_close(connection);
    if (fresh) {
      state.PauseTiming();
      file.Remove();
      state.ResumeTiming();
    }
  }
}

void MeasureExec(benchmark::State& state, const History& history) {
  const std::vector<std::string> statements = UpgradeStatements(history);
  const File file;
  Measure(state, file, /*fresh=*/true, [&](sqlite3* connection) {
    Execute(connection, "BEGIN IMMEDIATE");
    for (const std::string& sql : statements) {
      Execute(connection, sql);
    }
    Execute(connection, "COMMIT");
  });
}

void MeasureUpgrade(benchmark::State& state, const History& history,
                    const Options& options) {
  const File file;
  Measure(state, file, /*fresh=*/true, [&](sqlite3* connection) {
    Upgrade(history, connection, "head", options);
  });
}

void MeasureOpen(benchmark::State& state, const History& history) {
  const File file;
  sqlite3* connection = file.Open();
  Upgrade(history, connection);
  sqlite3_close(connection);
  Measure(state, file, /*fresh=*/false,
          [](sqlite3* opened) { Execute(opened, "SELECT count(*) FROM t0"); });
}

void MeasureNothingPending(benchmark::State& state, const History& history) {
  const File file;
  sqlite3* connection = file.Open();
  Upgrade(history, connection);
  sqlite3_close(connection);
  Measure(state, file, /*fresh=*/false,
          [&](sqlite3* opened) { Upgrade(history, opened); });
}

template <typename Function, typename... Arguments>
void Register(const std::string& name, Function function,
              Arguments... arguments) {
  benchmark::RegisterBenchmark(name.c_str(), function, arguments...)
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
}

int Run() {
  Options replay;
  replay.use_snapshot = false;
  replay.merge_rebuilds = false;
  std::vector<RatioReporter::Ratio> ratios;
  for (const History* history :
       {&long_history::migrations, &longer_history::migrations}) {
    const std::string count = std::to_string(history->table->rows.count) + " ";
    Register(count + "exec", MeasureExec, *history);
    Register(count + "upgrade", MeasureUpgrade, *history, Options());
    Register(count + "replay", MeasureUpgrade, *history, replay);
    ratios.push_back({count + "upgrade", count + "exec"});
    ratios.push_back({count + "replay", count + "exec"});
  }
  const History& history = long_history::migrations;
  Register("open", MeasureOpen, history);
  Register("nothing pending", MeasureNothingPending, history);
  ratios.push_back({"nothing pending", "open"});
  RatioReporter reporter(ratios);
  benchmark::RunSpecifiedBenchmarks(&reporter);
  benchmark::Shutdown();
  return 0;
}

}  // namespace
}  // namespace palindrome

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) {
    return 2;
  }
  return palindrome::Run();
}
