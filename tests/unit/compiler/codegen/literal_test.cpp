#include "compiler/codegen/literal.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace palindrome::codegen {
namespace {

std::string Literals(std::string_view text) {
  std::string out;
  AppendLiterals(text, "  ", out);
  return out;
}

TEST(LiteralTest, EscapesAllThatIsNotPlain) {
  EXPECT_EQ(Literals("a b~"), "  \"a b~\"\n");
  EXPECT_EQ(Literals(""), "");
  EXPECT_EQ(Literals("\"\\'?\?/"), "  \"\\042\\134\\047\\077\\077/\"\n");
  EXPECT_EQ(Literals(std::string_view("\0", 1)), "  \"\\000\"\n");
  EXPECT_EQ(Literals("\xff\x7f\t1"), "  \"\\377\\177\\0111\"\n");
}

TEST(LiteralTest, OneLineForEachLine) {
  EXPECT_EQ(Literals("a\r\n\nb"), "  \"a\\015\\n\"\n  \"\\n\"\n  \"b\"\n");
  EXPECT_EQ(Literals("a\n"), "  \"a\\n\"\n");
}

TEST(LiteralTest, LongLinesAreCut) {
  const std::string out = Literals(std::string(3000, 'x'));
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 3);
  EXPECT_EQ(std::count(out.begin(), out.end(), 'x'), 3000);
}

TEST(LiteralTest, CommentsCannotEnd) {
  EXPECT_EQ(CommentText("add 'x' to \"y\""), "add 'x' to \"y\"");
  EXPECT_EQ(CommentText("a\n#error\\\n?\?/\xff"), "a_#error____/_");
  EXPECT_LE(CommentText(std::string(1000, 'x')).size(), 60U);
}

}  // namespace
}  // namespace palindrome::codegen
