// What the runtime costs: a long upgrade beside the same statements sent to
// SQLite without it, and a start with nothing to do beside opening the file.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include "long_history_migrations.h"
#include "ratio_reporter.h"
#include <palindrome/migrator.h>
#include <palindrome/sqlite.h>

namespace {

using palindrome::table::Section;

const palindrome::History& TheHistory() {
  return long_history::migrations;
}

template <typename T>
const T& At(const Section& section, std::uint32_t index) {
  const char* base = reinterpret_cast<const char*>(TheHistory().table);
  return *reinterpret_cast<const T*>(base + section.offset +
                                     std::size_t{index} * section.stride);
}

// The statements of every upgrade, in order, as the table holds them.
std::vector<std::string> UpgradeStatements() {
  const palindrome::table::Header& header = *TheHistory().table;
  std::vector<std::string> result;
  for (std::uint32_t row = 0; row < header.rows.count; ++row) {
    const auto& migration = At<palindrome::table::Row>(header.rows, row);
    const auto& program = At<palindrome::table::Program>(
        header.programs, migration.programs.first);
    for (std::uint32_t i = 0; i < program.up.count; ++i) {
      const auto& statement = At<palindrome::table::Statement>(
          header.statements, program.up.first + i);
      const char* text = &At<char>(header.text, statement.sql.offset);
      result.emplace_back(text, statement.sql.size);
    }
  }
  return result;
}

// A database file for the length of a benchmark.
class File {
 public:
  File()
      : folder_(std::filesystem::temp_directory_path() /
                ("palindrome_benchmark_" + std::to_string(std::rand()))) {
    std::filesystem::create_directories(folder_);
  }
  ~File() { std::filesystem::remove_all(folder_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  sqlite3* Open() const {
    sqlite3* connection = nullptr;
    if (sqlite3_open((folder_ / "test.db").c_str(), &connection) != SQLITE_OK) {
      std::cerr << "cannot open a database in " << folder_ << '\n';
      std::exit(1);
    }
    return connection;
  }
  void Remove() const { std::filesystem::remove(folder_ / "test.db"); }

 private:
  std::filesystem::path folder_;
};

void Execute(sqlite3* connection, const std::string& sql) {
  char* error = nullptr;
  if (sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, &error) !=
      SQLITE_OK) {
    std::cerr << error << ": " << sql << '\n';
    std::exit(1);
  }
}

void Upgrade(sqlite3* connection) {
  palindrome::sqlite::Database database(connection);
  palindrome::Migrator migrator(TheHistory(), database);
  if (const auto status = migrator.Upgrade("head"); !status.ok()) {
    std::cerr << status.ToString() << '\n';
    std::exit(1);
  }
}

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

void MeasureExec(benchmark::State& state) {
  const std::vector<std::string> statements = UpgradeStatements();
  const File file;
  Measure(state, file, /*fresh=*/true, [&](sqlite3* connection) {
    Execute(connection, "BEGIN IMMEDIATE");
    for (const std::string& sql : statements) {
      Execute(connection, sql);
    }
    Execute(connection, "COMMIT");
  });
}

void MeasureUpgrade(benchmark::State& state) {
  const File file;
  Measure(state, file, /*fresh=*/true, Upgrade);
}

void MeasureOpen(benchmark::State& state) {
  const File file;
  sqlite3* connection = file.Open();
  Upgrade(connection);
  sqlite3_close(connection);
  Measure(state, file, /*fresh=*/false,
          [](sqlite3* opened) { Execute(opened, "SELECT count(*) FROM t0"); });
}

void MeasureNothingPending(benchmark::State& state) {
  const File file;
  sqlite3* connection = file.Open();
  Upgrade(connection);
  sqlite3_close(connection);
  Measure(state, file, /*fresh=*/false, Upgrade);
}

struct Benchmark {
  const char* name;
  void (*function)(benchmark::State&);
};
constexpr Benchmark kBenchmarks[] = {
    {"exec", MeasureExec},
    {"upgrade", MeasureUpgrade},
    {"open", MeasureOpen},
    {"nothing pending", MeasureNothingPending}};

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) {
    return 2;
  }
  std::cout << TheHistory().table->rows.count << " migrations\n";
  for (const auto& [name, function] : kBenchmarks) {
    benchmark::RegisterBenchmark(name, function)
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
  }
  palindrome::RatioReporter reporter(
      {{"upgrade", "exec"}, {"nothing pending", "open"}});
  benchmark::RunSpecifiedBenchmarks(&reporter);
  benchmark::Shutdown();
  return 0;
}
