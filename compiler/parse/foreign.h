// What other databases write and SQLite has not: reported with what is written
// here in its place. Each is true if it has reported something.
//
// Functions of the cursor, which they do not move.
#ifndef PALINDROME_COMPILER_PARSE_FOREIGN_H_
#define PALINDROME_COMPILER_PARSE_FOREIGN_H_

#include <string_view>

#include "compiler/parse/cursor.h"

namespace palindrome::parse {

// At the first word of a statement: TRUNCATE, GRANT, RENAME TABLE, ….
bool RejectForeignVerb(const Cursor& cursor, std::string_view dialect);
// Behind ALTER TABLE and the name: MODIFY, CHANGE, ADD INDEX, DROP PRIMARY KEY,
// ….
bool RejectForeignAlteration(const Cursor& cursor);
// Behind ALTER: INDEX, VIEW or TRIGGER.
bool RejectAlterOther(const Cursor& cursor);
// Within CREATE TABLE: INDEX or KEY, a name and columns.
bool RejectIndexInTable(const Cursor& cursor);
// Behind the name of a type: the values of an ENUM.
bool RejectEnum(const Cursor& cursor);
// Before the name of an index: CONCURRENTLY.
bool RejectConcurrently(const Cursor& cursor);
// At a part of a new column, or the word of its type that is one: AFTER, FIRST.
bool RejectColumnPlace(const Cursor& cursor);
// Behind the `)` of CREATE TABLE: ENGINE=….
bool RejectForeignOptions(const Cursor& cursor);
// Behind a statement that could end here: CASCADE, RESTRICT, or the `,` and one
// more change of ALTER TABLE.
bool RejectForeignEnd(const Cursor& cursor);

}  // namespace palindrome::parse

#endif  // PALINDROME_COMPILER_PARSE_FOREIGN_H_
