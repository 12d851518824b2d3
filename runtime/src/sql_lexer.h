// The lexer of SQLite's SQL, shared by the compiler (which reads migrations
// with it) and the runtime (which normalizes the text of CHECKs, views and
// triggers for the catalog digest). It follows tokenize.c of SQLite 3.40:
// names in "", `` and [], strings in '', blobs x'', numbers with exponents and
// hexadecimal, parameters, `--` and `/* */` comments. Bytes of 0x80 and above
// belong to words. Views into the caller's text; pure functions, so any
// thread may call them.
#ifndef PALINDROME_RUNTIME_SRC_SQL_LEXER_H_
#define PALINDROME_RUNTIME_SRC_SQL_LEXER_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace palindrome::sql {

enum class TokenKind : std::uint8_t {
#define PALINDROME_SQL_TOKEN(Name, Text) Name,
#include "runtime/src/sql_token_kinds.def"
};

// What messages call the kind: "string", "quoted name".
std::string_view TokenKindName(TokenKind kind);

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::uint32_t offset = 0;   // Of the first byte, in the text lexed.
  std::string_view spelling;  // The exact bytes, quotes included.
};

// The token at or after `offset`, past white space. Comments are tokens. At
// the end: kEnd with an empty spelling. A string, name or blob that does not
// end, or a malformed blob or number, is kUnterminated or kInvalid and covers
// what was read of it, so that the caller can go on after it. A NUL byte is
// kInvalid. An unterminated `/*` comment is kUnterminated.
Token NextToken(std::string_view text, std::uint32_t offset);

// What a kWord, kQuotedName or kString means: quotes removed, doubled quotes
// made one. Case is kept.
std::string Unquote(const Token& token);

// ASCII case folding and comparison, as SQLite compares names and keywords.
std::string FoldCase(std::string_view text);
bool EqualsIgnoringCase(std::string_view left, std::string_view right);

// True if `word` is one of SQLite's keywords, so that a name spelt so must be
// quoted to be safe.
bool IsKeyword(std::string_view word);

// `name` as SQL: bare if it is an identifier and no keyword, else in double
// quotes.
std::string QuoteName(std::string_view name);

// `text` as an SQL string literal.
std::string QuoteString(std::string_view text);

}  // namespace palindrome::sql

#endif  // PALINDROME_RUNTIME_SRC_SQL_LEXER_H_
