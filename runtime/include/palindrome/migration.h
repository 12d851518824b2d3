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

#include <palindrome/table_values.h>

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
