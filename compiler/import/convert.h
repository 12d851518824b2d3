// A migration of another tool as a migration file.
//
// A pure function of values.
#ifndef PALINDROME_COMPILER_IMPORT_CONVERT_H_
#define PALINDROME_COMPILER_IMPORT_CONVERT_H_

#include <string>
#include <vector>

#include "compiler/import/foreign.h"

namespace palindrome::importer {

// What the header says of it.
struct Identity {
  std::string title;
  std::string revision;
  std::string parent;  // Empty: it revises nothing.
  std::string created;
};

struct Converted {
  std::string text;
  // What was left out of it and why, one line each.
  std::vector<std::string> notes;
  std::string failure;    // Not empty: there is no text, and this is why.
  bool is_empty = false;  // There is no text, since no statement is in it.
};

// Statements, comments and their order stay as they are. Transactions and the
// pragmas of foreign keys are gone, since the runtime has them; a query, or a
// pragma for the connection, stands as a comment.
Converted Convert(const ForeignMigration& migration, const Identity& identity);

}  // namespace palindrome::importer

#endif  // PALINDROME_COMPILER_IMPORT_CONVERT_H_
