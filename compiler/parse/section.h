// The parsers of what a file consists of: header and sections.
#ifndef PALINDROME_COMPILER_PARSE_SECTION_H_
#define PALINDROME_COMPILER_PARSE_SECTION_H_

#include <cstddef>

#include "compiler/ast/migration.h"
#include "compiler/parse/context.h"

namespace palindrome::parse {

// Reads the header that begins at the file's first token, with its `;`; gives
// the index behind it.
std::size_t ParseHeaderAt(Context& context, ast::Migration& migration);

// Reads all sections from token `begin` to the end of the file.
void ParseSections(Context& context, std::size_t begin,
                   ast::Migration& migration);

// The section that a misspelt word begins; nothing if it begins none.
diagnostics::Meant MeantSection(const Context& context, std::size_t index);

}  // namespace palindrome::parse

#endif  // PALINDROME_COMPILER_PARSE_SECTION_H_
