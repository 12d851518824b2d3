// What it costs to check generated histories with rows: cold, beside replaying
// the same history once on SQLite without us, and again after the newest
// migration was edited.
//
//   check_benchmark COUNT...
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sqlite3.h>

#include "compiler/driver/analysis.h"
#include "compiler/driver/build_id.h"
#include "compiler/driver/disk_output.h"
#include "compiler/rehearse/sqlite/engine.h"
#include "compiler/rehearse/sqlite/existing.h"
#include "generate_history.h"

namespace palindrome {
namespace {

// How long something took, on the clock and of all processors together.
struct Cost {
  double seconds = 0;
  double processor = 0;
};

template <typename Work>
Cost Measure(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  const std::clock_t processor = std::clock();
  work();
  const std::chrono::duration<double> elapsed =
      std::chrono::steady_clock::now() - begin;
  return {elapsed.count(), static_cast<double>(std::clock() - processor) /
                               static_cast<double>(CLOCKS_PER_SEC)};
}

std::ostream& operator<<(std::ostream& out, const Cost& cost) {
  return out << std::fixed << std::setprecision(3) << cost.seconds << " s ("
             << cost.processor << " s of processor)";
}

// Of time and of processor time.
void PrintRatio(std::string_view what, const Cost& cost, const Cost& baseline) {
  std::cout << "  " << what << ": " << std::fixed << std::setprecision(3)
            << cost.seconds / baseline.seconds << " (of processor "
            << cost.processor / baseline.processor << ")\n";
}

// `palindrome check --directory … --cache …`.
std::unique_ptr<driver::Analysis> Check(const std::filesystem::path& folder) {
  driver::DiskOutput output;
  driver::Environment environment = {
      *llvm::vfs::getRealFileSystem(),
      output,
      llvm::outs(),
      llvm::errs(),
      "benchmark",
      [] { return driver::BuildId("benchmark", ""); },
      [] { return std::time(nullptr); },
      [] { return std::string(); },
      [](const rehearse::StandIns& stand_ins) {
        return rehearse::sqlite::MakeEngine(stand_ins);
      },
      rehearse::sqlite::ReadExisting,
      rehearse::sqlite::RunAll,
      rehearse::sqlite::RunPrograms};
  driver::Options options("check", "", "");
  driver::AddAnalysisOptions(options);
  const std::vector<std::string> args = {
      "--directory", (folder / "history").string(), "--cache",
      (folder / "cache").string()};
  if (options.Parse(args, environment)) {
    std::exit(1);
  }
  auto analysis = driver::Analyze(options, environment);
  for (const auto& diagnostic : analysis->emitter.diagnostics()) {
    if (diagnostic.severity == diagnostics::Severity::kError) {
      std::cerr << diagnostic.message << '\n';
      std::exit(1);
    }
  }
  return analysis;
}

void Execute(sqlite3* connection, const std::string& sql) {
  char* error = nullptr;
  if (sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, &error) !=
      SQLITE_OK) {
    std::cerr << error << ": " << sql << '\n';
    std::exit(1);
  }
}

void Replay(const std::vector<codegen::CompiledMigration>& migrations) {
  sqlite3* connection = nullptr;
  sqlite3_open(":memory:", &connection);
  Execute(connection, "BEGIN IMMEDIATE");
  for (const codegen::CompiledMigration& migration : migrations) {
    for (const codegen::CompiledStatement& statement : migration.up) {
      Execute(connection, statement.sql);
    }
  }
  Execute(connection, "COMMIT");
  sqlite3_close(connection);
}

// Prints the costs of one history, and returns what a migration costs.
Cost Benchmark(int count, const std::filesystem::path& folder) {
  WriteHistory(folder / "history", count);
  std::unique_ptr<driver::Analysis> analysis;
  const Cost cold = Measure([&] { analysis = Check(folder); });
  std::cout << "check of " << count << " migrations: " << cold << ", "
            << cold.seconds / count * 1e3 << " ms each, "
            << analysis->rehearsals_run << " rehearsals, " << analysis->row_runs
            << " for their rows\n";
  const auto migrations = std::move(analysis->migrations);
  const Cost replay = Measure([&] { Replay(migrations); });
  std::cout << "replay of " << count << " migrations: " << replay << '\n';
  const Cost same = Measure([&] { analysis = Check(folder); });
  std::cout << "check again: " << same << ", " << analysis->rehearsals_run
            << " rehearsals, " << analysis->row_runs << " for their rows\n";
  EditNewest(folder / "history", count);
  const Cost edited = Measure([&] { analysis = Check(folder); });
  std::cout << "check after an edit of the newest: " << edited << ", "
            << analysis->rehearsals_run << " rehearsals, " << analysis->row_runs
            << " for their rows\n";
  PrintRatio("check / replay", cold, replay);
  PrintRatio("check again / check", same, cold);
  PrintRatio("check after an edit / check", edited, cold);
  return {cold.seconds / count, cold.processor / count};
}

}  // namespace
}  // namespace palindrome

int main(int argc, char** argv) {
  const std::filesystem::path root =
      std::filesystem::temp_directory_path() /
      ("palindrome_check_benchmark_" +
       std::to_string(
           std::chrono::steady_clock::now().time_since_epoch().count()));
  std::cout << std::unitbuf << std::thread::hardware_concurrency()
            << " cores\n";
  palindrome::Cost before;
  for (int i = 1; i < argc; ++i) {
    const std::string_view text = argv[i];
    int count = 0;
    std::from_chars(text.data(), text.data() + text.size(), count);
    if (count <= 0) {
      std::cerr << "usage: check_benchmark COUNT...\n";
      return 2;
    }
    const auto each = palindrome::Benchmark(count, root / argv[i]);
    if (i > 1) {
      palindrome::PrintRatio(std::string("each / each of ") + argv[i - 1], each,
                             before);
    }
    before = each;
  }
  std::filesystem::remove_all(root);
  return 0;
}
