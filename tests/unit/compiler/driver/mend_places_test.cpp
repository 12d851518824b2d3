// `check --fix`: where a fix goes, and what it leaves to a person.
#include <string>

#include <gtest/gtest.h>

#include "compiler/driver/environment.h"
#include "tests/golden/world.h"

namespace palindrome::driver {
namespace {

using testing::Outcome;
using testing::World;

constexpr char kFirst[] = "migrations/20250101_120000_create_users.sql";
constexpr char kSecond[] = "migrations/20250102_120000_change_users.sql";

constexpr char kUsers[] = R"sql(MIGRATION 'create users'
  REVISION 'aa11bb22'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, phone TEXT);
  CREATE TABLE log (id INTEGER PRIMARY KEY, email TEXT);
END;

DOWNGRADE AUTO;
)sql";

std::string Second(const std::string& upgrade) {
  return "MIGRATION 'change users'\n  REVISION 'bb22'\n  REVISES "
         "'aa11bb22';\n\n"
         "UPGRADE BEGIN\n" +
         upgrade + "END;\n\nDOWNGRADE AUTO;\n";
}

// The second file after `check --fix`.
std::string Mended(const std::string& second, int status = kSuccess) {
  World world;
  world.files() = {{kFirst, kUsers}, {kSecond, second}};
  const Outcome outcome =
      world.Run({"check", "--fix", "--rules", "unnamed-constraint=off",
                 "--rules", "reversibility=off"});
  EXPECT_EQ(outcome.status, status) << second << outcome.out << outcome.err;
  const Outcome again = world.Run({"check", "--fix"});
  EXPECT_TRUE(again.written.empty()) << world.files().at(kSecond);
  return world.files().at(kSecond);
}

TEST(MendPlacesTest, AnIndexStandsBehindTheBlockOfItsKey) {
  EXPECT_EQ(
      Mended(Second("  -- why\n  FOR sqlite BEGIN\n    CREATE TABLE k (id "
                    "INTEGER PRIMARY KEY, u INTEGER REFERENCES users (id));\n"
                    "    CREATE VIRTUAL TABLE f USING fts5 (x);\n  END; -- it "
                    "is\n"),
             kFindings),
      Second("  -- why\n  FOR sqlite BEGIN\n    CREATE TABLE k (id INTEGER "
             "PRIMARY KEY, u INTEGER REFERENCES users (id));\n    CREATE "
             "VIRTUAL TABLE f USING fts5 (x);\n  END; -- it is\n  CREATE INDEX "
             "ix_k_u ON k (u);\n"));
  // What the block goes on to take away has none.
  const std::string renamed = Second(
      "  -- why\n  FOR sqlite BEGIN\n    CREATE TABLE k (id INTEGER "
      "PRIMARY KEY, u INTEGER REFERENCES users (id));\n    ALTER TABLE "
      "k RENAME TO l;\n  END;\n");
  EXPECT_EQ(Mended(renamed, kFindings), renamed);
}

TEST(MendPlacesTest, AComparisonThatKeepsRowsIsLeftToAPerson) {
  const char* const kLeft[] = {
      "  PRESERVE DELETE FROM users WHERE phone = NULL;\n",
      "  ALLOW delete-rows-unarchived BECAUSE 'x';\n"
      "  DELETE FROM users WHERE phone = NULL;\n",
      "  PRESERVE UPDATE users SET email = 'x' WHERE phone <> NULL;\n",
      "  INSERT INTO log (email) SELECT email FROM users WHERE phone = NULL;\n",
      "  CREATE TRIGGER t AFTER INSERT ON users BEGIN\n"
      "    DELETE FROM log WHERE email = NULL;\n  END;\n",
      "  CREATE TRIGGER t AFTER INSERT ON users WHEN new.email = NULL BEGIN\n"
      "    SELECT 1;\n    DELETE FROM log;\n  END;\n",
      "  ALTER TABLE users ALTER COLUMN phone TYPE INTEGER USING CASE WHEN "
      "phone = NULL THEN 1 ELSE 2 END;\n",
  };
  for (const char* left : kLeft) {
    EXPECT_EQ(Mended(Second(left), kFindings), Second(left));
  }
  EXPECT_EQ(Mended(Second("  CREATE VIEW v AS SELECT id FROM users WHERE phone "
                          "= NULL;\n")),
            Second("  CREATE VIEW v AS SELECT id FROM users WHERE phone IS "
                   "NULL;\n"));
  EXPECT_EQ(Mended(Second("  CREATE TRIGGER t BEFORE INSERT ON users WHEN "
                          "new.email = NULL BEGIN\n    SELECT RAISE(ABORT, "
                          "'no');\n  END;\n")),
            Second("  CREATE TRIGGER t BEFORE INSERT ON users WHEN new.email "
                   "IS NULL BEGIN\n    SELECT RAISE(ABORT, 'no');\n  END;\n"));
}

TEST(MendPlacesTest, AHeaderHasEachClauseOnce) {
  const std::string add = "  ALTER TABLE users ADD COLUMN age INTEGER;\n";
  std::string text = Second(add);
  text.replace(text.find("REVISION"), 8, "REVISON");
  EXPECT_EQ(Mended(text), Second(add));
  text = Second(add);
  text.replace(text.find("REVISES"), 7, "REVISE");
  EXPECT_EQ(Mended(text), Second(add));
}

TEST(MendPlacesTest, ACommentBeforeTheSemicolonIsPartOfTheStatement) {
  const std::string add = "  ALTER TABLE users ADD COLUMN age INTEGER;\n";
  const std::string text = Second("  BEGIN /* c */;\n" + add + "  COMMIT;\n");
  EXPECT_EQ(Mended(text, kFindings), Second("  BEGIN /* c */;\n" + add));
  EXPECT_EQ(Mended(Second("  BEGIN\n  ;\n" + add)), Second(add));
}

}  // namespace
}  // namespace palindrome::driver
