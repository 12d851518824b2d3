// Runs scripts with the sqlite3 shell, and compares what they leave behind with
// what the Migrator does.
#ifndef PALINDROME_TESTS_UNIT_MIGRATOR_OFFLINE_SCRIPT_H_
#define PALINDROME_TESTS_UNIT_MIGRATOR_OFFLINE_SCRIPT_H_

#include <string>
#include <vector>

#include "tests/unit/migrator/test_database.h"
#include <palindrome/migration.h>

namespace palindrome::testing {

struct ShellOutcome {
  int exit_status = 0;
  std::string output;  // Errors too.
};

// `options` as a shell has them, such as "-bail".
ShellOutcome RunShell(const std::string& script, const std::string& file,
                      const std::string& options = "-bail");

// Schema in its order, and all rows, without the dates of the ledger.
std::string Everything(const TestDatabase& database);

// Takes databases from each of `places` to each other by script and by the
// Migrator, and expects the same. `fill` are statements that put rows where
// they can, and may fail.
void ExpectSameByScript(const History& history,
                        const std::vector<std::string>& places,
                        const std::vector<std::string>& fill);

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_UNIT_MIGRATOR_OFFLINE_SCRIPT_H_
