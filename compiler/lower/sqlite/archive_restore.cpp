// What comes back from an archive.

#include <algorithm>

#include "compiler/catalog/firing.h"
#include "compiler/lower/sqlite/archive.h"
#include "compiler/lower/sqlite/archive_sql.h"
#include "compiler/lower/sqlite/table_facts.h"
#include "palindrome/migration.h"
#include "runtime/src/sql_lexer.h"

namespace palindrome::lower::sqlite {

namespace {

using ast::Archive;
using ast::ArchiveKind;
using palindrome::sql::QuoteName;
using palindrome::sql::QuoteString;

// "not restored: 2 deleted rows of table `t`, changed since", if `from`, from
// FROM on, has any rows.
Emitted Tell(std::string_view table, const std::string& what,
             const std::string& why, const std::string& from) {
  return {table::kNotice,
          "SELECT " + QuoteString(what) +
              " || n || CASE n WHEN 1 THEN ' row' ELSE ' rows' END || " +
              QuoteString(" of table `" + std::string(table) + "`, " + why) +
              " FROM (SELECT count(*) AS n" + from + ") WHERE n > 0"};
}

// Sets aside the triggers that would change or refuse what comes back. They are
// made again with those behind them, so that they fire in the same order.
class TriggersAside {
 public:
  TriggersAside(const catalog::Step& step, std::string_view table,
                ast::TriggerEvent event)
      : catalog_(step.before),
        triggers_(catalog::TriggersOn(step.before, table, event)) {
    const auto first = std::find_if(
        triggers_.begin(), triggers_.end(),
        [this](const auto& trigger) { return Interferes(*trigger); });
    triggers_.erase(triggers_.begin(), first);
  }

  void Drop(std::vector<Emitted>& out) const { Make(true, out); }

  void PutBack(std::vector<Emitted>& out) const {
    Make(false, out);
    for (const catalog::ObjectPtr& trigger : triggers_) {
      out.push_back(
          {0, ast::Print(std::get<ast::Trigger>(trigger->definition))});
    }
  }

 private:
  // Drops those that interfere, or the others.
  void Make(bool interfering, std::vector<Emitted>& out) const {
    for (const catalog::ObjectPtr& trigger : triggers_) {
      if (interfering == Interferes(*trigger)) {
        out.push_back({0, "DROP TRIGGER " + QuoteName(trigger->name())});
      }
    }
  }

  bool Interferes(const catalog::Object& trigger) const {
    return catalog::InterferesWithRows(
        std::get<ast::Trigger>(trigger.definition), catalog_);
  }

