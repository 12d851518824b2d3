#include "runtime/src/program.h"

#include <string>

#include <gtest/gtest.h>

#include "runtime/src/sha256.h"
#include <palindrome/migration.h>

namespace palindrome {
namespace {

using namespace std::string_literals;

Program TwoStatements() {
  Program program;
  program.statements = {
      {table::kLegacyAlterTable, "ALTER TABLE a RENAME TO b", 12},
      {0, "INSERT INTO b VALUES ('x\n1 2\n')", 13}};
  return program;
}

TEST(Program, IsWrittenAsItsFormatSays) {
  EXPECT_EQ(EncodeProgram({}), "palindrome-program 1\n");
  EXPECT_EQ(EncodeProgram(TwoStatements()),
            "palindrome-program 1\n"
            "2 25\nALTER TABLE a RENAME TO b\n"
            "0 31\nINSERT INTO b VALUES ('x\n1 2\n')\n");
}

TEST(Program, ComesBackFromItsText) {
  Program program = TwoStatements();
  program.statements.push_back({table::kKnownStatementFlags, "", 0});
  program.statements.push_back({0, "a\0b\xff"s, 0});
  const Result<Program> back = DecodeProgram(EncodeProgram(program));
  ASSERT_TRUE(back.ok()) << back.status().ToString();
  ASSERT_EQ(back->statements.size(), program.statements.size());
  for (std::size_t i = 0; i < program.statements.size(); ++i) {
    EXPECT_EQ(back->statements[i].flags, program.statements[i].flags);
    EXPECT_EQ(back->statements[i].sql, program.statements[i].sql);
    EXPECT_EQ(back->statements[i].line, 0U);
  }
}

struct Damage {
  std::string text;
  StatusCode code;
};

TEST(Program, RefusesWhatItDoesNotWrite) {
  const StatusCode corrupt = StatusCode::kCorruptLedger;
  const StatusCode unsupported = StatusCode::kUnsupportedLedger;
  const Damage damages[] = {
      {"", corrupt},
      {"palindrome-program 1", corrupt},
      {"palindrome-programs 1\n", corrupt},
      {"palindrome-program 2\n0 1\na\n", unsupported},
      {"palindrome-program 01\n", unsupported},
      {"palindrome-program 1\n\n", corrupt},
      {"palindrome-program 1\n0\n", corrupt},
      {"palindrome-program 1\n0 1\na", corrupt},
      {"palindrome-program 1\n0 1\nab", corrupt},
      {"palindrome-program 1\n0 2\na\n", corrupt},
      {"palindrome-program 1\n0 1\na\n ", corrupt},
      {"palindrome-program 1\n0 01\na\n", corrupt},
      {"palindrome-program 1\n+0 1\na\n", corrupt},
      {"palindrome-program 1\n-1 1\na\n", corrupt},
      {"palindrome-program 1\n0 -1\na\n", corrupt},
      {"palindrome-program 1\n 0 1\na\n", corrupt},
      {"palindrome-program 1\n0x1 1\na\n", corrupt},
      {"palindrome-program 1\n0 4294967295\na\n", corrupt},
      {"palindrome-program 1\n0 4294967296\na\n", corrupt},
      {"palindrome-program 1\n0 99999999999999999999\na\n", corrupt},
      {"palindrome-program 1\n64 1\na\n", unsupported},
  };
  for (const Damage& damage : damages) {
    const Result<Program> program = DecodeProgram(damage.text);
    ASSERT_FALSE(program.ok()) << damage.text;
    EXPECT_EQ(program.status().code(), damage.code) << damage.text;
  }
}

TEST(Program, EveryBeginningOfOneIsAProgramOrRefused) {
  const std::string text = EncodeProgram(TwoStatements());
  const std::size_t second = text.find("0 31");
  for (std::size_t size = 0; size < text.size(); ++size) {
    const bool is_whole = size == 21 || size == second;
    EXPECT_EQ(DecodeProgram(text.substr(0, size)).ok(), is_whole) << size;
  }
}

TEST(Program, HasADigestOfItsText) {
  EXPECT_EQ(ProgramDigest(TwoStatements()),
            "p1:" + Sha256Hex(EncodeProgram(TwoStatements())));
  EXPECT_EQ(ProgramDigest({}), "p1:" + Sha256Hex("palindrome-program 1\n"));
}

TEST(Program, DigestsTellFlagsAndBordersApart) {
  const auto digest = [](std::vector<ProgramStatement> statements) {
    return ProgramDigest({std::move(statements)});
  };
  EXPECT_NE(digest({{0, "a", 0}}), digest({{1, "a", 0}}));
  EXPECT_NE(digest({{0, "ab", 0}}), digest({{0, "a", 0}, {0, "b", 0}}));
  EXPECT_NE(digest({{0, "", 0}}), digest({}));
  EXPECT_EQ(digest({{0, "a", 1}}), digest({{0, "a", 2}}));
}

}  // namespace
}  // namespace palindrome
