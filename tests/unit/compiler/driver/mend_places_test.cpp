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
  REVISION 'aa11'
  REVISES NONE;

UPGRADE BEGIN
  CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, phone TEXT);
  CREATE TABLE log (id INTEGER PRIMARY KEY, email TEXT);
END;

DOWNGRADE AUTO;
)sql";

std::string Second(const std::string& upgrade) {
  return "MIGRATION 'change users'\n  REVISION 'bb22'\n  REVISES 'aa11';\n\n"
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

}  // namespace
}  // namespace palindrome::driver
