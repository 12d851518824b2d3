// `check --fix` of `palindrome.toml`.
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/compiler/driver/mend_fixture.h"

namespace palindrome::driver::mend {
namespace {

TEST(MendTest, MendsTheConfiguration) {
  World world =
      WithSecond(Second("  ALTER TABLE users ADD COLUMN age INTEGER;\n"));
  world.files()[kToml] = "dialect = [\"sqlite\"]\n";
  const Outcome outcome = world.Run({"check", "--fix"});
  EXPECT_EQ(outcome.status, kSuccess) << outcome.err;
  EXPECT_EQ(world.files().at(kToml), "dialects = [\"sqlite\"]\n");
}

// A misspelt name, and the file as it is mended.
TEST(MendTest, MendsTheWordsOfTheConfiguration) {
  const std::vector<std::pair<std::string, std::string>> files = {
      {"[rules]\nfile-name-content-mismach = \"off\"\n",
       "[rules]\nfile-name-content-mismatch = \"off\"\n"},
      {"[rules]\n\"hygeine\" = 'off'\n", "[rules]\n\"hygiene\" = 'off'\n"},
      {"[rules]\nhygiene = \"eror\"  # ok\n",
       "[rules]\nhygiene = \"error\"  # ok\n"},
      {"[rules]\nhygiene = 'ofv'\n", "[rules]\nhygiene = 'off'\n"},
      {"rehearse = \"shcema\"\n", "rehearse = \"schema\"\n"},
      {"deployment = \"roling\"\n", "deployment = \"rolling\"\n"},
      {"comments = \"optinal\"\n", "comments = \"optional\"\n"},
      {"dialects = [\"sqlit\"]\n", "dialects = [\"sqlite\"]\n"},
      {"[limits]\ncolums = 3\n", "[limits]\ncolumns = 3\n"},
      {"[names]\n\"tabel\" = \".*\"\n", "[names]\n\"table\" = \".*\"\n"},
  };
  for (const auto& [wrong, mended] : files) {
    World world =
        WithSecond(Second("  ALTER TABLE users ADD COLUMN age INTEGER;\n"));
    world.files()[kToml] = wrong;
    const Outcome outcome = world.Run({"check", "--fix"});
    EXPECT_EQ(outcome.err.find("configuration"), std::string::npos)
        << outcome.err;
    EXPECT_EQ(world.files().at(kToml), mended);
  }
}

TEST(MendTest, AKeyThatIsThereIsNotWrittenAgain) {
  for (const char* text : {"dialects = [\"sqlite\"]\ndialect = [\"sqlite\"]\n",
                           "[limits]\ncolumns = 3\ncolums = 4\n",
                           "[names]\ntable = \"t\"\ntabel = \"t\"\n",
                           "[rules]\nhygiene = \"off\"\nhygeine = \"off\"\n"}) {
    World world =
        WithSecond(Second("  ALTER TABLE users ADD COLUMN age INTEGER;\n"));
    world.files()[kToml] = text;
    const Outcome outcome = world.Run({"check", "--fix"});
    EXPECT_EQ(outcome.status, kFindings);
    EXPECT_TRUE(outcome.written.empty()) << text;
  }
}

}  // namespace
}  // namespace palindrome::driver::mend
