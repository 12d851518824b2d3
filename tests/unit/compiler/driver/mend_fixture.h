// What the tests of suggestions and of `check --fix` start with: a migration
// without a mistake, and one that changes what it makes.
#ifndef PALINDROME_TESTS_UNIT_COMPILER_DRIVER_MEND_FIXTURE_H_
#define PALINDROME_TESTS_UNIT_COMPILER_DRIVER_MEND_FIXTURE_H_

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/driver/environment.h"
#include "tests/golden/world.h"

namespace palindrome::driver::mend {

using testing::Outcome;
using testing::World;

inline constexpr char kFirst[] = "migrations/20250101_120000_create_users.sql";
inline constexpr char kSecond[] = "migrations/20250102_120000_change_users.sql";
inline constexpr char kLock[] = "migrations/migrations.lock";
inline constexpr char kToml[] = "migrations/palindrome.toml";

inline constexpr char kUsers[] = R"sql(MIGRATION 'create users'
  REVISION 'aa11bb22'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL,
    phone TEXT,
    CONSTRAINT ck_users_email CHECK (email <> '')
  );
  CREATE INDEX ix_users_email ON users (email);
  CREATE VIEW mails AS SELECT email FROM users;
  CREATE TRIGGER keep_ids AFTER UPDATE OF id ON users BEGIN
    SELECT RAISE(ABORT, 'ids stay');
  END;
END;

DOWNGRADE AUTO;
)sql";

inline std::string Second(const std::string& upgrade,
                          const std::string& clauses = "") {
  return "MIGRATION 'change users'\n  REVISION 'bb22'\n  REVISES 'aa11bb22'" +
         clauses + ";\n\nUPGRADE BEGIN\n" + upgrade +
         "END;\n\nDOWNGRADE AUTO;\n";
}

// Empty: there is no second one.
inline World WithSecond(const std::string& second) {
  World world;
  world.files() = {{kFirst, kUsers}};
  if (!second.empty()) {
    world.files()[kSecond] = second;
  }
  return world;
}

// Without the rules that have something to say of the mended text.
inline std::vector<std::string> Quiet(std::vector<std::string> args) {
  for (const char* rule :
       {"compatibility", "locking", "fk-without-index", "unnamed-constraint"}) {
    args.insert(args.end(), {"--rules", std::string(rule) + "=off"});
  }
  return args;
}

// A mistake, the kind that reports it, and what the file says once mended.
struct Mistake {
  const char* tag;
  std::string text;
  std::string mended;
};

// `before` and `after` of a statement in the upgrade.
inline Mistake InUpgrade(const char* tag, const std::string& before,
                         const std::string& after) {
  return {tag, Second(before), Second(after)};
}

// `check --fix` mends it, and has nothing more to say.
inline void ExpectMended(const Mistake& mistake) {
  World world = WithSecond(mistake.text);
  const Outcome before = world.Run(Quiet({"check"}));
  EXPECT_EQ(before.status, kFindings) << mistake.text;
  EXPECT_NE(before.err.find("[" + std::string(mistake.tag) + "]"),
            std::string::npos)
      << mistake.text << before.err;
  const Outcome outcome = world.Run(Quiet({"check", "--fix"}));
  EXPECT_EQ(world.files().at(kSecond), mistake.mended) << outcome.err;
  EXPECT_EQ(outcome.status, kSuccess) << mistake.text << outcome.err;
  EXPECT_EQ(outcome.err, "") << mistake.text;
  EXPECT_NE(outcome.out.find(": fixed: "), std::string::npos) << outcome.out;
  EXPECT_TRUE(outcome.out.ends_with("\n2 migrations, no findings\n"))
      << outcome.out;
  EXPECT_EQ(world.files().at(kFirst), kUsers);
  // Once more changes nothing.
  const Outcome again = world.Run(Quiet({"check", "--fix"}));
  EXPECT_EQ(again.status, kSuccess);
  EXPECT_EQ(again.err, "");
  EXPECT_TRUE(again.written.empty());
}

}  // namespace palindrome::driver::mend

#endif  // PALINDROME_TESTS_UNIT_COMPILER_DRIVER_MEND_FIXTURE_H_
