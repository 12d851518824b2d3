// How the connection is while the runtime has it: its settings and its
// transactions.
#include <string>
#include <utility>

#include <palindrome/sqlite.h>

namespace palindrome::sqlite {

Status Database::SetPragma(std::string_view name, std::string_view value) {
  if (Status status =
          Execute("PRAGMA " + std::string(name) + " = " + std::string(value));
      !status.ok()) {
    return status;
  }
  const auto now = ReadPragma(name);
  if (!now.ok()) {
    return now.status();
  }
  if (*now != value) {
    return {StatusCode::kInsideTransaction,
            "`PRAGMA " + std::string(name) +
                "` cannot be changed; end the transaction that is open on "
                "the connection first"};
  }
  return {};
}

// A temporary table hides the one of its name, a temporary view breaks renames
// of what it reads, and a temporary trigger fires.
Status Database::RefuseTemporaryObjects() {
  const auto rows = Query(
      "SELECT type || ' `' || name || '`' FROM temp.sqlite_master "
      "WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name LIMIT 1",
      {});
  if (!rows.ok()) {
    return rows.status();
  }
  if (rows->empty()) {
    return {};
  }
  return {StatusCode::kTemporaryObjects,
          "the connection has the temporary " + rows->front()[0].value_or("") +
              ", which a migration may take for the database's own; drop it, "
              "or migrate before it is made"};
}

// Without a journal a failed run would leave the database half written.
Status Database::RefuseMissingJournal() {
  const auto mode = ReadPragma("main.journal_mode");
  if (!mode.ok()) {
    return mode.status();
  }
  if (*mode != "off") {
    return {};
  }
  return {StatusCode::kNoRollback,
          "the journal mode of the connection is `off`, so that a failed "
          "migration could not be taken back; set another journal mode before "
          "migrating"};
}

Status Database::Enter() {
  if (InTransaction()) {
    return {StatusCode::kInsideTransaction,
            "a transaction is open on the connection; end it before "
            "migrating"};
  }
  if (Status status = RefuseMissingJournal(); !status.ok()) {
    return status;
  }
  if (Status status = RefuseTemporaryObjects(); !status.ok()) {
    return status;
  }
  // They are still there where the last Leave could not bring them back.
  if (!saved_) {
    auto foreign_keys = ReadPragma("foreign_keys");
    if (!foreign_keys.ok()) {
      return foreign_keys.status();
    }
    auto legacy = ReadPragma("legacy_alter_table");
    if (!legacy.ok()) {
      return legacy.status();
    }
    saved_ =
        Settings{std::move(foreign_keys).value(), std::move(legacy).value()};
  }
  Status status = SetPragma("foreign_keys", "0");
  if (status.ok()) {
    status = SetPragma("legacy_alter_table", "0");
  }
  if (!status.ok()) {
    // The first error is the one to tell.
    static_cast<void>(Leave());
  }
  return status;
}

Status Database::Leave() {
  if (!saved_) {
    return {};
  }
  Status first = SetPragma("legacy_alter_table", saved_->legacy_alter_table);
  Status second = SetPragma("foreign_keys", saved_->foreign_keys);
  if (first.ok() && second.ok()) {
    saved_.reset();
  }
  return first.ok() ? second : first;
}

Status Database::Begin() {
  return Execute("BEGIN IMMEDIATE");
}
Result<bool> Database::TakesSnapshot() {
  const auto encoding = ReadPragma("encoding");
  if (!encoding.ok()) {
    return encoding.status();
  }
  return *encoding == "UTF-8";
}

Status Database::SetSavepoint() {
  return Execute("SAVEPOINT palindrome");
}
Status Database::ReleaseSavepoint() {
  return Execute("RELEASE palindrome");
}
Status Database::RollbackToSavepoint() {
  Status status = Execute("ROLLBACK TO palindrome");
  return status.ok() ? ReleaseSavepoint() : status;
}
Status Database::BeginRead() {
  return Execute("BEGIN");
}
Status Database::Commit() {
  return Execute("COMMIT");
}

Status Database::Rollback() {
  // After some errors the engine has rolled back already.
  return InTransaction() ? Execute("ROLLBACK") : Status();
}

}  // namespace palindrome::sqlite
