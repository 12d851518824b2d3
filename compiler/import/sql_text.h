// SQL of another tool as statements with what stands between them, and what
// becomes of each in a migration.
//
// Pure functions of the text; `text` points into it.
#ifndef PALINDROME_COMPILER_IMPORT_SQL_TEXT_H_
#define PALINDROME_COMPILER_IMPORT_SQL_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace palindrome::importer {

// A statement without its `;`, and the white space and comments before it.
struct SqlStatement {
  std::string before;     // Without the `;` of empty statements.
  std::string_view text;  // Empty: the end of the text.
};

// As sqlite3_complete() divides: a trigger ends at `; END ;`. The last element
// is what stands behind the last statement; a comment open there is closed.
std::vector<SqlStatement> SplitStatements(std::string_view sql);

enum class Fate : std::uint8_t {
  kPlain,    // A statement of the language.
  kDialect,  // SQLite's alone: it goes into FOR sqlite.
  kDropped,  // The runtime's own job now: transactions, foreign key pragmas.
  kLeftOut,  // It has no place in a migration, and changes no schema.
  kRefused,  // It has no place in a migration, and the history rests on it.
};

struct Judgement {
  Fate fate = Fate::kPlain;
  std::string reason;  // Why it is left out or refused.
};

Judgement Judge(std::string_view statement);

}  // namespace palindrome::importer

#endif  // PALINDROME_COMPILER_IMPORT_SQL_TEXT_H_
