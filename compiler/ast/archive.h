// Archives: the tables that keep what a statement under PRESERVE destroys, and
// the statements that restore and drop them.
//
// An archive is no part of a schema: its name is reserved, and neither a digest
// nor a comparison with the engine sees it. Plain values.
#ifndef PALINDROME_COMPILER_AST_ARCHIVE_H_
#define PALINDROME_COMPILER_AST_ARCHIVE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/expression.h"

namespace palindrome::ast {

enum class ArchiveKind : std::uint8_t {
#define PALINDROME_ARCHIVE_KIND(Name, Text) Name,
#include "compiler/ast/archive_kinds.def"
};

// "the rows that are deleted": what an archive of the kind holds.
std::string_view ArchiveKindText(ArchiveKind kind);

struct Archive {
  Name name;  // Of the table that it is.
  std::string revision;
  ArchiveKind kind = ArchiveKind::kTable;
  std::string table;  // As it is called when the archive is made.
  // By which the rows are found again, with the types that compare as the
  // table's own do; empty for kTable and kDeleted, which hold whole rows.
  struct KeyColumn {
    std::string name;
    std::string type;
    std::string collation;  // Of the key, where that names one.
  };
  std::vector<KeyColumn> key;
  // Whether two rows may have NULL in the key.
  bool key_is_nullable = false;
  std::vector<std::string> columns;  // Whose values it holds.
  bool with_rowid = false;           // Of whole rows that have a hidden one.
  bool with_sequence = false;        // The table counts its ids.
  // Every row is copied, and not just those that a statement touches.
  bool copies_table = false;
};

// The archive's columns for the key, the values before and after, and the row's
// hidden number.
std::string KeyColumnOf(std::string_view column);
std::string OldColumnOf(std::string_view column);
std::string NewColumnOf(std::string_view column);
inline constexpr char kRowidColumn[] = "row_id";

// Whether its rows are looked for in the table, by the key.
bool FindsRows(ArchiveKind kind);

// Whether it holds the values of `columns` before, and after, the statement.
bool HoldsOld(ArchiveKind kind);
bool HoldsNew(ArchiveKind kind);

// The archive of the `ordinal`th PRESERVE of a revision, from 1.
std::string ArchiveName(std::size_t ordinal, std::string_view revision);

std::string RevisionOfArchive(std::string_view name);

// CREATE TABLE, as SQLite takes it.
std::string Print(const Archive& archive);

bool SameDefinition(const Archive& left, const Archive& right);

// PURGE ARCHIVE OF 'revision'.
struct PurgeArchive {
  Name revision;
};
// The statements of a derived downgrade. Restore brings back what the archive
// holds, but for what ADD COLUMN and ALTER COLUMN TYPE bring back themselves.
struct Restore {
  Name table;
  std::string archive;
};
struct DropArchive {
  std::string archive;
};
// The inverse of PURGE: the archive is there again, and empty.
struct CreateArchive {
  Archive archive;
};

}  // namespace palindrome::ast

#endif  // PALINDROME_COMPILER_AST_ARCHIVE_H_
