// `fmt` where a golden file cannot go: standard input, and disks that fail.
#include <gtest/gtest.h>

#include "compiler/driver/environment.h"
#include "tests/golden/world.h"

namespace palindrome::driver {
namespace {

using testing::Outcome;
using testing::World;

constexpr char kPath[] = "migrations/20250101_120000_create_users.sql";
constexpr char kRaw[] =
    "MIGRATION 'm' REVISION 'a1' REVISES NONE;\n"
    "UPGRADE BEGIN CREATE TABLE t (a); END; DOWNGRADE AUTO;";
constexpr char kFormatted[] =
    "MIGRATION 'm'\n  REVISION 'a1'\n  REVISES  NONE;\n\n"
    "UPGRADE BEGIN\n  CREATE TABLE t (a);\nEND;\n\nDOWNGRADE AUTO;\n";

TEST(FmtTest, FormatsStandardInput) {
  World world;
  world.SetInput(kRaw);
  Outcome outcome = world.Run({"fmt", "--stdin"});
  EXPECT_EQ(outcome.status, kSuccess);
  EXPECT_EQ(outcome.out, kFormatted);
  EXPECT_EQ(outcome.err, "");
  outcome = world.Run({"fmt", "--stdin", "--check"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_EQ(outcome.out, "<stdin>\n");
  world.SetInput(kFormatted);
  outcome = world.Run({"fmt", "--stdin", "--check"});
  EXPECT_EQ(outcome.status, kSuccess);
  EXPECT_EQ(outcome.out, "");
}

TEST(FmtTest, GivesNothingForInputWithErrors) {
  World world;
  for (const std::string& input :
       {std::string("SELECT 1;"), std::string("a\0b", 3), std::string("\xFF"),
        std::string()}) {
    world.SetInput(input);
    const Outcome outcome = world.Run({"fmt", "--stdin"});
    EXPECT_EQ(outcome.status, kFindings) << input;
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.err.find("<stdin>:"), std::string::npos) << outcome.err;
  }
}

TEST(FmtTest, WritesAllOrNothing) {
  World world;
  world.files()[kPath] = kRaw;
  world.FailWrites("the disk is full");
  Outcome outcome = world.Run({"fmt"});
  EXPECT_EQ(outcome.status, kFindings);
  EXPECT_EQ(outcome.out, "");
  EXPECT_NE(outcome.err.find("the disk is full"), std::string::npos);
  world.FailWrites("");
  outcome = world.Run({"fmt"});
  EXPECT_EQ(outcome.status, kSuccess);
  EXPECT_EQ(world.files()[kPath], kFormatted);
  EXPECT_TRUE(world.Run({"fmt"}).written.empty());
}

TEST(FmtTest, FormatsWhatASquashHasSetAside) {
  World world;
  world.files()["migrations/squashed/20250101_120000_create_users.sql"] = kRaw;
  EXPECT_EQ(world.Run({"fmt"}).out,
            "migrations/squashed/20250101_120000_create_users.sql\n");
}

}  // namespace
}  // namespace palindrome::driver
