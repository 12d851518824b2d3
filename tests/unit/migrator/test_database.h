// SQLite databases for tests: in memory or a file in a folder of its own, and
// everything that one holds as text, so that a test can say "as before".
#ifndef PALINDROME_TESTS_UNIT_MIGRATOR_TEST_DATABASE_H_
#define PALINDROME_TESTS_UNIT_MIGRATOR_TEST_DATABASE_H_

#include <filesystem>
#include <memory>
#include <string>

#include <sqlite3.h>

namespace palindrome::testing {

// A folder that goes away with the object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string File(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

class TestDatabase {
 public:
  explicit TestDatabase(const std::string& path = ":memory:");

  sqlite3* handle() const { return connection_.get(); }

  // Fails the test where the engine refuses the SQL.
  void Execute(const std::string& sql) const;
  // The rows of a query: values joined by `|`, rows by line ends.
  std::string Query(const std::string& sql) const;
  // Every object and every row of every table.
  std::string Dump() const;
  // Without the ledger.
  std::string DumpUserObjects() const;

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  std::string DumpTables(const std::string& condition) const;

  std::unique_ptr<sqlite3, Close> connection_;
};

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_UNIT_MIGRATOR_TEST_DATABASE_H_
