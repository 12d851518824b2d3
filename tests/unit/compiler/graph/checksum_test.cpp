#include <gtest/gtest.h>

#include "compiler/graph/graph.h"

namespace palindrome::graph {
namespace {

std::string Sum(const std::string& text) {
  return Checksum(source::File("m.sql", text));
}

constexpr char kMigration[] =
    "MIGRATION 'create users'\n  REVISION 'a1'\n  REVISES NONE;\n"
    "UPGRADE BEGIN\n  ALLOW drop-table-unarchived BECAUSE 'empty';\n"
    "  DROP TABLE users;\nEND;\nDOWNGRADE AUTO;\n";

// The format is final: lock files and ledgers carry it.
TEST(ChecksumTest, ValuesNeverChange) {
  EXPECT_EQ(
      Sum(""),
      "t1:aa55af89e85a08594e1a5ec23fa43febfa29eed6741d502f307873cf563424a0");
  EXPECT_EQ(
      Sum("SELECT 1"),
      "t1:bc55193e6d0b14c2be0cf89708a44538b4dc2bf7b83e155663f187ad537f1a74");
  EXPECT_EQ(
      Sum(kMigration),
      "t1:a2d4e1f290d5598144787741f844f798689959a0f9af60188de680e2167f5c7c");
}

TEST(ChecksumTest, IgnoresCommentsSpaceAndReasons) {
  const std::string sum = Sum(kMigration);
  EXPECT_EQ(Sum("-- why\nMIGRATION 'create users' /* c */ REVISION 'a1'\r\n"
                "REVISES NONE;UPGRADE BEGIN ALLOW drop-table-unarchived "
                "BECAUSE 'it''s -- another reason'; -- end\n"
                "DROP TABLE users;END;DOWNGRADE AUTO;"),
            sum);
}

TEST(ChecksumTest, IgnoresTheReasonOfAQuotedRuleAndInTheHeader) {
  EXPECT_EQ(Sum("MIGRATION 'm' REVISION 'a' ALLOW 'x' BECAUSE '1' REVISES "
                "NONE;"),
            Sum("MIGRATION 'm' REVISION 'a' ALLOW 'x' BECAUSE '2' REVISES "
                "NONE;"));
}

TEST(ChecksumTest, CountsEverythingElse) {
  const std::string sum = Sum(kMigration);
  const std::string text = kMigration;
  const std::pair<const char*, const char*> edits[] = {
      {"users;", "Users;"},      // case
      {"users;", "\"users\";"},  // quotes
      {"'create users'", "'create  users'"},
      {"drop-table-unarchived", "drop-column-unarchived"},
      {"DROP TABLE", "drop table"},
      {"AUTO", "BEGIN END"},
      {"'a1'", "'a2'"},
  };
  for (const auto& [from, to] : edits) {
    std::string edited = text;
    edited.replace(edited.find(from), std::string(from).size(), to);
    EXPECT_NE(Sum(edited), sum) << to;
  }
}

TEST(ChecksumTest, AStringAfterBecauseElsewhereCounts) {
  // Only an item begins with ALLOW.
  EXPECT_NE(Sum("M; SELECT a AS allow, because '1';"),
            Sum("M; SELECT a AS allow, because '2';"));
  EXPECT_NE(Sum("M; INSERT INTO allow VALUES (because, '1');"),
            Sum("M; INSERT INTO allow VALUES (because, '2');"));
  EXPECT_NE(Sum("M; ALLOW; because '1';"), Sum("M; ALLOW; because '2';"));
  EXPECT_NE(Sum("M; ALLOW x BECAUSE, '1';"), Sum("M; ALLOW x BECAUSE, '2';"));
}

TEST(ChecksumTest, TokensDoNotRunTogether) {
  EXPECT_NE(Sum("a b"), Sum("ab"));
  EXPECT_NE(Sum("'a' 'b'"), Sum("'a''b'"));
  EXPECT_NE(Sum("a"), Sum("a a"));
}

TEST(ChecksumTest, MalformedTextHasAChecksumToo) {
  EXPECT_NE(Sum("'unterminated"), Sum("'unterminated2"));
  EXPECT_NE(Sum(std::string("\x01", 1)), Sum(""));
}

}  // namespace
}  // namespace palindrome::graph
