// Lowering to SQLite: native statements where the engine has them, a table
// rebuild where it does not.
//
// A rebuild keeps every property of the table, its rows with their rowids,
// indexes, triggers, the views on it and the foreign keys that point to it; its
// order is the one of https://sqlite.org/lang_altertable.html#otheralter,
// with the old table dropped before the new one takes its name. Pure functions,
// for any thread.
#ifndef PALINDROME_COMPILER_LOWER_SQLITE_LOWER_H_
#define PALINDROME_COMPILER_LOWER_SQLITE_LOWER_H_

#include <cstdint>

#include "compiler/catalog/simulate.h"
#include "compiler/lower/program.h"

namespace palindrome::lower::sqlite {

// The oldest engine for which programs can be made, and the default.
inline constexpr std::uint32_t kOldestEngine = 3026000;
inline constexpr std::uint32_t kDefaultMinimum = 3035000;

// The program of a simulation all of whose steps apply. `file` is the text that
// the items point into; null for derived items. `minimum` is the oldest engine
// that must be able to run it; the program's own minimum is higher if a
// construct of the schema needs it (STRICT needs 3.37), or if the engines below
// are not safe with it (native DROP COLUMN before 3.35.5 could corrupt a file).
// A schema statement that changes nothing, such as CREATE TABLE IF NOT EXISTS
// of a table that exists, gives no statement; so does an item FOR another
// dialect.
Program Lower(const catalog::Simulation& simulation, const source::File* file,
              std::uint32_t minimum);

}  // namespace palindrome::lower::sqlite

#endif  // PALINDROME_COMPILER_LOWER_SQLITE_LOWER_H_