  const catalog::Catalog& catalog_;
  std::vector<catalog::ObjectPtr> triggers_;
};

// INSERT of whole rows, with the hidden number or without it.
std::string InsertBack(const Archive& archive, const ast::Table& table,
                       bool with_rowid, const std::string& or_clause) {
  std::string into = with_rowid ? RowidName(table) : "";
  std::string from = with_rowid ? ast::kRowidColumn : "";
  Append(archive.columns, QuoteName, ", ", into);
  Append(
      archive.columns,
      [](const std::string& column) {
        return QuoteName(ast::OldColumnOf(column));
      },
      ", ", from);
  return "INSERT OR " + or_clause + " INTO " + QuoteName(table.name.text) +
         " (" + into + ") SELECT " + from + " FROM " + Name(archive);
}

void RestoreTable(const Archive& archive, const ast::Table& table,
                  std::vector<Emitted>& out) {
  out.push_back({table::kCopiesRows | table::kCheckForeignKeys,
                 InsertBack(archive, table, archive.with_rowid, "ABORT")});
  if (archive.with_sequence) {
    CopySequence(archive.name.text, archive.table, out);
  }
}

// A row whose key, or another value that must be unique, has been given to
// another row stays away; a hidden number that was given away is replaced.
void RestoreDeleted(const Archive& archive, const ast::Table& table,
                    std::vector<Emitted>& out) {
  const std::string name = QuoteName(table.name.text);
  if (archive.with_rowid) {
    const std::string number = RowidName(table);
    out.push_back({0, "UPDATE " + Name(archive) + " SET " + ast::kRowidColumn +
                          " = NULL WHERE " + ast::kRowidColumn +
                          " IN (SELECT " + number + " FROM " + name + ")"});
    out.push_back({table::kCheckForeignKeys,
                   InsertBack(archive, table, true, "IGNORE") + " WHERE " +
                       ast::kRowidColumn + " IS NOT NULL"});
    out.push_back({table::kCheckForeignKeys,
                   InsertBack(archive, table, false, "IGNORE") + " WHERE " +
                       ast::kRowidColumn + " IS NULL"});
  } else {
    out.push_back({table::kCheckForeignKeys,
                   InsertBack(archive, table, false, "IGNORE")});
  }
  const auto old = [](const std::string& column) {
    return Of(kArchiveAlias, ast::OldColumnOf(column));
  };
  std::string is_back = List(
      archive.key,
      [&](const Archive::KeyColumn& column) {
        return HasKey(column, name, old(column.name));
      },
      " AND ");
  Append(
      archive.columns,
      [&](const std::string& column) {
        return SameValue(old(column), Of(name, column));
      },
      " AND ", is_back);
  out.push_back(Tell(table.name.text, "deleted and not restored: ",
                     "since others have their keys",
                     FromArchive(archive) + "WHERE NOT EXISTS (SELECT 1 FROM " +
                         name + " WHERE " + is_back + ")"));
}

// Only what is still as it was added goes.
void RestoreAdded(const Archive& archive, std::string_view table,
                  std::vector<Emitted>& out) {
  const std::string name = QuoteName(table);
  const std::string unchanged = IsUnchanged(archive, name);
  if (!unchanged.empty()) {
    out.push_back(Tell(table, "added and not removed: ", "changed since",
                       FromArchive(archive) + "JOIN " + name + " ON " +
                           FindsRow(archive, kArchiveAlias, name) +
                           " WHERE NOT (" + unchanged + ")"));
  }
  out.push_back({table::kCheckForeignKeys,
                 "DELETE FROM " + name + " WHERE EXISTS (SELECT 1" +
                     FromArchive(archive) + "WHERE " +
                     SameKey(archive, kArchiveAlias, name) +
                     (unchanged.empty() ? "" : " AND " + unchanged) + ")"});
}

// A value that is still the new one becomes the old one again. The last row
// that the upgrade wrote comes first, so that values which must be unique meet
// no other on their way back.
void RestoreValues(const Archive& archive, std::string_view table,
                   std::vector<Emitted>& out) {
  const std::string name = QuoteName(table);
  TellUnrestored(archive, table, out);
  constexpr char kRow[] = "NEW";  // Of the archive.
  const std::string set = List(archive.columns, [&](const std::string& column) {
    const std::string value = Of(name, column);
    return QuoteName(column) + " = CASE WHEN " +
           SameValue(Of(kRow, ast::NewColumnOf(column)), value) + " THEN " +
           Of(kRow, ast::OldColumnOf(column)) + " ELSE " + value + " END";
  });
  const std::string is_new = List(
      archive.columns,
      [&](const std::string& column) {
        return "(" +
               SameValue(Of(kRow, ast::NewColumnOf(column)), Of(name, column)) +
               ")";
      },
      " OR ");
  out.push_back({0, "CREATE TRIGGER " + Name(archive) + " BEFORE INSERT ON " +
                        Name(archive) + " BEGIN UPDATE " + name + " SET " +
                        set + " WHERE " + FindsRow(archive, kRow, name) +
                        " AND (" + is_new + "); SELECT RAISE(IGNORE); END"});
  out.push_back({table::kCheckForeignKeys,
                 "INSERT INTO " + Name(archive) + " SELECT * FROM " +
                     Name(archive) + " ORDER BY rowid DESC"});
  out.push_back({0, "DROP TRIGGER " + Name(archive)});
}

ast::TriggerEvent EventOf(ArchiveKind kind) {
  switch (kind) {
    case ArchiveKind::kTable:
    case ArchiveKind::kDeleted:
      return ast::TriggerEvent::kInsert;
    case ArchiveKind::kAdded:
      return ast::TriggerEvent::kDelete;
    case ArchiveKind::kColumn:
    case ArchiveKind::kValues:
      break;
  }
  return ast::TriggerEvent::kUpdate;
}

}  // namespace

void GuardArchive(const Archive& archive, std::string_view table,
                  std::vector<Emitted>& out) {
  out.push_back(
      {table::kExpectNoRows,
       "SELECT " +
           QuoteString("there is no `" + archive.name.text +
                       "`, the archive of table `" + std::string(table) +
                       "`; if a stamp took the place of the upgrade, stamp "
                       "back instead of the downgrade") +
           " WHERE NOT " + IsThere(archive)});
  if (ast::FindsRows(archive.kind)) {
    GuardNullKeys(archive, table, IsArchived(archive, QuoteName(table)), out);
  }
}

std::vector<Emitted> RestoreArchive(const Archive& archive,
                                    const catalog::Step& step) {
  const std::string_view table = ast::TableOf(step.item->statement);
  const ast::Table& definition = *step.before.FindTable(table);
  const TriggersAside triggers(step, table, EventOf(archive.kind));
  std::vector<Emitted> out;
  GuardArchive(archive, table, out);
  triggers.Drop(out);
  switch (archive.kind) {
    case ArchiveKind::kTable:
      RestoreTable(archive, definition, out);
      break;
    case ArchiveKind::kDeleted:
      RestoreDeleted(archive, definition, out);
      break;
    case ArchiveKind::kAdded:
      RestoreAdded(archive, table, out);
      break;
    case ArchiveKind::kColumn:
    case ArchiveKind::kValues:
      RestoreValues(archive, table, out);
      break;
  }
  triggers.PutBack(out);
  return out;
}

Archived ArchivedValue(const Archive& archive, std::string_view table,
                       std::string_view column) {
  const std::string name = QuoteName(table);
  std::string from =
      FromArchive(archive) + "WHERE " + SameKey(archive, kArchiveAlias, name);
  if (ast::HoldsNew(archive.kind)) {
    from += " AND " + SameValue(Of(kArchiveAlias, ast::NewColumnOf(column)),
                                Of(name, column));
  }
  return {
      "EXISTS (SELECT 1" + from + ")",
      "(SELECT " + Of(kArchiveAlias, ast::OldColumnOf(column)) + from + ")"};
}

void TellUnrestored(const Archive& archive, std::string_view table,
                    std::vector<Emitted>& out) {
  const std::string name = QuoteName(table);
  out.push_back(Tell(table, "values not restored: ", "gone since",
                     FromArchive(archive) + "WHERE NOT EXISTS (SELECT 1 FROM " +
                         name + " WHERE " +
                         FindsRow(archive, kArchiveAlias, name) + ")"));
  if (ast::HoldsNew(archive.kind)) {
    out.push_back(Tell(table, "values not restored: ", "changed since",
                       FromArchive(archive) + "JOIN " + name + " ON " +
                           FindsRow(archive, kArchiveAlias, name) +
                           " WHERE NOT (" + IsUnchanged(archive, name) + ")"));
  }
}

}  // namespace palindrome::lower::sqlite
