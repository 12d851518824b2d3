// Migrations with PRESERVE, compiled as the compiler does it and run by the
// Migrator on a database in memory.
#ifndef PALINDROME_TESTS_UNIT_ARCHIVE_ARCHIVED_HISTORY_H_
#define PALINDROME_TESTS_UNIT_ARCHIVE_ARCHIVED_HISTORY_H_

#include <memory>
#include <string>
#include <vector>

#include "compiler/catalog/simulate.h"
#include "tests/support/simulation.h"
#include "tests/unit/migrator/compiled_history.h"
#include "tests/unit/migrator/test_database.h"
#include <palindrome/migrator.h>

namespace palindrome::testing {

class ArchivedHistory {
 public:
  // The upgrades of the migrations `m1`, `m2`, …; their downgrades are derived.
  // Fails the test if one does not apply or has no inverse.
  explicit ArchivedHistory(const std::vector<std::string>& upgrades);

  // Why the last of them does not apply, or has no inverse, a line each.
  static std::string ProblemsOf(const std::vector<std::string>& upgrades);

  // Runs to the migration of that number; 0: to the base. Fails the test if it
  // fails.
  void To(std::size_t number);
  // The error, if there is one.
  std::string Try(std::size_t number);
  // Back to the migration of that number, by the programs that the database
  // keeps: run by a program that knows none of the later ones.
  void BackAsOlder(std::size_t number);
  // What the last run told, a line each.
  const std::string& notices() const { return notices_; }
  // How many thousands of instructions it took the engine.
  std::size_t work() const { return work_; }

  void Execute(const std::string& sql) { database_.Execute(sql); }
  // Values joined by `|`, rows by line ends.
  std::string Query(const std::string& sql) { return database_.Query(sql); }
  // The names of the archives that are there.
  std::string Archives();
  std::string Verify();

 private:
  ArchivedHistory() = default;
  std::string Compile(const std::vector<std::string>& upgrades);

  std::vector<Parsed> parsed_;
  std::vector<Migration> migrations_;
  std::unique_ptr<HistoryBlob> blob_;
  TestDatabase database_;
  std::size_t now_ = 0;
  std::string notices_;
  std::size_t work_ = 0;
};

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_UNIT_ARCHIVE_ARCHIVED_HISTORY_H_
