// Ten rebuilds of one table beside a single rebuild of it written by hand.
//
//   rebuild_benchmark [ROWS]       a million unless given
#include <charconv>
#include <iostream>
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>

#include "files.h"
#include "ratio_reporter.h"
#include "rebuilds_migrations.h"

namespace palindrome {
namespace {

constexpr char kByHand[] =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE new_readings (id INTEGER PRIMARY KEY, "
    "sensor TEXT NOT NULL, value REAL DEFAULT 0, "
    "unit TEXT NOT NULL DEFAULT 'V', note VARCHAR(80) DEFAULT '', "
    "CONSTRAINT ck_value CHECK (value >= 0), "
    "CONSTRAINT ck_unit CHECK (length(unit) <= 8));"
    "INSERT INTO new_readings SELECT id, sensor, value, unit, note "
    "FROM readings;"
    "DROP TABLE readings;"
    "ALTER TABLE new_readings RENAME TO readings;"
    "COMMIT;";

// A database before the rebuilds, with rows.
void Fill(const File& file, int rows) {
  sqlite3* connection = file.Open();
  Upgrade(rebuilds::migrations, connection, "rebuild01");
  Execute(connection,
          "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n "
          "WHERE i < " +
              std::to_string(rows) +
              ") INSERT INTO readings SELECT i, 'sensor ' || i % 1000, "
              "i * 0.25, 'V', 'a reading of ' || i FROM n");
  sqlite3_close(connection);
}

template <typename Work>
void Measure(benchmark::State& state, const File& filled, Work work) {
  const File file;
  for (auto iteration : state) {
    state.PauseTiming();
    file.CopyFrom(filled);
    sqlite3* connection = file.Open();
    state.ResumeTiming();
    work(connection);
    state.PauseTiming();
    sqlite3_close(connection);
    state.ResumeTiming();
  }
}

int Run(int rows) {
  const File filled;
  Fill(filled, rows);
  std::cout << rows << " rows\n";
  const auto measure = [&filled](const char* name, auto work) {
    benchmark::RegisterBenchmark(name,
                                 [&filled, work](benchmark::State& state) {
                                   Measure(state, filled, work);
                                 })
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
  };
  measure("one by hand",
          [](sqlite3* connection) { Execute(connection, kByHand); });
  measure("ten merged", [](sqlite3* connection) {
    Upgrade(rebuilds::migrations, connection);
  });
  measure("ten apart", [](sqlite3* connection) {
    Options options;
    options.merge_rebuilds = false;
    Upgrade(rebuilds::migrations, connection, "head", options);
  });
  RatioReporter reporter(
      {{"ten merged", "one by hand"}, {"ten apart", "one by hand"}});
  benchmark::RunSpecifiedBenchmarks(&reporter);
  benchmark::Shutdown();
  return 0;
}

}  // namespace
}  // namespace palindrome

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  int rows = 1'000'000;
  if (argc == 2) {
    const std::string_view text = argv[1];
    std::from_chars(text.data(), text.data() + text.size(), rows);
  }
  if (argc > 2 || rows <= 0) {
    std::cerr << "usage: rebuild_benchmark [ROWS]\n";
    return 2;
  }
  return palindrome::Run(rows);
}
