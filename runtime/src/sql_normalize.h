// SQL tokens in one normal spelling, so that texts which differ in white
// space, comments, quoting or case of names and keywords compare equal, also
// after the engine rewrote them in a rename. The spelling is part of the
// `s1:` format (runtime/docs/catalog_digest.md). Pure functions.
#ifndef PALINDROME_RUNTIME_SRC_SQL_NORMALIZE_H_
#define PALINDROME_RUNTIME_SRC_SQL_NORMALIZE_H_

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/src/sql_lexer.h"

namespace palindrome::sql {

// The tokens of `text` without comments and kEnd.
std::vector<Token> Tokenize(std::string_view text);

// True if `token` is the keyword `word`, unquoted.
bool IsWord(const Token& token, std::string_view word);
bool IsPunctuation(const Token& token, std::string_view text);

// A name that was unquoted: folded, in double quotes only where it could be
// read as something else.
std::string NormalName(std::string_view name);

// The tokens in normal spelling. With `columns` (folded names), a name in
// double quotes that is none of them and not part of a qualified name, call,
// COLLATE or CAST is spelt as the string that SQLite takes it for.
std::string NormalTokens(std::span<const Token> tokens,
                         const std::set<std::string>* columns = nullptr);

// The tokens without `table.` before names: engines take it away and put it
// there when they rewrite a table's own text.
std::vector<Token> WithoutQualifier(std::span<const Token> tokens,
                                    std::string_view table);

}  // namespace palindrome::sql

#endif  // PALINDROME_RUNTIME_SRC_SQL_NORMALIZE_H_
