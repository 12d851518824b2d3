#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <sqlite3.h>

#include "runtime/drivers/sqlite/confinement.h"
#include "runtime/drivers/sqlite/foreign_keys.h"
#include "runtime/drivers/sqlite/ledger_definition.h"
#include "runtime/drivers/sqlite/sqlite_schema_facts.h"
#include "runtime/drivers/sqlite/statement.h"
#include "runtime/drivers/sqlite/work_meter.h"
#include "runtime/src/sql_normalize.h"
#include <palindrome/sqlite.h>

namespace palindrome::sqlite {
namespace {

// What would end the runtime's transaction, or cannot run inside one.
bool ControlsTransaction(std::string_view statement) {
  constexpr std::array<std::string_view, 9> kWords = {
      "BEGIN",   "COMMIT", "END",    "ROLLBACK", "SAVEPOINT",
      "RELEASE", "ATTACH", "DETACH", "VACUUM"};
  sql::Token token = sql::NextToken(statement, 0);
  while (token.kind == sql::TokenKind::kComment || token.spelling == ";") {
    token = sql::NextToken(
        statement,
        token.offset + static_cast<std::uint32_t>(token.spelling.size()));
  }
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return sql::IsWord(token, word);
  });
}

Status Failed(std::string message, std::string_view statement) {
  StatusDetails details;
  details.statement = statement;
  return {StatusCode::kFailedStatement, std::move(message), std::move(details)};
}

Status RunPrepared(Statement* statement, std::string_view sql,
                   bool expects_no_rows) {
  while (true) {
    const auto row = statement->Step();
    if (!row.ok()) {
      return row.status();
    }
    if (!*row) {
      return {};
    }
    if (expects_no_rows) {
      return Failed("a check of the migration found: " + statement->Text(0),
                    sql);
    }
  }
}

}  // namespace

Database::Database(sqlite3* connection, DatabaseOptions options)
    : connection_(connection), options_(options) {}
Database::~Database() = default;

table::Dialect Database::dialect() const {
  return table::Dialect::kSqlite;
}

std::uint32_t Database::engine_version() const {
  return static_cast<std::uint32_t>(sqlite3_libversion_number());
}

std::string Database::engine_name() const {
  return std::string("SQLite ") + sqlite3_libversion();
}

bool Database::InTransaction() const {
  return sqlite3_get_autocommit(connection_) == 0;
}

Status Database::Execute(std::string_view sql) {
  auto statement = Statement::Prepare(connection_, sql);
  if (!statement.ok()) {
    return statement.status();
  }
  return RunPrepared(&*statement, sql, /*expects_no_rows=*/false);
}

Result<std::string> Database::ReadPragma(std::string_view name) {
  auto statement =
      Statement::Prepare(connection_, "PRAGMA " + std::string(name));
  if (!statement.ok()) {
    return statement.status();
  }
  const auto row = statement->Step();
  if (!row.ok()) {
    return row.status();
  }
  // An engine that was built without the setting says nothing.
  return *row ? statement->Text(0) : std::string("0");
}

Result<std::vector<std::string>> Database::FindTables(
    std::span<const std::string_view> names) {
  std::string list;
  std::vector<std::string> parameters;
  for (const std::string_view name : names) {
    list += list.empty() ? "?" : ", ?";
    parameters.emplace_back(name);
  }
  const auto rows = Query(
      "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name IN (" +
          list + ")",
      parameters);
  if (!rows.ok()) {
    return rows.status();
  }
  std::vector<std::string> found;
  for (const DatabaseRow& row : *rows) {
    found.push_back(row[0].value_or(""));
  }
  return found;
}

Result<std::vector<DatabaseRow>> Database::Query(
    std::string_view sql, std::span<const std::string> parameters) {
  if (!is_confined_) {
    return ReadRows(sql, parameters);
  }
  const Confinement confinement(connection_);
  auto rows = ReadRows(sql, parameters);
  if (!rows.ok()) {
    return confinement.Explain(rows.status(), sql);
  }
  return rows;
}

