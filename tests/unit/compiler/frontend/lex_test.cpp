#include "compiler/lex/lex.h"

#include <string>

#include "gtest/gtest.h"

#include "frontend_test.h"

namespace palindrome::lex {
namespace {

struct Lexed {
  explicit Lexed(std::string text) : file("m.sql", std::move(text)) {
    buffer = Lex(file, emitter);
    errors = frontend_test::Lines(emitter);
  }
  source::File file;
  diagnostics::Emitter emitter;
  TokenBuffer buffer;
  std::string errors;
};

TEST(Lex, SetsCommentsApart) {
  const Lexed lexed("-- one\nCREATE /* two */ x -- three\n");
  ASSERT_EQ(lexed.buffer.tokens.size(), 3U);
  EXPECT_EQ(lexed.buffer.tokens[1].spelling, "x");
  EXPECT_EQ(lexed.buffer.tokens[2].kind, sql::TokenKind::kEnd);
  ASSERT_EQ(lexed.buffer.comments.size(), 3U);
  EXPECT_EQ(lexed.buffer.comments[0].before_token, 0U);
  EXPECT_EQ(lexed.buffer.comments[1].before_token, 1U);
  EXPECT_EQ(lexed.buffer.comments[2].before_token, 2U);
  EXPECT_EQ(lexed.file.text(lexed.buffer.comments[1].range), "/* two */");
  EXPECT_EQ(lexed.errors, "");
}

TEST(Lex, ReportsWhatDoesNotEndOnce) {
  EXPECT_EQ(Lexed("a 'b\nc ; d").errors,
            "1:3: the string does not end; write its closing `'` "
            "[syntax-error]\n");
  EXPECT_EQ(Lexed("a \"b").errors,
            "1:3: the quoted name does not end; write its closing `\"` "
            "[syntax-error]\n");
  EXPECT_EQ(Lexed("[b").errors,
            "1:1: the quoted name does not end; write its closing `]` "
            "[syntax-error]\n");
  EXPECT_EQ(Lexed("x\n/* b").errors,
            "2:1: the comment does not end; write its closing `*/` "
            "[syntax-error]\n");
}

TEST(Lex, ReportsInvalidCharactersAndGoesOn) {
  const Lexed lexed("a # b ! c");
  EXPECT_EQ(lexed.errors,
            "1:3: `#` is no character of SQL [syntax-error]\n"
            "1:7: `!` is no character of SQL [syntax-error]\n");
  EXPECT_EQ(lexed.buffer.tokens.size(), 4U);
  EXPECT_EQ(Lexed(std::string("a\0b", 3)).errors,
            "1:2: a NUL byte; a migration is a text file [syntax-error]\n");
  EXPECT_EQ(Lexed("12ab").errors,
            "1:1: `12ab` is no number of SQL [syntax-error]\n");
  EXPECT_EQ(Lexed("x'abc'").errors,
            "1:1: `x'abc'` is no blob of SQL [syntax-error]\n");
}

TEST(Lex, AlwaysHasAnEnd) {
  const Lexed lexed("");
  ASSERT_EQ(lexed.buffer.tokens.size(), 1U);
  EXPECT_EQ(lexed.buffer.tokens[0].kind, sql::TokenKind::kEnd);
}

}  // namespace
}  // namespace palindrome::lex
