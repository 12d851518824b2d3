// The compiled history of a schema, as plain constant rows.
//
// `palindrome compile` writes one table per target: a header, arrays of rows
// and one text, side by side in one object that lies in a section of its own
// (`.palindrome`; `.palindr` in COFF, `__DATA,__palindrome` in Mach-O). Rows
// refer to each other by index and to the text by offset, never by pointer, so
// the table needs no relocation and reads the same in the file as in memory.
// The table is constant, owned by the program that links it, and may be read by
// any thread. Integers are in the byte order of the target. The format is
// documented in runtime/docs/table_format.md; a reader refuses another version.
#ifndef PALINDROME_MIGRATION_H_
#define PALINDROME_MIGRATION_H_

#include <cstdint>

namespace palindrome {

namespace table {

inline constexpr char kMagic[8] = {'P', 'A', 'L', 'I', 'N', 'D', 'R', '\n'};
inline constexpr std::uint32_t kVersion = 1;

// `size` bytes at `offset` of the text section; not NUL-terminated.
struct Text {
  std::uint32_t offset;
  std::uint32_t size;
};

// `count` rows of another section from row `first`.
struct Range {
  std::uint32_t first;
  std::uint32_t count;
};

// Where an array lies: bytes from the start of the header, number of rows,
// and bytes from one row to the next.
struct Section {
  std::uint32_t offset;
  std::uint32_t count;
  std::uint32_t stride;
};

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

struct Statement {
  std::uint32_t flags;
  std::uint32_t line;  // In the migration's file; 0 when it was derived.
  Text sql;
};

struct Program {
  Dialect dialect;
  std::uint32_t minimum_engine;  // 3035000 is SQLite 3.35.0.
  Range up;                      // Of the statements.
  Range down;
  Text up_digest;  // `p1:` and 64 hexadecimal digits.
  Text down_digest;
};

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

// Statements that leave behind what the upgrades of `rows` leave behind.
struct Shortcut {
  Dialect dialect;
  ShortcutKind kind;
  Range rows;  // In the order of the table.
  Range up;    // Of the statements.
};

// A rule that the author silenced, and why.
struct Allowed {
  Text rule;
  Text reason;
};

struct Row {
  Text revision;
  Text title;
  Text documentation;
  Text file_name;
  Text created;        // `YYYY-MM-DD HH:MM:SS`
  Text checksum;       // `t1:` of the source.
  Text chain;          // `c1:` of this checksum and the chains of all it needs.
  Text digest_before;  // `s1:` of the catalog, empty when not rehearsed.
  Text digest_after;
  Text squashes_from;
  Text squashes_to;
  Text approved_by;
  Range parents;  // Of the links.
  Range depends_on;
  Range branch_labels;
  Range allowed;
  Range programs;
  Proof proof;
  Loss loss;
  std::uint32_t compatibility;  // Of Compatibility.
};

// Rows stand parents first.
struct Header {
  char magic[8];
  std::uint32_t version;
  std::uint32_t length;  // Of the whole table in bytes, this header included.
  std::uint32_t flags;   // None is defined in version 1.
  Text name;             // The namespace of the history in a ledger.
  Section rows;
  Section links;  // Text: revisions and labels.
  Section allowed;
  Section programs;
  Section statements;
  Section shortcuts;
  Section text;  // Bytes: stride 1.
};

}  // namespace table

// Before what a library shows to the programs that link it, though it may hide
// the rest.
#if defined(__GNUC__)
#define PALINDROME_VISIBLE __attribute__((visibility("default")))
#else
#define PALINDROME_VISIBLE
#endif

// What a program holds of its history: `taskboard::migrations`.
struct History {
  const table::Header* table;
};

}  // namespace palindrome

#endif  // PALINDROME_MIGRATION_H_