Result<std::vector<DatabaseRow>> Database::ReadRows(
    std::string_view sql, std::span<const std::string> parameters) {
  auto statement = Statement::Prepare(connection_, sql);
  if (!statement.ok()) {
    return statement.status();
  }
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (Status status =
            statement->BindText(static_cast<int>(i) + 1, parameters[i]);
        !status.ok()) {
      return status;
    }
  }
  std::vector<DatabaseRow> rows;
  while (true) {
    const auto has_row = statement->Step();
    if (!has_row.ok()) {
      return has_row.status();
    }
    if (!*has_row) {
      return rows;
    }
    DatabaseRow row;
    for (int i = 0; i < statement->ColumnCount(); ++i) {
      // Read as text it would pass for the text that it is not equal to.
      if (statement->IsBlob(i)) {
        return Status(StatusCode::kCorruptLedger,
                      "the ledger of the database has bytes in the column `" +
                          statement->ColumnName(i) +
                          "`, where there should be text or a number");
      }
      row.push_back(statement->IsNull(i)
                        ? std::nullopt
                        : std::optional<std::string>(statement->Text(i)));
    }
    rows.push_back(std::move(row));
  }
}

Result<std::size_t> Database::ExecuteMany(
    std::string_view sql,
    const std::vector<std::vector<std::string>>& parameters) {
  std::size_t changed = 0;
  if (parameters.empty()) {
    return changed;
  }
  auto statement = Statement::Prepare(connection_, sql);
  if (!statement.ok()) {
    return statement.status();
  }
  for (const std::vector<std::string>& group : parameters) {
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (Status status =
              statement->BindText(static_cast<int>(i) + 1, group[i]);
          !status.ok()) {
        return status;
      }
    }
    if (Status status =
            RunPrepared(&*statement, sql, /*expects_no_rows=*/false);
        !status.ok()) {
      return status;
    }
    changed += static_cast<std::size_t>(sqlite3_changes(connection_));
    statement->Reset();
  }
  return changed;
}

std::span<const std::string_view> Database::ledger_definition() const {
  return LedgerDefinition();
}

std::string_view Database::current_time() const {
  return "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')";
}

void Database::Confine(bool confined) {
  is_confined_ = confined;
}

Status Database::RunStatement(std::string_view sql, bool expects_no_rows) {
  std::optional<Confinement> confinement;
  if (is_confined_) {
    confinement.emplace(connection_);
  }
  auto statement = Statement::Prepare(connection_, sql);
  Status status = statement.ok()
                      ? RunPrepared(&*statement, sql, expects_no_rows)
                      : statement.status();
  return confinement ? confinement->Explain(std::move(status), sql) : status;
}

Status Database::Run(std::string_view sql, std::uint32_t flags) {
  if (ControlsTransaction(sql)) {
    return Failed(
        "a migration must not control transactions or attach databases", sql);
  }
  const bool is_legacy = (flags & table::kLegacyAlterTable) != 0;
  if (is_legacy) {
    if (Status status = SetPragma("legacy_alter_table", "1"); !status.ok()) {
      return status;
    }
  }
  Status status;
  {
    const WorkMeter meter(
        connection_, options_.uses_progress_handler ? watcher_ : nullptr,
        (flags & table::kCopiesRows) != 0 ? CountSource(connection_, sql) : 0);
    status = RunStatement(sql, (flags & table::kExpectNoRows) != 0);
  }
  if (is_legacy) {
    Status restored = SetPragma("legacy_alter_table", "0");
    if (status.ok()) {
      status = std::move(restored);
    }
  }
  if (status.ok() && saved_ && !InTransaction()) {
    return Failed("the statement ended the runtime's transaction", sql);
  }
  return status;
}

Result<std::int64_t> Database::ReadUserVersion() {
  const auto text = ReadPragma("main.user_version");
  if (!text.ok()) {
    return text.status();
  }
  std::int64_t version = 0;
  std::from_chars(text->data(), text->data() + text->size(), version);
  return version;
}

Result<ForeignKeyReport> Database::CheckForeignKeys() {
  const WorkMeter meter(connection_,
                        options_.uses_progress_handler ? watcher_ : nullptr,
                        /*total=*/0);
  return sqlite::CheckForeignKeys(connection_);
}

void Database::Watch(WorkWatcher* watcher) {
  watcher_ = watcher;
}

Status Database::ReadSchema(std::vector<SchemaObject>* objects) {
  auto schema = sqlite::ReadSchema(connection_);
  if (!schema.ok()) {
    return schema.status();
  }
  *objects = std::move(schema).value();
  return {};
}

}  // namespace palindrome::sqlite
