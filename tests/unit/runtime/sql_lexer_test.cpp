#include "runtime/src/sql_lexer.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/src/sql_normalize.h"

namespace palindrome::sql {
namespace {

struct Case {
  std::string_view text;
  TokenKind kind;
  std::string_view spelling;  // Of the first token.
};

class FirstToken : public testing::TestWithParam<Case> {};

TEST_P(FirstToken, HasKindAndSpelling) {
  const Token token = NextToken(GetParam().text, 0);
  EXPECT_EQ(TokenKindName(token.kind), TokenKindName(GetParam().kind));
  EXPECT_EQ(token.spelling, GetParam().spelling);
}

using enum TokenKind;

INSTANTIATE_TEST_SUITE_P(
    WellFormed, FirstToken,
    testing::Values(
        Case{"", kEnd, ""}, Case{" \t\r\n\f", kEnd, ""},
        Case{"\xEF\xBB\xBFx", kWord, "x"}, Case{"ab_1$ c", kWord, "ab_1$"},
        Case{"\xC3\xA9t\xC3\xA9 x", kWord, "\xC3\xA9t\xC3\xA9"},
        Case{"'a''b' c", kString, "'a''b'"}, Case{"''", kString, "''"},
        Case{"\"a\"\"b\"", kQuotedName, "\"a\"\"b\""},
        Case{"`a``b`", kQuotedName, "`a``b`"},
        Case{"[a b]]", kQuotedName, "[a b]"}, Case{"x'0aF1'", kBlob, "x'0aF1'"},
        Case{"X''", kBlob, "X''"}, Case{"12 3", kNumber, "12"},
        Case{"1.5e-3+", kNumber, "1.5e-3"}, Case{".5", kNumber, ".5"},
        Case{"1.", kNumber, "1."}, Case{"1e5", kNumber, "1e5"},
        Case{"0x1F", kNumber, "0x1F"}, Case{"?12", kVariable, "?12"},
        Case{"?", kVariable, "?"}, Case{":name", kVariable, ":name"},
        Case{"@n", kVariable, "@n"}, Case{"$a::b", kVariable, "$a::b"},
        Case{"-- c\nx", kComment, "-- c"},
        Case{"/* * */x", kComment, "/* * */"}, Case{"->>", kPunctuation, "->>"},
        Case{"->x", kPunctuation, "->"}, Case{"-1", kPunctuation, "-"},
        Case{"<>", kPunctuation, "<>"}, Case{"||", kPunctuation, "||"},
        Case{".x", kPunctuation, "."}));

INSTANTIATE_TEST_SUITE_P(
    Malformed, FirstToken,
    testing::Values(
        Case{"'a", kUnterminated, "'a"}, Case{"'a''", kUnterminated, "'a''"},
        Case{"\"a", kUnterminated, "\"a"}, Case{"`", kUnterminated, "`"},
        Case{"[a b", kUnterminated, "[a b"},
        Case{"/* a", kUnterminated, "/* a"}, Case{"/*/", kUnterminated, "/*/"},
        Case{"x'0", kUnterminated, "x'0"}, Case{"x'0' y", kInvalid, "x'0'"},
        Case{"x'0g' y", kInvalid, "x'0g'"}, Case{"12ab c", kInvalid, "12ab"},
        Case{"0x1Fz", kInvalid, "0x1Fz"}, Case{"1e", kInvalid, "1e"},
        Case{"!x", kInvalid, "!"}, Case{"{", kInvalid, "{"},
        Case{": x", kInvalid, ":"},
        Case{std::string_view("\0x", 2), kInvalid, std::string_view("\0", 1)}));

TEST(NextToken, EndsForEveryPrefixOfHostileText) {
  const std::string text =
      "a'b\"c`d[e]x'0g'--\n/*1e+.5 0x:$?@#!\\{}\xFF\xEF\xBB\xBF;\0z";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const std::string_view prefix = std::string_view(text).substr(0, size);
    std::uint32_t offset = 0;
    std::size_t count = 0;
    while (true) {
      const Token token = NextToken(prefix, offset);
      if (token.kind == kEnd) {
        EXPECT_TRUE(token.spelling.empty());
        break;
      }
      ASSERT_FALSE(token.spelling.empty());
      ASSERT_LT(count++, size);
      offset = token.offset + static_cast<std::uint32_t>(token.spelling.size());
      ASSERT_LE(offset, size);
    }
  }
}

TEST(NextToken, ClampsAnOffsetPastTheEnd) {
  EXPECT_EQ(NextToken("ab", 7).kind, kEnd);
}

TEST(Unquote, RemovesQuotesAndDoubling) {
  EXPECT_EQ(Unquote(NextToken("'it''s'", 0)), "it's");
  EXPECT_EQ(Unquote(NextToken("\"a\"\"B\"", 0)), "a\"B");
  EXPECT_EQ(Unquote(NextToken("`a``b`", 0)), "a`b");
  EXPECT_EQ(Unquote(NextToken("[a b]", 0)), "a b");
  EXPECT_EQ(Unquote(NextToken("Word", 0)), "Word");
}

TEST(Names, AreQuotedWhereTheyMustBe) {
  EXPECT_EQ(QuoteName("tasks"), "tasks");
  EXPECT_EQ(QuoteName("Order"), "\"Order\"");
  EXPECT_EQ(QuoteName("a b"), "\"a b\"");
  EXPECT_EQ(QuoteName("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(QuoteName("1a"), "\"1a\"");
  EXPECT_EQ(QuoteName("a\u2019s"), "\"a\u2019s\"");
  EXPECT_EQ(QuoteName("gr\u00F6\u00DFe"), "gr\u00F6\u00DFe");
  EXPECT_EQ(QuoteName(""), "\"\"");
  // Before a token it is white space.
  EXPECT_EQ(QuoteName("\xEF\xBB\xBFt"), "\"\xEF\xBB\xBFt\"");
  EXPECT_EQ(QuoteName("t\xEF\xBB\xBF"), "t\xEF\xBB\xBF");
  EXPECT_EQ(QuoteString("it's"), "'it''s'");
}

TEST(Names, KeywordsAndCaseAreAscii) {
  EXPECT_TRUE(IsKeyword("select"));
  EXPECT_TRUE(IsKeyword("ABORT"));
  EXPECT_TRUE(IsKeyword("Without"));
  EXPECT_FALSE(IsKeyword("selects"));
  EXPECT_TRUE(EqualsIgnoringCase("aZ_", "Az_"));
  EXPECT_FALSE(EqualsIgnoringCase("a", "ab"));
  EXPECT_EQ(FoldCase("A\xC3\x89Z"), "a\xC3\x89z");
}

std::string Normal(std::string_view text) {
  return NormalTokens(Tokenize(text));
}

TEST(NormalTokens, IgnoresSpaceCommentsQuotingAndCase) {
  EXPECT_EQ(Normal("CHECK /*x*/ ( \"A\">0 )"), Normal("check(a -- y\n > 0)"));
  EXPECT_EQ(Normal("SELECT [t].`A`, t . * FROM T"), "select t.a, t.* from t");
}

TEST(NormalTokens, KeepsWhatMatters) {
  EXPECT_NE(Normal("'A'"), Normal("'a'"));
  EXPECT_NE(Normal("1.0"), Normal("1"));
  EXPECT_NE(Normal("\"null\""), Normal("null"));
  EXPECT_NE(Normal("\"a b\""), Normal("a b"));
  EXPECT_NE(Normal("t.a"), Normal("a"));
}

TEST(NormalTokens, SpellsAStringInDoubleQuotesAsAString) {
  const std::set<std::string> columns = {"a"};
  EXPECT_EQ(NormalTokens(Tokenize("a = \"Xy\""), &columns), "a = 'Xy'");
  EXPECT_EQ(NormalTokens(Tokenize("\"A\" = 1"), &columns), "a = 1");
  EXPECT_EQ(NormalTokens(Tokenize("a COLLATE \"NoCase\""), &columns),
            "a collate nocase");
}

}  // namespace
}  // namespace palindrome::sql
