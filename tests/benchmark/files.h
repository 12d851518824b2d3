// What benchmarks of the runtime share: database files, SQL without the
// runtime, and what a compiled table holds.
//
// A failure ends the program, since nothing that it prints would be true.
#ifndef PALINDROME_TESTS_BENCHMARK_FILES_H_
#define PALINDROME_TESTS_BENCHMARK_FILES_H_

#include <filesystem>
#include <string>
#include <vector>

#include <sqlite3.h>

#include <palindrome/migration.h>
#include <palindrome/migrator.h>

namespace palindrome {

// A database file for the length of a benchmark.
class File {
 public:
  File();
  ~File();
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  sqlite3* Open() const;
  void Remove() const;
  // Becomes a copy of it.
  void CopyFrom(const File& other) const;

 private:
  std::filesystem::path folder_;
};

void Execute(sqlite3* connection, const std::string& sql);

void Upgrade(const History& history, sqlite3* connection,
             const std::string& target = "head", const Options& options = {});

// The statements of every upgrade, in order, as the table holds them.
std::vector<std::string> UpgradeStatements(const History& history);

}  // namespace palindrome

#endif  // PALINDROME_TESTS_BENCHMARK_FILES_H_
