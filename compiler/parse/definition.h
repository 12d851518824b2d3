// The parsers of what definitions are made of: columns, constraints, keys.
// False or nothing means that an error has been reported.
#ifndef PALINDROME_COMPILER_PARSE_DEFINITION_H_
#define PALINDROME_COMPILER_PARSE_DEFINITION_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/table.h"
#include "compiler/parse/cursor.h"

namespace palindrome::parse {

// A column with its constraints, which are added to `constraints`.
std::optional<ast::Column> ParseColumn(
    Cursor& cursor, std::vector<ast::Constraint>& constraints);
// Reports a token that a column does not go on with.
void ReportUnknownPart(Context& context, std::size_t at,
                       const diagnostics::Meant& meant);
// NOT NULL or PRIMARY KEY, if its two words are written as one; nothing if the
// second stands behind it.
diagnostics::Meant MeantPair(const Context& context, std::size_t at);

struct Type {
  std::string text;  // Empty: none was given.
  source::Range range;
};
// `behind`: words that may follow the type; one that is misspelt would be taken
// for a part of it, and is reported.
std::optional<Type> ParseType(Cursor& cursor,
                              const std::vector<std::string>& behind);
// A word that types of columns are made of.
bool IsTypeWord(std::string_view word);

struct Default {
  ast::Expression value;
  bool in_parentheses = false;
};
// What follows the word DEFAULT.
std::optional<Default> ParseDefault(Cursor& cursor);

// [CONSTRAINT name]
bool ParseConstraintName(Cursor& cursor, ast::Name& name);
// True if a table constraint begins here.
bool IsTableConstraint(const Cursor& cursor);
std::optional<ast::Constraint> ParseTableConstraint(Cursor& cursor);
// CONSTRAINT and a name with no constraint behind it, but another name or
// nothing: SQLite forgets it.
bool AcceptNameAlone(Cursor& cursor);

// `( a, b COLLATE NOCASE DESC )`. With `autoincrement`, the word may stand
// before the `)`.
bool ParseKeyParts(Cursor& cursor, std::vector<ast::KeyPart>& parts,
                   bool* autoincrement = nullptr);

// [ON CONFLICT action]
bool ParseConflict(Cursor& cursor, ast::ConflictAction& action);
// REFERENCES table … with its actions and the DEFERRABLE clause. SQLite reads
// ON INSERT and forgets it.
bool ParseReferences(Cursor& cursor, ast::References& references);
// [[NOT] DEFERRABLE …]
bool ParseDeferrable(Cursor& cursor, std::string& text);

}  // namespace palindrome::parse

#endif  // PALINDROME_COMPILER_PARSE_DEFINITION_H_
