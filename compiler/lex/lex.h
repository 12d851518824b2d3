// The tokens of a source file, with the comments set apart.
//
// Values that view the file's text; the file outlives them.
#ifndef PALINDROME_COMPILER_LEX_LEX_H_
#define PALINDROME_COMPILER_LEX_LEX_H_

#include <vector>

#include "compiler/diagnostics/emitter.h"
#include "compiler/source/source.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::lex {

struct Comment {
  source::Range range;
  std::size_t before_token = 0;  // Index of the token that follows it.
};

struct TokenBuffer {
  const source::File* file = nullptr;
  std::vector<sql::Token> tokens;  // The last is kEnd.
  std::vector<Comment> comments;
  bool unterminated = false;  // What was reported last hides all behind it.
};

// Reports unterminated strings, names and comments and invalid characters, each
// once; such a token is kept with the kind it would have had, or left out.
TokenBuffer Lex(const source::File& file, diagnostics::Emitter& emitter);

}  // namespace palindrome::lex

#endif  // PALINDROME_COMPILER_LEX_LEX_H_
