#include "compiler/ast/archive.h"

#include <algorithm>

#include "runtime/src/sql_lexer.h"

namespace palindrome::ast {

namespace {

constexpr std::string_view kPrefix = "palindrome_archive_";

}  // namespace

std::string_view ArchiveKindText(ArchiveKind kind) {
  switch (kind) {
#define PALINDROME_ARCHIVE_KIND(Name, Text) \
  case ArchiveKind::Name:                   \
    return Text;
#include "compiler/ast/archive_kinds.def"
  }
  return "";
}

std::string KeyColumnOf(std::string_view column) {
  return "key_" + std::string(column);
}

std::string OldColumnOf(std::string_view column) {
  return "old_" + std::string(column);
}

std::string NewColumnOf(std::string_view column) {
  return "new_" + std::string(column);
}

bool FindsRows(ArchiveKind kind) {
  switch (kind) {
    case ArchiveKind::kTable:
    case ArchiveKind::kDeleted:
      return false;
    case ArchiveKind::kColumn:
    case ArchiveKind::kAdded:
    case ArchiveKind::kValues:
      return true;
  }
  return false;
}

bool HoldsOld(ArchiveKind kind) {
  switch (kind) {
    case ArchiveKind::kTable:
    case ArchiveKind::kDeleted:
    case ArchiveKind::kColumn:
    case ArchiveKind::kValues:
      return true;
    case ArchiveKind::kAdded:
      return false;
  }
  return false;
}

bool HoldsNew(ArchiveKind kind) {
  switch (kind) {
    case ArchiveKind::kTable:
    case ArchiveKind::kDeleted:
    case ArchiveKind::kColumn:
      return false;
    case ArchiveKind::kAdded:
    case ArchiveKind::kValues:
      return true;
  }
  return false;
}

// The ordinal comes first, since a revision may end in a number.
std::string ArchiveName(std::size_t ordinal, std::string_view revision) {
  return std::string(kPrefix) + std::to_string(ordinal) + "_" +
         std::string(revision);
}

std::string RevisionOfArchive(std::string_view name) {
  const std::string_view rest = name.substr(kPrefix.size());
  return std::string(rest.substr(rest.find('_') + 1));
}

std::string Print(const Archive& archive) {
  std::string columns;
  std::string key;
  const auto add = [&columns](const std::string& name, std::string_view type) {
    columns += (columns.empty() ? "" : ", ") + sql::QuoteName(name);
    columns += (type.empty() ? "" : " ") + std::string(type);
  };
  for (const Archive::KeyColumn& column : archive.key) {
    const std::string name = KeyColumnOf(column.name);
    add(name, column.type);
    key += (key.empty() ? "" : ", ") + sql::QuoteName(name);
  }
  if (archive.with_rowid) {
    add(kRowidColumn, "");
  }
  // Without a type a value stays what it is.
  for (const std::string& column : archive.columns) {
    if (HoldsOld(archive.kind)) {
      add(OldColumnOf(column), "");
    }
    if (HoldsNew(archive.kind)) {
      add(NewColumnOf(column), "");
    }
  }
  if (!key.empty()) {
    columns += ", PRIMARY KEY (" + key + ")";
  }
  return "CREATE TABLE " + sql::QuoteName(archive.name.text) + " (" + columns +
         ")";
}

bool SameDefinition(const Archive& left, const Archive& right) {
  return left.kind == right.kind && Print(left) == Print(right);
}

}  // namespace palindrome::ast
