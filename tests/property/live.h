// An engine with rows that programs run on.
//
// Owned by one replay; one thread.
#ifndef PALINDROME_TESTS_PROPERTY_LIVE_H_
#define PALINDROME_TESTS_PROPERTY_LIVE_H_

#include <string>
#include <vector>

#include "compiler/lower/program.h"
#include "compiler/rehearse/sqlite/connection.h"
#include "compiler/rehearse/sqlite/run.h"

namespace palindrome::property {

class Live {
 public:
  rehearse::sqlite::Connection& connection() { return connection_; }
  sqlite3* handle() { return connection_.handle(); }

  // What went wrong, or nothing; then the program is rolled back.
  std::string Run(const lower::Program& program);
  // Without triggers; what fails is left out.
  void InsertAll(const std::vector<std::string>& inserts);
  // Becomes a copy of it.
  void CopyFrom(Live& other);

 private:
  rehearse::sqlite::Connection connection_{nullptr};
  rehearse::sqlite::Runner runner_{connection_};
};

}  // namespace palindrome::property

#endif  // PALINDROME_TESTS_PROPERTY_LIVE_H_
