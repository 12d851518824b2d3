// What the tests of programs that are older than their database start with: a
// database of a program that knows one migration more.
#ifndef PALINDROME_TESTS_UNIT_MIGRATOR_OLDER_PROGRAM_FIXTURE_H_
#define PALINDROME_TESTS_UNIT_MIGRATOR_OLDER_PROGRAM_FIXTURE_H_

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/src/sha256.h"
#include "tests/unit/migrator/refusal_fixture.h"

namespace palindrome::testing {

inline Options WayBack() {
  Options options = NoWaiting();
  options.allow_foreign_downgrade = true;
  return options;
}

inline Options AcceptingLoss() {
  Options options = WayBack();
  options.accept_loss = true;
  return options;
}

// a1 and b2 of the three migrations, whose third the program does not know.
inline HistoryBlob Old() {
  std::vector<Migration> migrations = ThreeMigrations();
  migrations.resize(2);
  return Compile("board", migrations);
}

// Replaces the stored program of `revision`, with a digest that is right.
inline void Store(const TestDatabase& database, const std::string& revision,
                  const std::string& program) {
  std::string hex;
  for (const char c : program) {
    constexpr char kDigits[] = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte / 16];
    hex += kDigits[byte % 16];
  }
  database.Execute("UPDATE palindrome_applied SET down_program = CAST(X'" +
                   hex + "' AS TEXT), down_digest = 'p1:" + Sha256Hex(program) +
                   "' WHERE revision = '" + revision + "'");
}

class WayBackTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK(Upgrade(database_, new_));
    database_.Execute(
        "INSERT INTO users VALUES (1, 'Ann');"
        "INSERT INTO tasks VALUES (7, 'water', 1, 'done')");
  }
  TestDatabase database_;
  HistoryBlob new_ = Compile("board", ThreeMigrations());
  HistoryBlob old_ = Old();
};

}  // namespace palindrome::testing

#endif  // PALINDROME_TESTS_UNIT_MIGRATOR_OLDER_PROGRAM_FIXTURE_H_
