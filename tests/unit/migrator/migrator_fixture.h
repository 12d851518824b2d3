// What most tests of the Migrator start with: a database in memory, and calls
// of a migrator on it that last for the call.
#ifndef PALINDROME_TESTS_UNIT_MIGRATOR_MIGRATOR_FIXTURE_H_
#define PALINDROME_TESTS_UNIT_MIGRATOR_MIGRATOR_FIXTURE_H_

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/migrator/compiled_history.h"
#include "tests/unit/migrator/test_database.h"
#include <palindrome/migrator.h>
#include <palindrome/sqlite.h>

namespace palindrome::testing {

// Options that do not wait, so that no test hangs on a lock.
inline Options NoWaiting() {
  Options options;
  options.lock_timeout = std::chrono::milliseconds(0);
  return options;
}

inline Status Upgrade(const TestDatabase& database, const HistoryBlob& blob,
                      std::string_view target = "head",
                      const Options& options = NoWaiting()) {
  sqlite::Database driver(database.handle());
  return Migrator(blob.history(), driver, options).Upgrade(target);
}

inline Status Downgrade(const TestDatabase& database, const HistoryBlob& blob,
                        std::string_view target,
                        const Options& options = NoWaiting()) {
  sqlite::Database driver(database.handle());
  return Migrator(blob.history(), driver, options).Downgrade(target);
}

inline Status Stamp(const TestDatabase& database, const HistoryBlob& blob,
                    std::string_view target) {
  sqlite::Database driver(database.handle());
  return Migrator(blob.history(), driver, NoWaiting()).Stamp(target);
}

inline Result<Verification> Verify(const TestDatabase& database,
                                   const HistoryBlob& blob) {
  sqlite::Database driver(database.handle());
  return Migrator(blob.history(), driver, NoWaiting()).Verify();
}

// The current revisions, separated by spaces.
inline std::string CurrentOf(const TestDatabase& database,
                             const HistoryBlob& blob) {
  sqlite::Database driver(database.handle());
  const auto current = Migrator(blob.history(), driver, NoWaiting()).Current();
  if (!current.ok()) {
    return current.status().ToString();
  }
  std::string text;
  for (const CurrentRevision& revision : *current) {
    text += (text.empty() ? "" : " ") + revision.revision;
  }
  return text;
}

#define EXPECT_OK(expression)                                      \
  do {                                                             \
    const Status status_of_call = expression;                      \
    EXPECT_TRUE(status_of_call.ok()) << status_of_call.ToString(); \
  } while (false)
#define ASSERT_OK(expression)                                      \
  do {                                                             \
    const Status status_of_call = expression;                      \
    ASSERT_TRUE(status_of_call.ok()) << status_of_call.ToString(); \
  } while (false)

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_UNIT_MIGRATOR_MIGRATOR_FIXTURE_H_
