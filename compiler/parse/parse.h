// The parser: from a source file to a migration.
//
// It recovers at statements: after an error it goes on behind the next `;` of
// the block, so that one run reports every error of a file, each at its line
// and column. A pure function apart from what it emits; any thread, one
// emitter.
#ifndef PALINDROME_COMPILER_PARSE_PARSE_H_
#define PALINDROME_COMPILER_PARSE_PARSE_H_

#include "compiler/ast/migration.h"
#include "compiler/diagnostics/emitter.h"
#include "compiler/source/source.h"

namespace palindrome::parse {

// Reads the whole file. What could not be read is left out, and
// `header_ok` or `body_ok` is false.
ast::Migration ParseMigration(const source::File& file,
                              diagnostics::Emitter& emitter);

// Reads the header alone: enough for the revision graph, also when the body is
// broken. Says nothing of the body.
ast::Migration ParseHeader(const source::File& file,
                           diagnostics::Emitter& emitter);

// Reads one statement of SQLite, as sqlite_master holds it.
std::optional<ast::Statement> ParseStatement(const source::File& file,
                                             diagnostics::Emitter& emitter);

}  // namespace palindrome::parse

#endif  // PALINDROME_COMPILER_PARSE_PARSE_H_
