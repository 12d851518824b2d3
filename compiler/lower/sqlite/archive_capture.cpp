// What fills an archive.

#include "compiler/lower/sqlite/archive.h"
#include "compiler/lower/sqlite/archive_sql.h"
#include "compiler/lower/sqlite/conversion.h"
#include "compiler/lower/sqlite/table_facts.h"
#include "palindrome/migration.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::lower::sqlite {

namespace {

using ast::Archive;
using ast::ArchiveKind;
using palindrome::sql::QuoteName;
using palindrome::sql::QuoteString;

// INSERT INTO the archive of the rows that `row` qualifies; FROM is to follow.
std::string InsertInto(const Archive& archive, const std::string& row,
                       const ast::Table& table) {
  std::string into = List(archive.key, [](const Archive::KeyColumn& column) {
    return QuoteName(ast::KeyColumnOf(column.name));
  });
  std::string from = List(
      archive.key, [&](const auto& column) { return Of(row, column.name); });
  if (archive.with_rowid) {
    into = ast::kRowidColumn;
    from = row + "." + RowidName(table);
  }
  if (ast::HoldsOld(archive.kind)) {
    const auto old = [](const std::string& column) {
      return QuoteName(ast::OldColumnOf(column));
    };
    Append(archive.columns, old, ", ", into);
    Append(
        archive.columns,
        [&](const std::string& column) { return Of(row, column); }, ", ", from);
  }
  return "INSERT INTO " + Name(archive) + " (" + into + ") SELECT " + from;
}

// What the column held is what it holds, and the way back leaves it alone.
std::string IsSame(const Archive& archive, const catalog::Step& step) {
  std::string same = List(
      archive.columns,
      [](const std::string& column) {
        return SameValue(QuoteName(ast::OldColumnOf(column)),
                         QuoteName(ast::NewColumnOf(column)));
      },
      " AND ");
  const auto* type =
      std::get_if<ast::AlterColumnType>(&step.item->statement.node);
  if (type == nullptr) {
    return same;
  }
  const std::string& name = archive.columns.front();
  ast::Table table;
  table.strict = step.before.FindTable(archive.table)->strict;
  table.columns.emplace_back();
  table.columns[0].name.text = ast::NewColumnOf(name);
  table.columns[0].type = type->type;
  const ast::AlterColumnType back{
      type->table,
      table.columns[0].name,
      FindColumn(*step.before.FindTable(archive.table), name)->type,
      {},
      {}};
  const std::string lossy = ConversionOf(back, table).lossy;
  return lossy.empty() ? same : same + " AND NOT coalesce(" + lossy + ", 0)";
}

const ast::Table& TableBefore(const Archive& archive,
                              const catalog::Step& step) {
  return *step.before.FindTable(archive.table);
}

// A trigger that archives what a statement touches. A row is archived as it was
// when the statement first came to it.
std::string CapturingTrigger(const Archive& archive, const ast::Table& table) {
  std::string when;
  std::string row = "OLD";
  switch (archive.kind) {
    case ArchiveKind::kDeleted:
      when = "AFTER DELETE";
      break;
    case ArchiveKind::kAdded:
      when = "AFTER INSERT";
      row = "NEW";
      break;
    case ArchiveKind::kTable:
    case ArchiveKind::kColumn:
    case ArchiveKind::kValues:
      when = "BEFORE UPDATE";
      break;
  }
  std::string body = InsertInto(archive, row, table);
  if (archive.kind != ArchiveKind::kDeleted) {
    body += " WHERE NOT EXISTS (SELECT 1" + FromArchive(archive) + "WHERE " +
            SameKey(archive, kArchiveAlias, row) + ")";
  }
  return "CREATE TRIGGER " + Name(archive) + " " + when + " ON " +
         QuoteName(archive.table) + " BEGIN " + body + "; END";
}

// Fills the archive's values after the statement from the table.
std::string FillNew(const Archive& archive) {
  const std::string table = QuoteName(archive.table);
  return "UPDATE " + Name(archive) + " SET (" +
         List(archive.columns,
              [](const std::string& column) {
                return QuoteName(ast::NewColumnOf(column));
              }) +
         ") = (SELECT " +
         List(archive.columns,
              [&](const std::string& column) { return Of(table, column); }) +
         " FROM " + table + " WHERE " +
         FindsRow(archive, Name(archive), table) + ")";
}

}  // namespace

std::vector<Emitted> OpenArchive(const Archive& archive,
                                 const catalog::Step& step) {
  const ast::Table& table = TableBefore(archive, step);
  std::vector<Emitted> out;
  if (ast::FindsRows(archive.kind) && archive.kind != ArchiveKind::kAdded) {
    GuardNullKeys(archive, archive.table, "", out);
  }
  out.push_back(
      {table::kExpectNoRows,
       "SELECT " +
           QuoteString("there is a table `" + archive.name.text +
                       "` already, which an earlier upgrade may have left "
                       "behind; drop it if nobody needs what it keeps") +
           " WHERE " + IsThere(archive)});
  out.push_back({0, ast::Print(archive)});
  if (!archive.copies_table) {
    out.push_back({0, CapturingTrigger(archive, table)});
    return out;
  }
  const std::string name = QuoteName(archive.table);
  out.push_back(
      {table::kCopiesRows, InsertInto(archive, name, table) + " FROM " + name});
  if (archive.with_sequence) {
    CopySequence(archive.table, archive.name.text, out);
  }
  return out;
}

std::vector<Emitted> CloseArchive(const Archive& archive,
                                  const catalog::Step& step) {
  std::vector<Emitted> out;
  if (!archive.copies_table) {
    out.push_back({0, "DROP TRIGGER " + Name(archive)});
  }
  if (!ast::HoldsNew(archive.kind)) {
    return out;
  }
  if (archive.kind == ArchiveKind::kAdded) {
    const std::string table = QuoteName(archive.table);
    // Its own rows may have made a second one of a key.
    GuardNullKeys(archive, archive.table, IsArchived(archive, table), out);
    out.push_back({0, "DELETE FROM " + Name(archive) +
                          " WHERE NOT EXISTS (SELECT 1 FROM " + table +
                          " WHERE " + FindsRow(archive, Name(archive), table) +
                          ")"});
  }
  if (!archive.columns.empty()) {
    out.push_back({0, FillNew(archive)});
  }
  if (archive.kind == ArchiveKind::kValues) {
    out.push_back({0, "DELETE FROM " + Name(archive) + " WHERE " +
                          IsSame(archive, step)});
  }
  return out;
}

}  // namespace palindrome::lower::sqlite
