#include "compiler/import/names.h"

#include <gtest/gtest.h>

#include "compiler/import/lines.h"

namespace palindrome::importer {
namespace {

TEST(ImportNamesTest, WordsOfANameAreLowerCase) {
  for (const char* name : {"create_users", "create-users", "CreateUsers",
                           "createUsers", "Create users", "_create__users_"}) {
    EXPECT_EQ(Words(name), "create users") << name;
  }
  EXPECT_EQ(Words("ParseHTTPLog"), "parse http log");
  EXPECT_EQ(Words("AddV2Table"), "add v2 table");
  EXPECT_EQ(Words("add_2FA"), "add 2fa");
  EXPECT_EQ(Words("größe\nändern"), "größe ändern");
  EXPECT_EQ(Words(""), "");
  EXPECT_EQ(Words("__-."), "");
}

TEST(ImportNamesTest, DatesAreThoseOfTheVersion) {
  EXPECT_EQ(DateOf("20250115143022"), "2025-01-15 14:30:22");
  EXPECT_EQ(DateOf("202501151430"), "2025-01-15 14:30:00");
  EXPECT_EQ(DateOf("20250115"), "2025-01-15 00:00:00");
  EXPECT_EQ(DateOf("2018-01-14-171611"), "2018-01-14 17:16:11");
  EXPECT_EQ(DateOf("2018-01-14-171611-0000"), "2018-01-14 17:16:11");
  EXPECT_EQ(DateOf("2013.01.15.11.35.56"), "2013-01-15 11:35:56");
  EXPECT_EQ(DateOf("2013_01_15"), "2013-01-15 00:00:00");
  EXPECT_EQ(DateOf("1500360784"), "2017-07-18 06:53:04");
  EXPECT_EQ(DateOf("20240229"), "2024-02-29 00:00:00");
}

TEST(ImportNamesTest, WhatIsNoDateHasNone) {
  for (const char* version :
       {"", "1", "0001", "00000000000000", "20230229", "20251301", "20250100",
        "20250115243022", "20250115146022", "19691231", "21010101",
        "9999999999", "2018-01", "2018-1-14", "1.2025.01.02", "2025.01.02.0001",
        "2018-01-14-", "abc", "99999999999999999999999999"}) {
    EXPECT_EQ(DateOf(version), "") << version;
  }
}

TEST(ImportNamesTest, VersionsAreComparedNumberByNumber) {
  EXPECT_EQ(VersionKey("0012"), "12");
  EXPECT_EQ(VersionKey("000"), "0");
  EXPECT_EQ(VersionKey("01_2.0"), "1.2");
  EXPECT_EQ(VersionKey("1.0.3"), "1.0.3");
  const auto is_less = [](const char* left, const char* right) {
    return HasLowerVersion({VersionKey(left), "", {}},
                           {VersionKey(right), "", {}});
  };
  EXPECT_TRUE(is_less("2", "10"));
  EXPECT_TRUE(is_less("1", "1.1"));
  EXPECT_TRUE(is_less("1.9", "1.10"));
  EXPECT_TRUE(is_less("18446744073709551615", "18446744073709551616"));
  EXPECT_FALSE(is_less("1.0", "1"));
  EXPECT_FALSE(is_less("1", "1.0"));
  EXPECT_FALSE(is_less("10", "9"));
}

TEST(ImportLinesTest, BodiesHaveOneKindOfLineEnd) {
  EXPECT_EQ(Body("\xEF\xBB\xBF\r\n  a;\r\n\r\nb; \r\n\r\n"), "  a;\n\nb;\n");
  EXPECT_EQ(Body("a"), "a\n");
  EXPECT_EQ(Body(" \r\n\t\n"), "");
  EXPECT_EQ(Body(""), "");
  EXPECT_TRUE(Lines("").empty());
  EXPECT_EQ(Lines("a\n\nb").size(), 3U);
}

TEST(ImportLinesTest, FindsPlaceholders) {
  EXPECT_EQ(FindPlaceholder("a ${b} c"), "${b}");
  EXPECT_EQ(FindPlaceholder("a $b } ${c"), "");
  EXPECT_EQ(FindPlaceholder(""), "");
}

}  // namespace
}  // namespace palindrome::importer
