// One of many processes that migrate a database when they start: waits for the
// file `go`, so that all begin at once, and upgrades.
//
//   start_race_process DATABASE GO COUNT
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include <sqlite3.h>

#include "tests/unit/migrator/compiled_history.h"
#include <palindrome/migrator.h>
#include <palindrome/sqlite.h>

int main(int argc, char** argv) {
  if (argc != 4) {
    return 2;
  }
  const auto blob = palindrome::testing::Compile(
      "race", palindrome::testing::ManyMigrations(std::atoi(argv[3])));
  std::printf("ready\n");
  std::fflush(stdout);
  while (!std::filesystem::exists(argv[2])) {
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  sqlite3* connection = nullptr;
  if (sqlite3_open(argv[1], &connection) != SQLITE_OK) {
    std::fprintf(stderr, "%s\n", sqlite3_errmsg(connection));
    return 1;
  }
  palindrome::Status status;
  {
    palindrome::sqlite::Database database(connection);
    palindrome::Options options;
    options.lock_timeout = std::chrono::minutes(2);
    status = palindrome::Migrator(blob.history(), database, options).Upgrade();
  }
  sqlite3_close(connection);
  if (!status.ok()) {
    std::fprintf(stderr, "%s\n", status.ToString().c_str());
  }
  return status.ok() ? 0 : 1;
}
