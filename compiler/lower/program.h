// Programs: the statements that an engine runs for one direction of a
// migration.
//
// Values. Statements and their flags go into the C++ table as they are here.
#ifndef PALINDROME_COMPILER_LOWER_PROGRAM_H_
#define PALINDROME_COMPILER_LOWER_PROGRAM_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace palindrome::lower {

struct Statement {
  std::uint32_t flags = 0;  // palindrome::table::StatementFlag
  std::string sql;          // Without the final `;`.
  std::size_t step = 0;     // Of the simulation that it was lowered from.
  // The statement is the source text from this byte of the file on, so that an
  // engine's error offset points into the file. No value: it was made.
  std::optional<std::uint32_t> source_offset;
};

struct Program {
  std::vector<Statement> statements;
  // The lowest engine version that runs it: 3035000 is SQLite 3.35.0.
  std::uint32_t minimum_engine = 0;
};

}  // namespace palindrome::lower

#endif  // PALINDROME_COMPILER_LOWER_PROGRAM_H_
