// The formatter: the text of a migration file as `palindrome fmt` writes it.
//
// Only the white space between tokens changes, and comments may pass a comma;
// the tokens stay as they are, to the letter, and so does whether two tokens of
// an expression have white space between them: checksum, meaning and compiled
// statements are those of the source. A pure function; any thread.
#ifndef PALINDROME_COMPILER_FORMAT_FORMAT_H_
#define PALINDROME_COMPILER_FORMAT_FORMAT_H_

#include <optional>
#include <string>

#include "compiler/ast/migration.h"

namespace palindrome::format {

// No value: the migration has errors, and is nobody's to format. Formatting
// the result again gives the same.
std::optional<std::string> Format(const ast::Migration& migration);

}  // namespace palindrome::format

#endif  // PALINDROME_COMPILER_FORMAT_FORMAT_H_
