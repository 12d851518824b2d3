#include "runtime/src/printable_sql.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace palindrome {
namespace {

using std::string_view_literals::operator""sv;

TEST(PrintableSqlTest, IndentsLinesButNotTokens) {
  EXPECT_EQ(PrintableSql("SELECT 1", "  "), "  SELECT 1;");
  EXPECT_EQ(PrintableSql("SELECT\n  1,\r\n\n2", "  "),
            "  SELECT\n    1,\r\n  \n  2;");
  EXPECT_EQ(
      PrintableSql("SELECT 'a\nb\r\n\tc', \"d\ne\" /* f\ng */\nFROM t", "  "),
      "  SELECT 'a\nb\r\n\tc', \"d\ne\" /* f\ng */\n  FROM t;");
  EXPECT_EQ(PrintableSql("", ""), ";");
}

TEST(PrintableSqlTest, TheSemicolonIsNoPartOfAComment) {
  EXPECT_EQ(PrintableSql("SELECT 1 -- one", "  "), "  SELECT 1 -- one\n  ;");
  EXPECT_EQ(PrintableSql("SELECT 1 -- one\n", ""), "SELECT 1 -- one\n;");
  EXPECT_EQ(PrintableSql("SELECT 1 /* one */", ""), "SELECT 1 /* one */;");
}

TEST(PrintableSqlTest, SendsNothingToTheTerminal) {
  constexpr std::string_view kSql =
      "SELECT '\x1b[2J\r\x7f\0', \xc2\xa7 'open\n\x1b"sv;
  ASSERT_EQ(kSql.size(), 28U);
  const std::string printed = PrintableSql(kSql, "  ");
  EXPECT_EQ(printed.find_first_of(std::string("\x1b\r\x7f\0", 4)),
            std::string::npos)
      << printed;
  EXPECT_NE(printed.find("\xc2\xa7"), std::string::npos);
}

}  // namespace
}  // namespace palindrome
