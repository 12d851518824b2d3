#include "compiler/lower/sqlite/archive_sql.h"

#include "palindrome/migration.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::lower::sqlite {

using ast::Archive;
using palindrome::sql::QuoteName;
using palindrome::sql::QuoteString;

std::string Name(const Archive& archive) {
  return QuoteName(archive.name.text);
}

std::string Of(std::string_view row, std::string_view column) {
  return std::string(row) + "." + QuoteName(column);
}

// The archive's side comes first, since its collation compares bytes.
std::string SameKey(const Archive& archive, std::string_view archived,
                    std::string_view row) {
  return List(
      archive.key,
      [&](const Archive::KeyColumn& column) {
        return Of(archived, ast::KeyColumnOf(column.name)) + " IS " +
               Of(row, column.name);
      },
      " AND ");
}

// The table's side comes first, since that is the collation of its index.
std::string HasKey(const Archive::KeyColumn& column, std::string_view row,
                   const std::string& value) {
  return Of(row, column.name) +
         (column.collation.empty()
              ? ""
              : " COLLATE " + QuoteName(column.collation)) +
         " IS " + value;
}

std::string FindsRow(const Archive& archive, std::string_view archived,
                     std::string_view row) {
  return List(
             archive.key,
             [&](const Archive::KeyColumn& column) {
               return HasKey(column, row,
                             Of(archived, ast::KeyColumnOf(column.name)));
             },
             " AND ") +
         " AND " + SameKey(archive, archived, row);
}

std::string IsThere(const Archive& archive) {
  return "EXISTS (SELECT 1 FROM main.sqlite_master WHERE type = 'table' AND "
         "name = " +
         QuoteString(archive.name.text) + ")";
}

std::string FromArchive(const Archive& archive) {
  return " FROM " + Name(archive) + " AS " + kArchiveAlias + " ";
}

std::string IsArchived(const Archive& archive, std::string_view row) {
  return "EXISTS (SELECT 1" + FromArchive(archive) + "WHERE " +
         SameKey(archive, kArchiveAlias, row) + ")";
}

std::string SameValue(const std::string& archived, const std::string& value) {
  return archived + " IS " + value + " AND typeof(" + archived + ") = typeof(" +
         value + ")";
}

std::string IsUnchanged(const Archive& archive, std::string_view row) {
  return List(
      archive.columns,
      [&](const std::string& column) {
        return SameValue(Of(kArchiveAlias, ast::NewColumnOf(column)),
                         Of(row, column));
      },
      " AND ");
}

void GuardNullKeys(const Archive& archive, std::string_view table,
                   const std::string& where, std::vector<Emitted>& out) {
  if (!archive.key_is_nullable) {
    return;
  }
  const std::string name = QuoteName(table);
  const auto of = [&name](const Archive::KeyColumn& column) {
    return Of(name, column.name);
  };
  const std::string has_null = List(
      archive.key,
      [&of](const auto& column) { return of(column) + " IS NULL"; }, " OR ");
  out.push_back(
      {table::kExpectNoRows,
       "SELECT " +
           QuoteString("rows of table `" + std::string(table) +
                       "` have the same key with NULL in it, so that they "
                       "could not be told apart when they come back") +
           " FROM " + name + " WHERE (" + has_null + ")" +
           (where.empty() ? "" : " AND " + where) + " GROUP BY " +
           List(archive.key, of) + " HAVING count(*) > 1 LIMIT 1"});
}

void CopySequence(const std::string& from, const std::string& to,
                  std::vector<Emitted>& out) {
  out.push_back({0, "DELETE FROM main.sqlite_sequence WHERE name = " +
                        QuoteString(to) + " COLLATE NOCASE"});
  out.push_back({0, "INSERT INTO main.sqlite_sequence (name, seq) SELECT " +
                        QuoteString(to) +
                        ", seq FROM main.sqlite_sequence WHERE name = " +
                        QuoteString(from) + " COLLATE NOCASE"});
}

}  // namespace palindrome::lower::sqlite
