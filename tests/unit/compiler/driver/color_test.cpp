#include "compiler/driver/color.h"

#include <string>

#include <gtest/gtest.h>

#include "compiler/driver/environment.h"
#include "tests/golden/world.h"

namespace palindrome::driver {
namespace {

TEST(ColorTest, IsForTerminalsWithoutNoColor) {
  EXPECT_TRUE(WantsColor(/*is_terminal=*/true, /*no_color=*/nullptr));
  EXPECT_TRUE(WantsColor(true, ""));
  EXPECT_FALSE(WantsColor(true, "1"));
  EXPECT_FALSE(WantsColor(true, "0"));
  EXPECT_FALSE(WantsColor(false, nullptr));
  EXPECT_FALSE(WantsColor(false, "1"));
}

// Of a folder with a finding.
testing::Outcome Check(const std::vector<std::string>& more) {
  testing::World world;
  world.files() = {{"migrations/20250101_120000_create_users.sql", "CREATE"}};
  std::vector<std::string> args = {"check"};
  args.insert(args.end(), more.begin(), more.end());
  return world.Run(args);
}

TEST(ColorTest, CanBeAskedFor) {
  EXPECT_EQ(Check({}).err.find('\x1B'), std::string::npos);
  EXPECT_EQ(Check({"--color", "auto"}).err, Check({}).err);
  EXPECT_EQ(Check({"--color", "never"}).err, Check({}).err);
  EXPECT_NE(Check({"--color=always"}).err.find("\x1B[0;1;31merror: "),
            std::string::npos);
  EXPECT_EQ(Check({"--color=always", "--format=json"}).out.find('\x1B'),
            std::string::npos);
  const testing::Outcome wrong = Check({"--color", "alway"});
  EXPECT_EQ(wrong.status, kUsage);
  EXPECT_NE(wrong.err.find("`alway` is not a way to colour; write `auto`, "
                           "`always` or `never`; did you mean `always`?"),
            std::string::npos)
      << wrong.err;
}

}  // namespace
}  // namespace palindrome::driver
