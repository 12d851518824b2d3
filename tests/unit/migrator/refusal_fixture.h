// What the tests of refusals start with: calls that must fail and change
// nothing.
#ifndef PALINDROME_TESTS_UNIT_MIGRATOR_REFUSAL_FIXTURE_H_
#define PALINDROME_TESTS_UNIT_MIGRATOR_REFUSAL_FIXTURE_H_

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/migrator/migrator_fixture.h"

namespace palindrome::testing {

// What a refused call said; it may be ignored.
struct Refusal {
  Status status;
};

// Calls `call`, which must fail with `code` and leave `database` as it is.
inline Refusal ExpectRefused(const TestDatabase& database, StatusCode code,
                             const std::function<Status()>& call) {
  const std::string before = database.Dump();
  Status status = call();
  EXPECT_EQ(status.code(), code) << status.ToString();
  EXPECT_EQ(database.Dump(), before);
  EXPECT_EQ(sqlite3_get_autocommit(database.handle()), 1);
  return {status};
}

inline Refusal ExpectUpgradeRefused(const TestDatabase& database,
                                    const HistoryBlob& blob, StatusCode code) {
  return ExpectRefused(database, code, [&] { return Upgrade(database, blob); });
}

inline void ExpectMentions(const Refusal& refusal,
                           const std::vector<std::string>& words) {
  const std::string text = refusal.status.ToString();
  for (const std::string& word : words) {
    EXPECT_NE(text.find(word), std::string::npos) << word << "\n" << text;
  }
}

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_UNIT_MIGRATOR_REFUSAL_FIXTURE_H_
