// The parsers of statements, one a family. Each begins at the first word of
// its statement and reads to the end of its cursor; nothing means that it has
// reported an error.
#ifndef PALINDROME_COMPILER_PARSE_STATEMENT_H_
#define PALINDROME_COMPILER_PARSE_STATEMENT_H_

#include <optional>
#include <string_view>

#include "compiler/ast/statement.h"
#include "compiler/parse/cursor.h"

namespace palindrome::parse {

using Node = std::optional<ast::StatementNode>;

// Any statement that a migration may hold. `dialect` is the FOR block's, or
// empty; in one, other statements of the dialect are opaque.
std::optional<ast::Statement> ParseAnyStatement(Cursor& cursor,
                                                std::string_view dialect);

Node ParseAlterTable(Cursor& cursor);
Node ParseCreateIndex(Cursor& cursor);
// CREATE TABLE … AS SELECT gives an Opaque.
Node ParseCreateTable(Cursor& cursor);
Node ParseCreateTrigger(Cursor& cursor);
Node ParseCreateView(Cursor& cursor);
Node ParseData(Cursor& cursor);
Node ParseDrop(Cursor& cursor);
Node ParseOpaque(Cursor& cursor);

// Reports the statements that are somebody else's job: COMMIT, PRAGMA, a bare
// SELECT. True if it was one.
bool RejectForbidden(Cursor& cursor);
// True if the word at the cursor begins a statement that is refused because of
// the transaction; reports it.
bool RejectTransactionControl(Cursor& cursor);
// Takes WITH … up to its verb.
void SkipWith(Cursor& cursor);

// The first word of an item of a block, or what was meant to be one.
bool StartsStatement(const Context& context, std::size_t index);

// True if the cursor stands where the next statement begins on a line of its
// own: then the `;` is missing, and not the statement wrong.
bool StartsNextStatement(const Cursor& cursor);

// CREATE [TEMP] kind [IF NOT EXISTS] name, of a kind that is known to be there.
std::optional<ast::Name> ExpectCreated(Cursor& cursor, std::string_view what,
                                       bool& temporary, bool& if_not_exists);
// IF EXISTS, IF NOT EXISTS.
bool AcceptIfExists(Cursor& cursor);
bool AcceptIfNotExists(Cursor& cursor);

}  // namespace palindrome::parse

#endif  // PALINDROME_COMPILER_PARSE_STATEMENT_H_
