// A statement of SQL as its words.
//
// Pure functions, any thread.
#ifndef PALINDROME_COMPILER_QUERIES_WORDS_H_
#define PALINDROME_COMPILER_QUERIES_WORDS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/src/sql_lexer.h"

namespace palindrome::queries {

bool IsName(const sql::Token& token);

// Without comments.
std::vector<sql::Token> Tokens(std::string_view text);

// Folded; empty behind the end.
std::string Word(const std::vector<sql::Token>& tokens, std::size_t index);

bool IsSchemaChange(const std::string& verb);

// Makes or changes a table that is not temporary.
bool IsUpgrade(const std::vector<sql::Token>& tokens);

// Whether a statement of the text is one that IsUpgrade.
bool ChangesSchema(std::string_view text);

}  // namespace palindrome::queries

#endif  // PALINDROME_COMPILER_QUERIES_WORDS_H_
