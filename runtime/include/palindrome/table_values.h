// What the numbers in a compiled history stand for. They are part of its
// format, which migration.h declares.
#ifndef PALINDROME_TABLE_VALUES_H_
#define PALINDROME_TABLE_VALUES_H_

#include <cstdint>

namespace palindrome::table {

enum class Dialect : std::uint32_t { kSqlite = 1, kPostgresql = 2 };

// How far the compiler proved that the migration can be undone.
enum class Proof : std::uint32_t { kNone = 0, kSchema = 1, kData = 2 };

// What happens to data. kSigned rows carry their reasons in `allowed`.
enum class Loss : std::uint32_t {
  kUnclassified = 0,
  kLossless = 1,
  kLosslessByArchive = 2,
  kOnUpgrade = 3,
  kOnDowngrade = 4,
  kMayFailOnDowngrade = 5,
  kSigned = 6,
};

// Bits of Row::compatibility: what the upgrade does to programs that were built
// before it and still use the database. Without kClassified nothing is known,
// and neither of the others is set.
enum Compatibility : std::uint32_t {
  kClassified = 1U << 0,
  kBreaksReads = 1U << 1,
  kBreaksWrites = 1U << 2,
};
inline constexpr std::uint32_t kKnownCompatibility = (1U << 3) - 1;

// Bits of Statement::flags. A reader refuses a bit that it does not know.
enum StatementFlag : std::uint32_t {
  // A query that must return no row; a row is a failure, and its first column
  // says what is wrong.
  kExpectNoRows = 1U << 0,
  // Runs under `PRAGMA legacy_alter_table = ON`, so that a rename does not
  // touch the references to the table that is replaced.
  kLegacyAlterTable = 1U << 1,
  // May leave a foreign key without its parent: violations are counted
  // before the migration's first such statement and after its last.
  kCheckForeignKeys = 1U << 2,
  // Written by the author and passed through: INSERT, UPDATE, DELETE.
  kDataStatement = 1U << 3,
  // Copies every row of a table; progress moves within it.
  kCopiesRows = 1U << 4,
  // A query; the first column of each row tells whoever watches what the
  // migration could not do, and is no failure.
  kNotice = 1U << 5,
};
inline constexpr std::uint32_t kKnownStatementFlags = (1U << 6) - 1;

// What a shortcut stands for.
enum class ShortcutKind : std::uint32_t {
  // Every upgrade of the history, in a database where none is applied.
  kNewDatabase = 1,
  // Upgrades that follow one another, wherever they do: rebuilds of one table
  // are one.
  kMergedRebuilds = 2,
  // Upgrades that follow one another, wherever they do: a squash of them.
  kSquash = 3,
};

}  // namespace palindrome::table

#endif  // PALINDROME_TABLE_VALUES_H_
